/** "Later": tonight while there is an evening left, tomorrow morning, or a moment of the owner's own (Asia/Shanghai). */
import { addDays, dayOf, HOUR_MS, type Instant, startOf } from '../day.ts';

const TONIGHT_HOUR = 20;
const MORNING_HOUR = 9;

export interface SnoozeChoice {
  readonly name: 'tonight' | 'tomorrow';
  readonly until: Instant;
}

export function snoozeChoices(now: Instant): SnoozeChoice[] {
  const tonight = startOf(dayOf(now)) + TONIGHT_HOUR * HOUR_MS;
  const tomorrow: SnoozeChoice = { name: 'tomorrow', until: startOf(addDays(dayOf(now), 1)) + MORNING_HOUR * HOUR_MS };
  return now < tonight - HOUR_MS ? [{ name: 'tonight', until: tonight }, tomorrow] : [tomorrow];
}

/** Without a choice: the soonest. */
export function snoozeUntil(now: Instant): Instant {
  return Math.min(...snoozeChoices(now).map(({ until }) => until));
}
