/** "Later" without a time: tonight while there is an evening left, otherwise tomorrow morning (Asia/Shanghai). */
import { addDays, dayOf, HOUR_MS, type Instant, startOf } from '../day.ts';

const TONIGHT_HOUR = 20;
const MORNING_HOUR = 9;

export function snoozeUntil(now: Instant): Instant {
  const tonight = startOf(dayOf(now)) + TONIGHT_HOUR * HOUR_MS;
  return now < tonight - HOUR_MS ? tonight : startOf(addDays(dayOf(now), 1)) + MORNING_HOUR * HOUR_MS;
}
