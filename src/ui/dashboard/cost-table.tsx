/** 1, 7, 30 and 90 days late, drawn and in figures; and the minimum beside the whole. */
import type { Bill } from '../../core/bill.ts';
import { LATE_BASIS_POINTS, type LateRow, lateRows, minimumOrFull } from '../../core/cost.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';
import { Plot } from './plot.tsx';

interface CostTableProps {
  readonly bill: Bill;
  readonly points: number;
  readonly words: Words;
}

const DRAWN_DAYS = Array.from({ length: 91 }, (_, day) => day);

export function CostTable({ bill, points, words }: CostTableProps) {
  if (bill.remainingFen === null) return <p class="remark">{words.say('costNoAmount')}</p>;
  if (bill.remainingFen === 0) return <p>{words.say('costNothing')}</p>;
  const drawn = lateRows(bill.remainingFen, points, DRAWN_DAYS);
  const low = words.say('costLow', words.rate(LATE_BASIS_POINTS.low));
  const high = words.say('costLow', words.rate(LATE_BASIS_POINTS.high));
  const chosen = words.say('costChosen', words.rate(points));
  const rest = minimumOrFull(bill, points);
  return (
    <>
      <Plot
        label={words.say('costPlotLate')}
        xs={DRAWN_DAYS}
        nameX={String}
        axisX={words.say('costPlotDays')}
        axisY={words.say('costPlotYuan')}
        lines={[
          { name: low, colour: '--calm', ys: drawn.map(({ lowFen }) => lowFen / 100) },
          { name: high, colour: '--late', ys: drawn.map(({ highFen }) => highFen / 100) },
          { name: chosen, colour: '--soon', ys: drawn.map(({ chosenFen }) => chosenFen / 100) },
        ]}
      />
      <Rows
        label={words.say('costTable')}
        rows={lateRows(bill.remainingFen, points)}
        names={[low, chosen, high]}
        words={words}
      />
      <p class="quiet">{words.say('costAssume')}</p>
      <h4>{words.say('costMinimum')}</h4>
      {rest === null ? (
        <p>{words.say('costMinimumNone')}</p>
      ) : (
        <>
          <p>{words.say('costMinimumText', words.amount(rest.minimumFen), words.amount(rest.restFen))}</p>
          <p class="quiet">{words.say('costMinimumCare')}</p>
          <Rows label={words.say('costMinimum')} rows={rest.rows} names={[low, chosen, high]} words={words} />
        </>
      )}
    </>
  );
}

interface RowsProps {
  readonly label: string;
  readonly rows: readonly LateRow[];
  readonly names: readonly [low: string, chosen: string, high: string];
  readonly words: Words;
}

function Rows({ label, rows, names, words }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable).
    <section class="wide" tabIndex={0} aria-label={label}>
      <Table class="cards costs" names={[words.say('costDays'), ...names]}>
        {rows.map(({ days, lowFen, chosenFen, highFen }) => (
          <tr key={days}>
            <th scope="row">{words.say('costDaysCount', String(days))}</th>
            <td class="number">{words.amount(lowFen)}</td>
            <td class="number">{words.amount(chosenFen)}</td>
            <td class="number">{words.amount(highFen)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
