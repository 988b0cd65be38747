/** A saved mail or page as words: character sets, transfer encodings and parts are undone here, and nothing is loaded or run. */
import type { Instant } from '../../core/day.ts';

export interface Mail {
  /** The sender's host in lower case; empty where the file names none. */
  readonly senderHost: string;
  readonly senderName: string;
  readonly subject: string;
  /** When the sender says it was sent: years that a mail leaves out are reckoned from here. */
  readonly sentAt: Instant | null;
  /** Null for a mail of plain text. */
  readonly html: string | null;
  readonly text: string;
}

/** What every statement says somewhere: a text without it was decoded wrongly, or speaks of something else. */
const BILL_WORDS = /账\s*单|还\s*款/;
const TAGS = /<[^<>]*>/g;

/** A mail may be passed on inside another, that one again inside another. */
const MOST_WRAPPED = 3;

/** The first of `parseMails`. */
export async function parseMail(bytes: Uint8Array<ArrayBuffer>): Promise<Mail> {
  return (await parseMails(bytes))[0] as Mail;
}

/** The mail, or those that it passes on as attachments. Rejects on what is no mail at all. */
export async function parseMails(given: Uint8Array<ArrayBuffer>, wrapped = 0): Promise<readonly Mail[]> {
  const bytes = withoutPadding(given);
  const { mail, passedOn } = await parse(bytes);
  if (!passedOn.length || wrapped === MOST_WRAPPED) return [await decodedBest(mail, bytes)];
  const inner: Mail[] = [];
  for (const each of passedOn) inner.push(...(await parseMails(each, wrapped + 1)));
  return inner;
}

/** Chinese senders leave the character set out, or name the wrong one. */
async function decodedBest(mail: Mail, bytes: Uint8Array<ArrayBuffer>): Promise<Mail> {
  let best = mail;
  if (BILL_WORDS.test(contentOf(best)) && brokenCount(best) === 0) return best;
  for (const charset of ['utf-8', 'gb18030']) {
    const { mail: other } = await parse(withCharset(bytes, charset));
    if (isBetter(other, best)) best = other;
  }
  return best;
}

/** UTF-8 that is cut in one place has fewer broken signs as GB 18030, where all of it is wrong: words count first. */
function isBetter(one: Mail, other: Mail): boolean {
  const [mine, theirs] = [one, other].map((mail) => BILL_WORDS.test(contentOf(mail)));
  return mine === theirs ? brokenCount(one) < brokenCount(other) : mine === true;
}

interface Parsed {
  readonly mail: Mail;
  readonly passedOn: readonly Uint8Array<ArrayBuffer>[];
}

/** The parser is loaded when the first mail comes, not with the page. */
async function parse(bytes: Uint8Array<ArrayBuffer>): Promise<Parsed> {
  const { default: PostalMime } = await import('postal-mime');
  const email = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
  const address = email.from?.address ?? '';
  const mail = {
    senderHost: address.slice(address.lastIndexOf('@') + 1).toLowerCase(),
    senderName: email.from?.name ?? '',
    subject: email.subject ?? '',
    sentAt: sentAtIn(email.headers.find(({ key }) => key === 'date')?.value ?? ''),
    html: email.html?.trim() ? email.html : null,
    text: email.text ?? '',
  };
  const passedOn = email.attachments.flatMap(({ mimeType, filename, content }) =>
    (mimeType === 'message/rfc822' || filename?.toLowerCase().endsWith('.eml')) && content instanceof ArrayBuffer
      ? [new Uint8Array(content)]
      : [],
  );
  return { mail, passedOn };
}

const HAS_ZONE = /(?:[+-]\d{2}:?\d{2}|\b(?:GMT|UTC?|Z))\s*$/;

/** Chinese senders leave the zone out, or name it `CST`, which elsewhere is another one. */
function sentAtIn(date: string): Instant | null {
  const text = date
    .slice(0, 100)
    .replace(/\([^)]*\)/g, '')
    .trim();
  const sentAt = Date.parse(HAS_ZONE.test(text) ? text : `${text.replace(/\s*CST$/, '')} +0800`);
  return Number.isNaN(Date.parse(text)) || Number.isNaN(sentAt) ? null : sentAt;
}

/** A page that was saved from a mailbox. */
export function mailOfHtml(bytes: Uint8Array<ArrayBuffer>): Mail {
  const html = decodePage(bytes);
  const title = /<title[^>]*>([^<]{0,300})/i.exec(html.slice(0, 20_000))?.[1]?.trim() ?? '';
  return { senderHost: '', senderName: '', subject: title, sentAt: null, html, text: '' };
}

/** As a browser would: a mark at the beginning, what the page says of itself, else UTF-8, else GB 18030. */
function decodePage(bytes: Uint8Array<ArrayBuffer>): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const named = /charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(head)?.[1];
  const isMarked = head.startsWith('ï»¿') || head.startsWith('ÿþ');
  for (const charset of isMarked ? [head.startsWith('ÿþ') ? 'utf-16le' : 'utf-8'] : ['utf-8', named ?? 'gb18030']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // RangeError: no such character set; TypeError: not this one. The next may fit.
    }
  }
  // A page that was cut, or damaged in one place, is still what its words say it is.
  const damaged = new TextDecoder('utf-8').decode(bytes);
  return BILL_WORDS.test(damaged) ? damaged : new TextDecoder('gb18030').decode(bytes);
}

function contentOf({ html, text }: Mail): string {
  return html ?? text;
}

function brokenCount(mail: Mail): number {
  return (mail.subject + contentOf(mail)).split('\ufffd').length - 1;
}

const TEXT_TYPE = /(content-type:[ \t]*text\/(?:html|plain))(?:;\s*charset\s*=\s*"?[\w-]+"?)?/gi;

