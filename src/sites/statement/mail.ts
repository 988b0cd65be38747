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

/** The parser is loaded when the first mail comes, not with the page. Rejects on what is no mail at all. */
export async function parseMail(bytes: Uint8Array<ArrayBuffer>): Promise<Mail> {
  const first = await parse(bytes);
  if (brokenCount(first) === 0) return first;
  // Chinese senders leave the character set out, or name the wrong one.
  const second = await parse(withCharset(bytes, 'gb18030'));
  return brokenCount(second) < brokenCount(first) ? second : first;
}

async function parse(bytes: Uint8Array<ArrayBuffer>): Promise<Mail> {
  const { default: PostalMime } = await import('postal-mime');
  const email = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
  const address = email.from?.address ?? '';
  const sentAt = Date.parse(email.date ?? '');
  const html = email.html?.trim() ? email.html : null;
  return {
    senderHost: address.slice(address.lastIndexOf('@') + 1).toLowerCase(),
    senderName: email.from?.name ?? '',
    subject: email.subject ?? '',
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    html,
    text: email.text ?? '',
  };
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
  return new TextDecoder('gb18030').decode(bytes);
}

function brokenCount({ subject, html, text }: Mail): number {
  return (subject + (html ?? text)).split('\ufffd').length - 1;
}

const TEXT_TYPE = /(content-type:[ \t]*text\/(?:html|plain))(?:;\s*charset\s*=\s*"?[\w-]+"?)?/gi;

function withCharset(bytes: Uint8Array<ArrayBuffer>, charset: string): Uint8Array<ArrayBuffer> {
  let raw = '';
  for (let at = 0; at < bytes.length; at += 8192) raw += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const named = /^content-type:/im.test(raw) ? raw : `Content-Type: text/html\r\n${raw}`;
  return Uint8Array.from(named.replace(TEXT_TYPE, `$1; charset=${charset}`), (char) => char.charCodeAt(0));
}

/** Looks are not read, and a parser inside an extension page would report each one as blocked. */
const LOOKS = /<style\b[^>]*>[\s\S]*?(?:<\/style>|$)|\sstyle\s*=\s*(?:"[^"]*"|'[^']*')/gi;

/** The body as HTML for an inert parser: a plain text keeps its lines. */
export function bodyOf({ html, text }: Mail): string {
  return html?.replace(LOOKS, ' ') ?? `<pre>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</pre>`;
}
