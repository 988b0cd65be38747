/** What reaches the owner although the browser stays shut: messages that a service holds, and alarms in the calendar. Pure. */
import { type Bill, type BillId, isWatched } from '../bill.ts';
import type { CalendarCover } from '../calendar-state.ts';
import { type Day, dayOf, type Instant } from '../day.ts';
import type { HeldMessage } from './chain.ts';
import type { Reminder } from './reminder.ts';

export interface Covered {
  /** When a service speaks by itself: earliest first, each moment once. */
  readonly armedFor: readonly Instant[];
  readonly calendar: CalendarCover | null;
  /** Every bill with a notice that is still promised before its due day ends, the soonest due day first. */
  readonly bills: readonly CoveredBill[];
  /** The first promised notice that nobody would hear; null: none up to every due day. */
  readonly firstGapAt: Instant | null;
}

export interface CoveredBill {
  readonly billId: BillId;
  readonly dueDay: Day;
  /** Notices that are promised up to the end of the due day. */
  readonly promised: number;
  /** Of these, how many come from outside the browser. */
  readonly covered: number;
}

/** `next`: what the plan promises. A calendar that is not whole is not counted: nobody can say which bill it lacks. */
export function coveredOf(
  bills: readonly Bill[],
  next: readonly Reminder[],
  held: readonly HeldMessage[],
  calendar: CalendarCover | null,
  now: Instant,
): Covered {
  const armed = held.filter(({ armedFor, isUnsure }) => !isUnsure && armedFor !== null && armedFor > now);
  const isArmed = new Set(armed.map(({ reminderId }) => reminderId));
  const isCovered = ({ id, kind, at }: Reminder): boolean =>
    isArmed.has(id) ||
    (calendar?.isWhole === true && at <= calendar.until && (kind === 'before' || kind === 'due-today'));
  // Gathered once: with thousands of bills, a search for each would keep the page from answering.
  const ofBill = new Map<BillId, Reminder[]>();
  for (const reminder of next) {
    const own = ofBill.get(reminder.billId);
    if (own) own.push(reminder);
    else ofBill.set(reminder.billId, [reminder]);
  }
  let firstGapAt: Instant | null = null;
  const told = bills.flatMap((bill): CoveredBill[] => {
    const { id: billId, dueDay } = bill;
    if (dueDay === null || bill.asks !== undefined || !isWatched(bill)) return [];
    const promised = (ofBill.get(billId) ?? []).filter(
      ({ at, kind }) => at > now && dayOf(at) <= dueDay && kind !== 'overdue',
    );
    if (promised.length === 0) return [];
    const gaps = promised.filter((reminder) => !isCovered(reminder));
    for (const { at } of gaps) firstGapAt = Math.min(firstGapAt ?? at, at);
    return [{ billId, dueDay, promised: promised.length, covered: promised.length - gaps.length }];
  });
  return {
    armedFor: [...new Set(armed.map(({ armedFor }) => armedFor!))].sort((a, b) => a - b),
    calendar,
    bills: told.sort(soonestDue),
    firstGapAt,
  };
}

/** An order for `sort`: the soonest due day first, the same on every run. */
export function soonestDue(a: { billId: BillId; dueDay: Day }, b: { billId: BillId; dueDay: Day }): number {
  return a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : a.billId < b.billId ? -1 : 1;
}
