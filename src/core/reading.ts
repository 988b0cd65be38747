/** What one look at a page gave. Unknown is null, never zero; signed out is never "no debt". */
import type { Day } from './day.ts';
import type { Fen } from './money.ts';

/** Tabs of an account page load separately, so what a reading covered is kept per family. */
export const FAMILIES = ['issued', 'unissued', 'loan'] as const;
export type Family = (typeof FAMILIES)[number];

/** Who said a value, most trusted first. */
export const SOURCES = ['responses', 'embedded', 'labels', 'taught', 'file', 'hand'] as const;
export type Source = (typeof SOURCES)[number];

export type Standing = 'open' | 'settled' | 'unknown';

/** Two readers that disagree on a field. Both values are kept; the earlier date is planned for. */
export interface Doubt {
  readonly field: 'dueDay' | 'remainingFen' | 'totalFen' | 'minimumFen' | 'standing';
  readonly values: readonly { readonly source: Source; readonly value: string | number }[];
}

/** One debt as a page shows it. `key` is the site's own key, unique within site and account. */
export interface ReadBill {
  readonly family: Family;
  readonly key: string;
  readonly title: string;
  readonly dueDay: Day | null;
  /** `estimated`: reckoned from the statement day, not shown by the page. */
  readonly dueDayIs: 'stated' | 'estimated';
  readonly statementDay: Day | null;
  readonly totalFen: Fen | null;
  readonly remainingFen: Fen | null;
  readonly minimumFen: Fen | null;
  readonly overdueFeeFen: Fen | null;
  /** The part of the bill that was moved to instalments (分期金额); it falls due with the later bills. Absent: none is known. */
  readonly instalmentFen?: Fen;
  readonly standing: Standing;
  readonly doubts: readonly Doubt[];
  /** The most trusted reader that has a part in this bill. */
  readonly source: Source;
}

/** Why a page that is ours could not be read. The words for each stand in public/_locales. */
export type UnreadableWhy =
  | 'layout-unknown'
  | 'answer-refused'
  | 'answer-not-json'
  | 'amounts-hidden'
  | 'page-too-large'
  | 'still-loading'
  | 'challenge';

/**
 * Keys that begin so are totals over several bills, read where no single bill could be (an overview page). They have
 * no due day, and say nothing where an open bill of the same family is known.
 */
export const SUM_KEY = 'sum:';

/** Monthly bills lie at least 28 days apart: days this near may be two readings of one bill. */
export const SAME_BILL_DAYS = 20;

/** One page tells no more: far above any account, far below harm. */
export const MOST_BILLS = 1000;

export type Reading =
  | {
      readonly kind: 'bills';
      readonly bills: readonly ReadBill[];
      /** Families whose every bill is in `bills`. An empty list of bills claims nothing beyond these. */
      readonly covered: readonly Family[];
      /** A stable text that tells accounts apart; hashed before it is stored. Null: the page does not show who is signed in. */
      readonly accountMarker: string | null;
      /** Keys of debts that the page shows as paid off without listing them as bills. */
      readonly paidKeys?: readonly string[];
    }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'no-account' }
  | { readonly kind: 'no-access'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: UnreadableWhy };

/** Every family of the account's bills was covered. */
export function isComplete(reading: Reading): boolean {
  return reading.kind === 'bills' && FAMILIES.every((family) => reading.covered.includes(family));
}

/** Paid or open is decided by the remaining amount, not by a status code or a date that passed. */
export function standingFrom(remainingFen: Fen | null, saysSettled: boolean): Standing {
  if (remainingFen !== null) return remainingFen > 0 ? 'open' : 'settled';
  return saysSettled ? 'settled' : 'unknown';
}
