/**
 * The masked phone number under its own label (facts/jd-baitiao.md §5), and nothing else of the page: no name, no
 * e-mail, no card. Each page has one label; a number that stands anywhere else is not looked at.
 */
import { isContactPage, type MaskedPhone } from '../../core/contact.ts';
import { halfWidth } from '../../core/money.ts';

const LABELS: Readonly<Record<string, string>> = {
  'authpay.jd.com': '绑定手机',
  'safe.jd.com': '您验证的手机',
};

/** Ends each text, so that a number in pieces is whole and a number that follows it is another. */
const END = '\u0001';
const COUNTRY = `(?:\\(?(?:\\+|00)86\\)?[-${END}]?|86-)?`;
const STAR = '[*∗⁎•●·xX]';
/** 138****1234; other signs and numbers of them, gaps, and the country before it have been seen on such pages too. */
const MASKED = new RegExp(`^${COUNTRY}(1\\d{2})[-${END}]*(?:${STAR}${END}?){3,6}-?(\\d{4})(?!\\d|${STAR})`);
/** A page that hides nothing is still read as if it did. */
const BARE = new RegExp(`^${COUNTRY}(1\\d{2})-?\\d{4}-?(\\d{4})(?!\\d|${STAR})`);
/** Between a label and its number nothing stands but this. */
const COLON = new RegExp(`^[：:\\s${END}]*`);
/** A label's own text, and what follows it, end early on any page that is one of ours. */
const MOST_AFTER = 24;
const MOST_TEXTS = 20_000;
const UNSEEN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA']);

/** Null: not one of the pages, no number right after the label, or two that differ. */
export function readMaskedPhone(document: Document, url: URL): MaskedPhone | null {
  const label = isContactPage(url) ? LABELS[url.hostname] : undefined;
  if (!label || !document.body) return null;
  const texts = textsOf(document);
  let found: MaskedPhone | null = null;
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at]!;
    for (let from = text.indexOf(label); from >= 0; from = text.indexOf(label, from + label.length)) {
      const phone = phoneIn(after(texts, at, from + label.length));
      if (phone && found && (phone.first !== found.first || phone.last !== found.last)) return null;
      found ??= phone;
    }
  }
  return found;
}

function textsOf(document: Document): string[] {
  const texts: string[] = [];
  const walker = document.createTreeWalker(document.body, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node && texts.length < MOST_TEXTS; node = walker.nextNode()) {
    if (node.parentElement && UNSEEN.has(node.parentElement.tagName)) continue;
    if (node.parentElement?.closest('[hidden]')) continue;
    const text = halfWidth(node.nodeValue ?? '').replace(/\s+/g, '');
    if (text) texts.push(text + END);
  }
  return texts;
}

/** The rest of the label's own text, then the texts that follow it. */
function after(texts: readonly string[], at: number, offset: number): string {
  let rest = texts[at]!.slice(offset, offset + MOST_AFTER);
  for (let next = at + 1; next < texts.length && rest.length < MOST_AFTER; next++) rest += texts[next];
  return rest;
}

function phoneIn(rest: string): MaskedPhone | null {
  const value = rest.replace(COLON, '');
  const match = MASKED.exec(value) ?? BARE.exec(value);
  return match ? { first: match[1]!, last: match[2]! } : null;
}
