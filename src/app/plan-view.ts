/** What the planner promises, for the tabs that show it: the look behind it goes through every watched bill. */
import { type Covered, coveredOf } from '../core/reminder/covered.ts';
import type { Reminder } from '../core/reminder/reminder.ts';
import { calendarViewOf } from './calendar-view.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports } from './ports.ts';

export interface PlanView {
  /** What is promised, earliest first; what is due and not yet delivered comes first. */
  readonly next: readonly Reminder[];
  /** What of it reaches the owner although the browser stays shut. */
  readonly covered: Covered;
}

export async function planViewOf(ports: Pick<Ports, 'store' | 'clock'>): Promise<PlanView> {
  const [{ bills, plan, channels }, calendar] = await Promise.all([lookAhead(ports), ports.store.calendar()]);
  const next = [...plan.due, ...plan.next];
  const now = ports.clock.now();
  return { next, covered: coveredOf(bills, next, channels.held, calendarViewOf(calendar, now).cover, now) };
}
