/** The debts of one chaos run, and what its rules promise: counted by the oracle of the laws, never by the planner. */
import type { Rules } from '../../../src/core/rules.ts';
import { beginOf, dayAfter, dayAt, type Promised, promisesFor } from '../../core/laws/promises.ts';
import type { duly } from '../duly.ts';
import type { Dice } from './dice.ts';

export interface World {
  /** Where the run's clock starts: early in a Shanghai morning, with every slot of the day ahead. */
  readonly startAt: number;
  readonly rules: Omit<Rules, 'since'>;
  readonly bills: readonly { readonly title: string; readonly dueDay: string; readonly remainingFen: number }[];
}

const HOUR_MS = 3_600_000;

/** One bill falls due on nearly every day; each then stays overdue, so that later notices carry many reminders. */
export function worldOf(dice: Dice, billCount: number, machineNow: number): World {
  const firstDay = dayAfter(dayAt(machineNow), 1);
  let dueIn = 1;
  return {
    startAt: beginOf(firstDay) + 6 * HOUR_MS,
    rules: {
      leadDays: dice.pick([
        [7, 3, 1],
        [3, 1],
        [2, 1],
      ]),
      beforeHour: dice.pick([8.25, 9, 9.5]),
      dueHours: dice.pick([
        [10, 12.5, 15, 18, 21],
        [10, 14, 18, 20.25, 23.75],
        [9, 11, 13, 17, 19, 22],
      ]),
      overdueHour: dice.pick([8.25, 10, 11.5]),
      quiet: null,
      zone: 'Asia/Shanghai',
    },
    bills: Array.from({ length: billCount }, (_, index) => {
      const dueDay = dayAfter(firstDay, dueIn);
      dueIn += dice.pick([0, 1, 1, 1]);
      return { title: `混沌账单${index + 1}`, dueDay, remainingFen: dice.int(100, 900_000) };
    }),
  };
}

/** Tells the extension the world, and returns what it owes from then on until `until`, earliest first. */
export async function settleIn(extension: ReturnType<typeof duly>, world: World, until: number): Promise<Promised[]> {
  // The oracle knows the rules alone: what is learnt of a person moves notices within their day.
  await extension.ask({ do: 'habit', isOn: false });
  await extension.ask({ do: 'rules', rules: world.rules });
  for (const { title, dueDay, remainingFen } of world.bills) {
    const bill = { title, dueDay, remainingFen, minimumFen: null, statementDay: null, note: '', isMonthly: false };
    await extension.ask({ do: 'save-bill', billId: null, bill });
  }
  const bills = (await extension.rows('bills')) as { id: string; dueDay: string; owedSince: number }[];
  const settings = (await extension.rows('settings')) as { name: string; value: unknown }[];
  const rules = settings.find(({ name }) => name === 'rules')?.value as Rules;
  if (bills.length !== world.bills.length || !rules) throw new Error('the extension did not take the bills');
  return bills
    .flatMap(({ id, dueDay, owedSince }) =>
      promisesFor(id, dueDay, rules, dayAt(owedSince), until).filter(
        ({ promised, at }) => promised >= owedSince && at >= rules.since && at <= until,
      ),
    )
    .sort((a, b) => a.at - b.at);
}
