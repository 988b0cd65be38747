/** What falls due in which month, beside the budget. What is not known is said, and never counted as nothing. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { dayOf } from '../../core/day.ts';
import { type Due, fallsDue, type MonthDue } from '../../core/falls-due.ts';
import type { Fen } from '../../core/money.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';
import { BudgetForm } from './budget-form.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { Plot } from './plot.tsx';

export function CostMonths({ view, words, now, ask }: DashboardProps) {
  const today = dayOf(now);
  const { ahead, budgetFen } = view;
  const { months, overdue, dayless } = useMemo(() => fallsDue(ahead, today, budgetFen), [ahead, today, budgetFen]);
  const first = months[0]!;
  return (
    <section aria-labelledby="cost-months">
      <h3 id="cost-months">{words.say('costMonths')}</h3>
      <BudgetForm budgetFen={budgetFen} words={words} ask={ask} />
      {months.some(({ knownFen }) => knownFen > 0) && (
        <Plot
          label={words.say('costPlotMonths')}
          isBars
          axisX={words.say('costMonth')}
          axisY={words.say('costPlotYuan')}
          xs={months.map((_, index) => index)}
          nameX={(index) => String(Number(months[index]?.month.slice(5) ?? 0))}
          lines={[
            {
              name: words.say('costKnown'),
              colour: '--calm',
              ys: months.map(({ knownFen, unknown, bills }) => (unknown === bills ? null : knownFen / 100)),
            },
          ]}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable). */}
      <section class="wide" tabIndex={0} aria-label={words.say('costMonthsTable')}>
        <Table
          names={[words.say('costMonth'), words.say('costKnown'), words.say('costBills'), words.say('costAgainst')]}
        >
          {overdue.bills > 0 && <Row name={words.say('costOverdueRow')} due={overdue} words={words} />}
          {months.map((month) => (
            <Row key={month.month} name={words.month(month.month)} due={month} words={words}>
              {againstOf(month, month === first ? overdue.knownFen : (0 as Fen), budgetFen, words)}
            </Row>
          ))}
          {dayless.bills > 0 && <Row name={words.say('costDaylessRow')} due={dayless} words={words} />}
        </Table>
      </section>
      {overdue.bills > 0 && budgetFen !== null && <p class="quiet">{words.say('costWithOverdue')}</p>}
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly due: Due;
  readonly words: Words;
  readonly children?: ComponentChildren;
}

function Row({ name, due: { knownFen, bills, unknown, expected }, words, children }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">
        {bills === 0 ? words.say('costNone') : words.amount(unknown === bills ? null : knownFen)}
        {unknown > 0 && unknown < bills && <p class="quiet">{words.say('costUnknown', String(unknown))}</p>}
      </td>
      <td>
        {bills}
        {expected > 0 && <p class="quiet">{words.say('costExpected', String(expected))}</p>}
      </td>
      <td>{children ?? '–'}</td>
    </tr>
  );
}

function againstOf({ budget, knownFen }: MonthDue, overdueFen: Fen, budgetFen: Fen | null, words: Words) {
  if (budget === null || budgetFen === null) return words.say('costNoBudget');
  if (budget !== 'over') return words.say(`costBudget_${budget}`);
  const over = (knownFen + overdueFen - budgetFen) as Fen;
  return <span class="over">{words.say('costBudget_over', words.amount(over))}</span>;
}
