/** The contract that every site keeps, and what it is given. DOM types and core only. */
import type { Day, Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';

/** A response that the page received, as text. */
export interface PageResponse {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly body: string;
  /** What the page sent, where it is known: paging parameters tell how much was asked for. */
  readonly requestBody?: string;
}

export interface PageView {
  readonly url: URL;
  /** Null when only responses are at hand. */
  readonly document: Document | null;
  readonly responses: readonly PageResponse[];
  readonly now: Instant;
  readonly today: Day;
}

export interface Site {
  readonly id: string;
  /** What the owner calls it. */
  readonly title: string;
  /** Match patterns of the pages that are read, and of the hosts the content script runs on. */
  readonly matches: readonly string[];
  /** Where the owner pays. */
  readonly payUrl: string;
  /** Days from statement day to due day, where the lender has a fixed one. */
  readonly dueAfterStatementDays: number | null;
  /** Null: not a page of this site. Mine but broken: `unreadable` with the reason. Never throws on page content. */
  read(page: PageView): Reading | null;
}
