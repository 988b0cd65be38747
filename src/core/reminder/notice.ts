/** Reminders that are due together become one notice: the facts of it, without any words. */
import { type Bill, isPaidDisputed } from '../bill.ts';
import { hasKnownRate } from '../cost.ts';
import { type Day, dayOf, daysBetween, type Instant, MINUTE_MS } from '../day.ts';
import type { Fen } from '../money.ts';
import type { Source } from '../reading.ts';
import { KINDS, type Kind, type LateWhy, type Reminder } from './reminder.ts';

export interface NoticeBill {
  readonly id: string;
  readonly title: string;
  readonly dueDay: Day | null;
  readonly dueDayIs: 'stated' | 'estimated';
  /** Days from today to the due day; negative when it has passed. */
  readonly daysLeft: number | null;
  readonly remainingFen: Fen | null;
  readonly minimumFen: Fen | null;
  /** What the notice asks for, where it is no bill that was read. */
  readonly asks: NonNullable<Bill['asks']> | null;
  readonly readDaysAgo: number;
  /** Late fee that the page states; null where it states none. */
  readonly overdueFeeFen: Fen | null;
  /** The daily rate of this lender is known in public: a range may be told. */
  readonly hasKnownRate: boolean;
  /** The owner marked it as paid, and the page still shows money owed. */
  readonly isPaidDisputed: boolean;
  /** Who said it: a bill from a file or typed by hand has no page to open. */
  readonly source: Source;
}

export interface Notice {
  /** The id of its most urgent reminder: sending it again replaces it instead of adding one. */
  readonly id: string;
  readonly kind: Kind;
  readonly reminders: readonly Reminder[];
  /** Most urgent first, each bill once. */
  readonly bills: readonly NoticeBill[];
  readonly lateMs: number;
  readonly lateWhy: LateWhy | null;
}

/** A notice that comes within a minute of its promise is on time: alarms are that coarse. */
export const ON_TIME_MS = MINUTE_MS;

/** Merges what is due now; null when nothing is. Lateness counts from the oldest slot. */
export function merge(
  due: readonly Reminder[],
  bills: ReadonlyMap<string, Bill>,
  now: Instant,
  lateWhy: LateWhy,
): Notice | null {
  const ordered = [...due].sort(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      a.day.localeCompare(b.day) ||
      a.at - b.at ||
      (a.id < b.id ? -1 : 1),
  );
  const first = ordered[0];
  if (!first) return null;
  const today = dayOf(now);
  const ids = [...new Set(ordered.map((reminder) => reminder.billId))];
  // No spread: after years more are due than a call takes arguments.
  const late = now - ordered.reduce((oldest, { at }) => Math.min(oldest, at), first.at);
  return {
    id: first.id,
    kind: first.kind,
    reminders: ordered,
    bills: ids.flatMap((id) => {
      const bill = bills.get(id);
      return bill ? [factsOf(bill, today)] : [];
    }),
    lateMs: late < ON_TIME_MS ? 0 : late,
    lateWhy: late < ON_TIME_MS ? null : lateWhy,
  };
}

function factsOf(bill: Bill, today: Day): NoticeBill {
  const { id, title, dueDay, dueDayIs, remainingFen, minimumFen, asks } = bill;
  const readDaysAgo = Math.max(0, daysBetween(dayOf(bill.readAt), today));
  return {
    id,
    title,
    dueDay,
    dueDayIs,
    daysLeft: dueDay === null ? null : daysBetween(today, dueDay),
    remainingFen,
    minimumFen,
    asks: asks ?? null,
    readDaysAgo,
    overdueFeeFen: bill.overdueFeeFen,
    hasKnownRate: hasKnownRate(bill.siteId),
    isPaidDisputed: isPaidDisputed(bill),
    source: bill.source,
  };
}