function withCharset(bytes: Uint8Array<ArrayBuffer>, charset: string): Uint8Array<ArrayBuffer> {
  const raw = rawOf(bytes);
  const named = /^content-type:/im.test(raw) ? raw : `Content-Type: text/html\r\n${raw}`;
  return bytesOf(named.replace(TEXT_TYPE, `$1; charset=${charset}`));
}

const PADDED = /=[ \t]+(?=\r?\n)/g;

/** Blanks that were added behind a soft line break in transport are no text (RFC 2045 §6.7). */
function withoutPadding(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const raw = rawOf(bytes);
  return raw.search(PADDED) < 0 ? bytes : bytesOf(raw.replace(PADDED, '='));
}

/** One sign for each byte. */
function rawOf(bytes: Uint8Array<ArrayBuffer>): string {
  let raw = '';
  for (let at = 0; at < bytes.length; at += 8192) raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return raw;
}

function bytesOf(raw: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(raw, (char) => char.charCodeAt(0));
}

/** Looks are not read, and a parser inside an extension page would report each one as blocked. */
const LOOKS = /<style\b[^<>]*>[\s\S]*?(?:<\/style>|$)|\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
/** But for what nobody sees: a preview for the list of mails, an old amount struck out. */
const HIDES = /display\s*:\s*none|visibility\s*:\s*hidden|line-through|(?:max-height|opacity)\s*:\s*0(?![\d.]*[1-9])/i;
/** `例：账单日8月13日 …`, `若您本期应还款额为 …`: how interest is reckoned, with somebody else's bill, which asks for nothing. */
const EXAMPLE =
  /(?<![\u4e00-\u9fff])(?:举?例如?|示例|假设|假如)\s*[:：][^<\n]*|(?:若|如果?|假[设如]|[例比]如)(?![^。；;<\n]*(?:请您?[于在]|还款日))[,，]?(?:您|的|本期|人民币){0,4}(?:应还|最低还|账单)[款总金额]{0,4}[为是:：]? ?[¥￥]?\d[^。；;<\n]*/g;

/** A line drawn across a plain text. */
const RULE = /^[^\S\n]*[-=_+|─━—]{5}[-=_+|─━— \t\r]*$/gm;

/** A body that tells amounts, and not only that there is a bill. */
const tells = (words: string): boolean => BILL_WORDS.test(words) && /\d\.\d\d/.test(words);

/** One in a comment is for other programs, and one with `media` for other screens. */
const SHEET = /<!--[\s\S]*?(?:-->|$)|<style\b(?![^<>]*\smedia)[^<>]*>([\s\S]*?)(?:<\/style>|$)/gi;
const NO_RULE = /\/\*[\s\S]*?(?:\*\/|$)|<!--|-->/g;
const LOOK = /display|visibility|opacity|max-height|text-decoration/i;
const TAG = /<[a-z][^<>]*>/gi;
const CLASS = /\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/**
 * `.preheader { display: none }`: what the mail's own sheet hides by one class. No more of its rules are followed; where
 * any of them shows one of the tag's names, on whatever screen, nothing is hidden.
 */
function withoutHidden(html: string): string {
  const [hidden, shown] = [new Set<string>(), new Set<string>()];
  for (const [, sheet = ''] of html.matchAll(SHEET)) {
    let depth = 0;
    for (const rule of sheet.replace(NO_RULE, '').split('}')) {
      const parts = rule.split('{');
      depth += parts.length - 1;
      const [selectors = '', look = ''] = parts.slice(-2);
      const isHiding = HIDES.test(look);
      if (parts.length > 1 && LOOK.test(look) && (depth === 1 || !isHiding))
        for (const selector of selectors.split(/[,;]/)) {
          if (!isHiding) for (const [, name = ''] of selector.matchAll(/[.#=]["']?([\w-]+)/g)) shown.add(name);
          else if (/^\s*\.[\w-]+\s*$/.test(selector)) hidden.add(selector.trim().slice(1));
        }
      depth = Math.max(0, depth - 1);
    }
  }
  if (!hidden.size) return html;
  return html.replace(TAG, (tag) => {
    const [, ...written] = CLASS.exec(tag) ?? [];
    const names = written.find(Boolean)?.split(/\s+/) ?? [];
    const isShown = /display|visibility/i.test(tag) || tag.split(/[^\w-]+/).some((name) => shown.has(name));
    return names.some((name) => hidden.has(name)) && !isShown ? tag.replace(/\/?>$/, ' hidden="sheet"$&') : tag;
  });
}

/** What the sheet hides is shown where nothing else tells an amount: it is then no preview. True where that changes any. */
export function showSheetHidden(document: Document, text: string): boolean {
  const hidden = tells(text) ? [] : Array.from(document.querySelectorAll('[hidden="sheet"]'));
  for (const element of hidden) element.removeAttribute('hidden');
  return hidden.length > 0;
}

/** The body as HTML for an inert parser: a plain text keeps its lines. Of two bodies the one that tells amounts counts. */
export function bodyOf({ html, text }: Mail): string {
  const seen = html === null ? undefined : withoutHidden(html);
  const shown = seen?.replace(LOOKS, (_, ...values: (string | undefined)[]) =>
    HIDES.test(values[0] ?? values[1] ?? '') ? ' hidden ' : ' ',
  );
  const isPicture = shown !== undefined && tells(text) && !tells(shown.replace(TAGS, ''));
  if (shown !== undefined && !isPicture) return shown.replace(EXAMPLE, '');
  const lines = text
    .replace(RULE, '')
    .replace(EXAMPLE, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
  return `<pre>${lines.replace(/^.*$/gm, '<div>$&</div>')}</pre>`;
}
