/**
 * Evidence as a chain: every entry holds the hash of the one before it, the first one that of the head, and the head
 * the number of entries. So an entry that is changed, removed, added or moved shows. Somebody who makes all hashes anew
 * makes another last hash: that shows beside a copy which was handed out earlier, and beside nothing else.
 */
import type { EvidenceDraft, EvidenceEvent, EvidenceHead } from './evidence.ts';
import { EVIDENCE_SCHEMA, EVIDENCE_VERSION } from './evidence.ts';
import { canonical, type Json } from './record/record.ts';

/** SHA-256 of UTF-8 text, as hex digits. */
export type Hash = (text: string) => Promise<string>;

export interface EvidenceEntry extends EvidenceEvent {
  /** Counts from 1. */
  readonly n: number;
  readonly previous: string;
  /** Of everything else in this entry, as canonical JSON. */
  readonly hash: string;
}

export interface Evidence extends EvidenceHead {
  readonly entries: readonly EvidenceEntry[];
  /** The hash of the last entry; of the head where there is none. */
  readonly finalHash: string;
}

export async function chained({ head, events }: EvidenceDraft, hash: Hash): Promise<Evidence> {
  let previous = await hash(canonical(head as unknown as Json));
  const entries: EvidenceEntry[] = [];
  for (const [i, event] of events.entries()) {
    const link = { n: i + 1, ...event, previous };
    previous = await hash(canonical(link as unknown as Json));
    entries.push({ ...link, hash: previous });
  }
  return { ...head, entries, finalHash: previous };
}

export type EvidenceCheck =
  | { readonly kind: 'whole'; readonly count: number; readonly finalHash: string }
  /** `n`: the first entry that is not as it was written, in the file's order from 1; 0 is the head. */
  | { readonly kind: 'broken'; readonly n: number }
  /** No file of this kind. */
  | { readonly kind: 'unreadable' }
  /** Made by a newer version. */
  | { readonly kind: 'newer'; readonly version: number };

/** Says nothing of who made the file, or when. */
export async function verifyEvidence(text: string, hash: Hash): Promise<EvidenceCheck> {
  const file = parsed(text);
  if (file === null || file.schema !== EVIDENCE_SCHEMA || !Array.isArray(file.entries)) return { kind: 'unreadable' };
  if (typeof file.version === 'number' && file.version > EVIDENCE_VERSION)
    return { kind: 'newer', version: file.version };
  if (!isPlain(text)) return { kind: 'broken', n: 0 };
  const { entries, finalHash, ...head } = file;
  let previous = await hash(canonical(head as Json));
  for (const [i, raw] of (entries as unknown[]).entries()) {
    const n = i + 1;
    if (!isObject(raw)) return { kind: 'broken', n };
    const { hash: own, ...link } = raw;
    if (link.n !== n || (await hash(canonical(link as Json))) !== own) return { kind: 'broken', n };
    if (link.previous !== previous) return { kind: 'broken', n: i };
    previous = own as string;
  }
  if (head.count !== entries.length) return { kind: 'broken', n: entries.length + 1 };
  if (finalHash !== previous) return { kind: 'broken', n: entries.length };
  return { kind: 'whole', count: entries.length, finalHash: previous };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null; // SyntaxError: it is no JSON at all
  }
}

/** More than any file of ours. */
const DEEPEST = 50;

/**
 * Of JSON: no endless depth, and no name twice in one object. Of two, a reader sees the first and `JSON.parse` keeps the
 * last: what is checked would not be what is read.
 */
function isPlain(text: string): boolean {
  const open: Set<string>[] = [];
  const colon = /\s*:/y;
  let start: number | null = null;
  for (const { 0: token, index } of text.matchAll(/\\.|["{}[\]]/g)) {
    if (token === '"' && start === null) start = index;
    else if (token === '"' && start !== null) {
      colon.lastIndex = index + 1;
      const name: string | null = colon.test(text) ? JSON.parse(text.slice(start, index + 1)) : null;
      if (name !== null && open.at(-1)?.has(name)) return false;
      if (name !== null) open.at(-1)?.add(name);
      start = null;
    } else if (start === null && (token === '{' || token === '[')) open.push(new Set());
    else if (start === null) open.pop();
    if (open.length > DEEPEST) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
