/** The habit of the day: made in the first pass of a day from what the ledger knew before it, and kept until the next. */
import { dayOf, type Instant } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { habitOf, isOfToday } from '../core/habit.ts';
import { seenAt } from '../core/habit-presence.ts';
import type { Ports } from './ports.ts';
import type { Wake } from './remind.ts';

/** The newest entries are years of one person's notices. */
const MOST_ENTRIES = 20_000;
/** Wakes that only a person causes: the others come from alarms, servers and pages too. */
const OF_A_PERSON: readonly Wake[] = ['active', 'start-up'];

/** Never throws: without a habit the rules hold as they are, and no notice is lost. */
export async function renewHabit(
  { store, log }: Pick<Ports, 'store' | 'log'>,
  wake: Wake,
  now: Instant,
): Promise<void> {
  try {
    const [former, rules] = await Promise.all([store.habit(), store.rules()]);
    const isKnown = isOfToday(former, now);
    const habit = isKnown ? former : habitOf(await store.latestEntries(MOST_ENTRIES), rules, dayOf(now), former);
    const isThere = rules.adapts !== false && OF_A_PERSON.includes(wake);
    const presence = isThere ? seenAt(habit.presence, rules.zone, now) : habit.presence;
    if (!isKnown || presence !== habit.presence) await store.saveHabit({ ...habit, presence });
  } catch (error) {
    log.warn('habit-failed', { name: errorName(error) });
  }
}

/** The owner's word on it. What was promised at a moved hour that has passed is due at the rules' own, or at once. */
export async function switchHabit({ store }: Pick<Ports, 'store'>, isOn: boolean): Promise<void> {
  const { adapts: _, ...rules } = await store.rules();
  await store.saveRules(isOn ? rules : { ...rules, adapts: false });
}
