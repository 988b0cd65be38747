/** The contract that every site keeps, and what it is given. DOM types and core only. */
import type { Day, Instant } from '../core/day.ts';
import type { ReadBill, Reading } from '../core/reading.ts';

/** A response that the page received, as text. */
export interface PageResponse {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly body: string;
  /** What the page sent, where it is known: paging parameters tell how much was asked for. */
  readonly requestBody?: string;
}

/** A tab may stay open for weeks. What it got longer ago is no evidence of what is owed now, nor that nothing is. */
export const FRESH_MS = 6 * 3_600_000;

/** Where a page is: an address, or the page's own `location`. */
export type Place = Pick<URL, 'protocol' | 'hostname' | 'pathname'>;

export interface PageView {
  readonly url: URL;
  /** Null when only responses are at hand. */
  readonly document: Document | null;
  readonly responses: readonly PageResponse[];
  readonly now: Instant;
  readonly today: Day;
}

/** What a site is, without how it is read: the background and our pages need no more. */
export interface SiteManifest {
  readonly id: string;
  /** What the owner calls it. */
  readonly title: string;
  /** Match patterns of the pages that are read, and of the hosts the content script runs on. */
  readonly matches: readonly string[];
  /** Where a browser that is signed out is sent: such a page reads as signed out. Not asked for as a permission. */
  readonly signInHosts: readonly string[];
  /** The only answers that the page hook may observe: exact host and path. */
  readonly endpoints: readonly { readonly host: string; readonly path: string }[];
  /** Where the owner pays. */
  readonly payUrl: string;
  /** Days from statement day to due day, where the lender has a fixed one. */
  readonly dueAfterStatementDays: number | null;
  /** Read only where the owner allowed it in a click, and not confirmed on a real page yet. */
  readonly isOptional: boolean;
}

export interface Site extends SiteManifest {
  /** Null: not a page of this site. Mine but broken: `unreadable` with the reason. Never throws on page content. */
  read(page: PageView): Reading | null;
}

/** Drops what only the readers of one page need from each other (`draft.ts`). */
export function toReadBill({
  isCurrent: _current,
  isSum: _sum,
  ...bill
}: ReadBill & { isCurrent: boolean; isSum: boolean }): ReadBill {
  return bill;
}

/** Match patterns of the form `https://host/*`, which is the only form the list uses. */
export function matchesUrl(pattern: string, { protocol, hostname }: Place): boolean {
  return pattern === `${protocol}//${hostname}/*`;
}
