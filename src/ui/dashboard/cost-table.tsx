/** 1, 7, 30 and 90 days late, drawn and in figures; and the minimum beside the whole. */
import type { Bill } from '../../core/bill.ts';
import { LATE_BASIS_POINTS, type LateRow, lateRows, minimumOrFull } from '../../core/cost.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';
import { Plot, type PlotLine } from './plot.tsx';

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
  const isOwn = points !== LATE_BASIS_POINTS.low && points !== LATE_BASIS_POINTS.high;
  const columns: Column[] = [
    { of: 'lowFen', colour: '--calm', name: words.say('costLow', words.rate(LATE_BASIS_POINTS.low)) },
    ...(isOwn
      ? [{ of: 'chosenFen', colour: '--soon', name: words.say('costChosen', words.rate(points)) } as const]
      : []),
    { of: 'highFen', colour: '--late', name: words.say('costLow', words.rate(LATE_BASIS_POINTS.high)) },
  ];
  const rest = minimumOrFull(bill, points);
  return (
    <>
      <Plot
        label={words.say('costPlotLate')}
        xs={DRAWN_DAYS}
        nameX={String}
        axisX={words.say('costPlotDays')}
        axisY={words.say('costPlotYuan')}
        lines={columns.map(({ name, colour, of }) => ({ name, colour, ys: drawn.map((row) => row[of] / 100) }))}
      />
      <Rows label={words.say('costTable')} rows={lateRows(bill.remainingFen, points)} columns={columns} words={words} />
      <p class="quiet">{words.say('costAssume')}</p>
      <h4>{words.say('costMinimum')}</h4>
      {rest === null ? (
        <p>{words.say('costMinimumNone')}</p>
      ) : (
        <>
          <p>{words.say('costMinimumText', words.amount(rest.minimumFen), words.amount(rest.restFen))}</p>
          <p class="quiet">{words.say('costMinimumCare')}</p>
          <Rows label={words.say('costMinimum')} rows={rest.rows} columns={columns} words={words} />
        </>
      )}
    </>
  );
}

interface Column {
  readonly of: 'lowFen' | 'chosenFen' | 'highFen';
  readonly name: string;
  readonly colour: PlotLine['colour'];
}

interface RowsProps {
  readonly label: string;
  readonly rows: readonly LateRow[];
  readonly columns: readonly Column[];
  readonly words: Words;
}

function Rows({ label, rows, columns, words }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable).
    <section class="wide" tabIndex={0} aria-label={label}>
      <Table class="cards costs" names={[words.say('costDays'), ...columns.map(({ name }) => name)]}>
        {rows.map((row) => (
          <tr key={row.days}>
            <th scope="row">{words.say('costDaysCount', String(row.days))}</th>
            {columns.map(({ of }) => (
              <td class="number" key={of}>
                {words.amount(row[of])}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </section>
  );
}
