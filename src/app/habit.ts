/** The habit of the day: made in the first pass of a day from what the ledger knew before it, and kept until the next. */
import { dayOf, type Instant } from '../core/day.ts';
import { habitOf, isOfToday } from '../core/habit.ts';
import type { Ports } from './ports.ts';

/** The newest entries are years of one person's notices. */
const MOST_ENTRIES = 20_000;

/** Never throws: without a habit the rules hold as they are, and no notice is lost. */
export async function renewHabit({ store, log }: Pick<Ports, 'store' | 'log'>, now: Instant): Promise<void> {
  try {
    const former = await store.habit();
    if (isOfToday(former, now)) return;
    const [entries, rules] = await Promise.all([store.latestEntries(MOST_ENTRIES), store.rules()]);
    await store.saveHabit(habitOf(entries, rules, dayOf(now), former));
  } catch (error) {
    log.warn('habit-failed', { name: error instanceof Error ? error.name : typeof error });
  }
}

/** The owner's word on it. What was promised at a moved hour that has passed is due at the rules' own, or at once. */
export async function switchHabit({ store }: Pick<Ports, 'store'>, isOn: boolean): Promise<void> {
  const { adapts: _, ...rules } = await store.rules();
  await store.saveRules(isOn ? rules : { ...rules, adapts: false });
}
