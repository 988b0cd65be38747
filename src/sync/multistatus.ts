/**
 * Reads a PROPFIND answer without DOMParser, which service workers lack. No document type and no entity of its own is
 * ever looked at, so nothing can grow; the caller bounds the text, this bounds the entries.
 */
export interface DavEntry {
  /** As it stands: percent-encoded, absolute or a path. */
  readonly href: string;
  readonly isFolder: boolean;
  readonly size: number | null;
  readonly stamp: string | null;
}

export type Multistatus =
  | { readonly kind: 'read'; readonly entries: readonly DavEntry[] }
  | {
      readonly kind: 'refused';
      readonly code: 'sync-listing-hostile' | 'sync-listing-too-long' | 'sync-listing-broken';
    };

const MOST_DEPTH = 32;
const MOST_TAG = 4096;

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tag'; readonly name: string; readonly isEnd: boolean; readonly isEmpty: boolean };

/** One look at each letter: no answer makes it go back. Null where it is no XML. */
function* tokens(xml: string): Generator<Token | null> {
  for (let at = 0; at < xml.length; ) {
    const open = xml.indexOf('<', at);
    if (open !== at) yield { kind: 'text', text: unescaped(xml.slice(at, open < 0 ? xml.length : open)) };
    if (open < 0) return;
    const [start, end] = BRACKETS.find(([begin]) => xml.startsWith(begin, open)) ?? ['<', '>'];
    const close = end === '>' ? endOfTag(xml, open) : xml.indexOf(end, open + start.length);
    if (close < 0) return yield null;
    at = close + end.length;
    const inside = xml.slice(open + start.length, close);
    if (start === '<![CDATA[') yield { kind: 'text', text: inside };
    if (start !== '<') continue;
    const name = /^\/?([^\s<>/!?"'=]+)/.exec(inside)?.[1];
    if (name === undefined) return yield null;
    yield {
      kind: 'tag',
      name: name.slice(name.indexOf(':') + 1).toLowerCase(),
      isEnd: inside.startsWith('/'),
      isEmpty: inside.endsWith('/'),
    };
  }
}

const BRACKETS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** A bracket in quotes ends nothing; a tag longer than any server writes is none. */
function endOfTag(xml: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < Math.min(xml.length, open + MOST_TAG); at++) {
    const letter = xml[at]!;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
    else if (letter === '<') return -1;
  }
  return -1;
}

export function readMultistatus(xml: string, mostEntries: number): Multistatus {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(xml)) return { kind: 'refused', code: 'sync-listing-hostile' };
  const entries: DavEntry[] = [];
  const path: string[] = [];
  let text = '';
  let found: {
    href?: string;
    size?: string;
    stamp?: string;
    changed?: string;
    isFolder: boolean;
    isFound: boolean;
  } | null = null;
  /** Properties of one propstat count only when its status is 200. */
  let props: Record<string, string> = {};
  let isFolder = false;
  let isGood = true;
  for (const token of tokens(xml)) {
    if (token === null) return { kind: 'refused', code: 'sync-listing-broken' };
    if (token.kind === 'text') {
      text += token.text;
      continue;
    }
    const { name, isEnd } = token;
    if (!isEnd) {
      if (path.length >= MOST_DEPTH) return { kind: 'refused', code: 'sync-listing-hostile' };
      if (name === 'response') found = { isFolder: false, isFound: true };
      if (name === 'propstat') [props, isFolder, isGood] = [{}, false, true];
      if (name === 'collection' && path.at(-1) === 'resourcetype') isFolder = true;
      text = '';
      if (!token.isEmpty) {
        path.push(name);
        continue;
      }
    } else if (path.pop() !== name) return { kind: 'refused', code: 'sync-listing-broken' };
    if (!isEnd || !found) continue;
    const within = path.at(-1);
    if (name === 'href' && within === 'response') found.href = text.trim();
    else if (within === 'prop') props[name] = text.trim();
    else if (name === 'status' && within === 'propstat') isGood = /\s200(?:\s|$)/.test(text);
    else if (name === 'status' && within === 'response') found.isFound = !/\s404(?:\s|$)/.test(text);
    else if (name === 'propstat' && isGood) {
      found.size = props.getcontentlength ?? found.size;
      found.stamp = props.getetag ?? found.stamp;
      found.changed = props.getlastmodified ?? found.changed;
      found.isFolder ||= isFolder;
    } else if (name === 'response') {
      if (found.href !== undefined && found.isFound) {
        if (entries.length >= mostEntries) return { kind: 'refused', code: 'sync-listing-too-long' };
        entries.push({
          href: found.href,
          isFolder: found.isFolder,
          size: found.size !== undefined && /^\d{1,15}$/.test(found.size) ? Number(found.size) : null,
          // A weak tag becomes strong a moment later without a change of content (Apache).
          stamp: found.stamp?.replace(/^W\//, '') || (found.changed ? `${found.changed} ${found.size ?? ''}` : null),
        });
      }
      found = null;
    }
  }
  if (path.length > 0 || !/<[^>]*multistatus/i.test(xml)) return { kind: 'refused', code: 'sync-listing-broken' };
  return { kind: 'read', entries };
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, named) => {
    if (named) return NAMED[named.toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}
