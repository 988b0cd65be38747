/** Many people under each policy, and the table of what came of it. */
import { live, type Outcome, type Policy } from './life.ts';
import { type Population, peopleOf } from './people.ts';

export interface Tally {
  readonly policy: string;
  readonly all: Outcome;
  readonly byHabit: ReadonlyMap<string, Outcome>;
}

/** Every `parts`-th of the people, beginning with the `part`-th. */
export function simulate(
  population: Population,
  policies: readonly Policy[],
  count: number,
  seed: number,
  part = 0,
  parts = 1,
): Tally[] {
  const tallies = policies.map((policy) => ({ policy, all: nothing(), byHabit: new Map<string, Outcome>() }));
  for (const person of peopleOf(population, count, seed, part, parts)) {
    const name = person.habits.name;
    for (const { policy, all, byHabit } of tallies) {
      const outcome = live(person, population.year, seed, policy);
      const ofHabit = byHabit.get(name) ?? nothing();
      byHabit.set(name, ofHabit);
      for (const sum of [all, ofHabit]) addTo(sum, outcome);
    }
  }
  return tallies.map(({ policy, all, byHabit }) => ({ policy: policy.name, all, byHabit }));
}

function addTo(sum: Outcome, { bills, missed, notices, pushes }: Outcome): void {
  sum.bills += bills;
  sum.missed += missed;
  sum.notices += notices;
  sum.pushes += pushes;
}

/** The parts of one simulation; the habits in the order of the file. */
export function addUp(parts: readonly (readonly Tally[])[]): Tally[] {
  return parts[0]!.map(({ policy }, index) => {
    const all = nothing();
    const byHabit = new Map<string, Outcome>();
    for (const part of parts) {
      addTo(all, part[index]!.all);
      for (const [name, outcome] of part[index]!.byHabit) {
        const sum = byHabit.get(name) ?? nothing();
        byHabit.set(name, sum);
        addTo(sum, outcome);
      }
    }
    return { policy, all, byHabit };
  });
}

const nothing = (): Outcome => ({ bills: 0, missed: 0, notices: 0, pushes: 0 });

export const missedPercent = ({ missed, bills }: Outcome): number => (100 * missed) / bills;
export const noticesPerBill = ({ notices, bills }: Outcome): number => notices / bills;

/** Missed in percent and notices for each bill, one line for each habit. */
export function tableOf(tallies: readonly Tally[]): string[] {
  const cell = (outcome: Outcome): string =>
    `${missedPercent(outcome).toFixed(2).padStart(8)}% ${noticesPerBill(outcome).toFixed(2).padStart(5)}`;
  const head = `${''.padEnd(24)}${'bills'.padStart(7)}${tallies.map(({ policy }) => policy.padStart(18)).join('')}`;
  const lines = [...tallies[0]!.byHabit.keys()].map(
    (name) =>
      `${name.padEnd(24)}${String(tallies[0]!.byHabit.get(name)!.bills).padStart(7)}${tallies
        .map(({ byHabit }) => cell(byHabit.get(name)!).padStart(18))
        .join('')}`,
  );
  const sum = `${'all'.padEnd(24)}${String(tallies[0]!.all.bills).padStart(7)}${tallies.map(({ all }) => cell(all).padStart(18)).join('')}`;
  return [head, ...lines, sum];
}
