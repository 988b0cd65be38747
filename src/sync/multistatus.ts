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
const TAG =
  /<(?:!--[\s\S]*?--|!\[CDATA\[([\s\S]*?)\]\]|\?[^>]*\?|(\/?)([^\s<>/!?]+)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(\/?))>/g;

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
  let at = 0;
  TAG.lastIndex = 0;
  for (let match = TAG.exec(xml); match; match = TAG.exec(xml)) {
    text += unescaped(xml.slice(at, match.index));
    at = TAG.lastIndex;
    if (match[1] !== undefined) text += match[1];
    const full = match[3];
    if (full === undefined) continue;
    const name = full.slice(full.indexOf(':') + 1).toLowerCase();
    const isEnd = match[2] === '/';
    if (!isEnd) {
      if (path.length >= MOST_DEPTH) return { kind: 'refused', code: 'sync-listing-hostile' };
      if (name === 'response') found = { isFolder: false, isFound: true };
      if (name === 'propstat') [props, isFolder, isGood] = [{}, false, true];
      if (name === 'collection' && path.at(-1) === 'resourcetype') isFolder = true;
      text = '';
      if (match[5] !== '/') {
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
