/** What an import would change, row by row, before anything is written. */
import { useMemo, useState } from 'preact/hooks';
import type { FileReport } from '../../app/import-file.ts';
import type { Bill } from '../../core/bill.ts';
import { type Day, dayOf, daysBetween, type Instant } from '../../core/day.ts';
import { type PlannedBill, planImport, type Standpoint, type Twins, twinsAmong } from '../../core/import/plan.ts';
import type { ImportedBill, RowCode } from '../../core/import/rows.ts';
import type { Fen } from '../../core/money.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';
import { keyOf } from './import-panel-words.ts';

/** Ten thousand rows are counted, not laid out at once. */
const ROWS_A_STEP = 100;
/** A bill this long past is left out unless the owner ticks it: it would be reminded of as overdue. */
const LONG_PAST_DAYS = 45;

/** Until the owner ticks it. */
const LEFT_OUT: readonly MessageKey[] = ['importTwin', 'importLongPast'];

type PreviewRow = { readonly file: string; readonly line: number } & (
  | {
      readonly kind: 'bill';
      readonly given: ImportedBill;
      readonly planned: PlannedBill;
      readonly notes: readonly MessageKey[];
    }
  | { readonly kind: 'refused'; readonly code: RowCode; readonly text: string }
);

interface PreviewProps {
  readonly reports: readonly FileReport[];
  readonly bills: readonly Bill[];
  readonly now: Instant;
  readonly words: Words;
  readonly confirm: (bills: ImportedBill[], isMonthly: boolean) => void;
  readonly discard: () => void;
}

export function ImportPreview({ reports, bills, now, words, confirm, discard }: PreviewProps) {
  const [shown, setShown] = useState(ROWS_A_STEP);
  const [ticked, setTicked] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [isMonthly, setMonthly] = useState(true);
  const today = dayOf(now);
  // The clock ticks every few seconds; the rows change with the files, the bills and the day.
  const rows = useMemo(() => previewOf(reports, bills, now), [reports, bills, today]);
  const isTicked = (at: number): boolean => ticked.get(at) ?? isWanted(rows[at]);
  const taken = rows.flatMap((row, at) => (row.kind === 'bill' && isTicked(at) ? [row.given] : []));
  const count = (test: (row: PreviewRow) => boolean): string => String(rows.filter(test).length);
  const hasStatement = taken.some(({ siteId }) => siteId === 'statement');
  return (
    <section aria-label={words.say('importPreview')}>
      <p>
        {words.say(
          'importCounts',
          count((row) => row.kind === 'bill' && row.planned.change === 'new'),
          count((row) => row.kind === 'bill' && row.planned.change === 'changed'),
          count((row) => row.kind === 'bill' && row.planned.change === 'same'),
          count((row) => row.kind === 'refused'),
        )}
      </p>
      <Table
        names={[
          words.say('importColumnTake'),
          words.say('columnBill'),
          words.say('columnDueDay'),
          words.say('columnOwed'),
          words.say('importColumnResult'),
        ]}
      >
        {rows.slice(0, shown).map((row, at) =>
          row.kind === 'refused' ? (
            <tr key={`${at}:${row.file}`} class="late">
              <td />
              <th scope="row">{words.say('importRowAt', row.file, String(row.line))}</th>
              <td colSpan={3} class="refused">
                {words.say(keyOf('Row', row.code))}
                {row.text && <p class="quiet title">{row.text}</p>}
              </td>
            </tr>
          ) : (
            <tr key={`${at}:${row.file}`}>
              <td>
                <input
                  type="checkbox"
                  aria-label={words.say('importTake', row.given.title)}
                  checked={isTicked(at)}
                  disabled={row.planned.change === 'same'}
                  onChange={(event) => setTicked(new Map(ticked).set(at, event.currentTarget.checked))}
                />
              </td>
              <th scope="row" class="title">
                {row.planned.bill.title}
                {row.given.doubts.length > 0 && <p class="remark">{words.say('importDoubtful')}</p>}
              </th>
              <td>{before(row.planned, 'dueDay', words.fullDay)}</td>
              <td class="number">{before(row.planned, 'remainingFen', words.amount)}</td>
              <td>
                {words.say(keyOf('Change', row.planned.change))}
                {row.notes.map((note) => (
                  <p class="remark" key={note}>
                    {words.say(note, ...amountsOf(row.planned).map(words.amount))}
                  </p>
                ))}
              </td>
            </tr>
          ),
        )}
      </Table>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + ROWS_A_STEP)}>
          {words.say('showMore', String(rows.length - shown))}
        </button>
      )}
      {hasStatement && (
        <label class="check">
          <input type="checkbox" checked={isMonthly} onChange={(event) => setMonthly(event.currentTarget.checked)} />
          {words.say('importMonthly')}
        </label>
      )}
      <div class="acts">
        <button type="button" class="main" disabled={taken.length === 0} onClick={() => confirm(taken, isMonthly)}>
          {words.say('importConfirm', String(taken.length))}
        </button>
        <button type="button" onClick={discard}>
          {words.say('importDiscard')}
        </button>
      </div>
    </section>
  );
}

/** All files in their order: a bill that two of them bring is new once. */
function previewOf(reports: readonly FileReport[], bills: readonly Bill[], now: Instant): PreviewRow[] {
  const all = reports.flatMap((report) =>
    report.kind === 'rows' ? report.rows.map((row) => ({ file: report.name, row })) : [],
  );
  const planned = planImport(
    all.flatMap(({ row }) => (row.kind === 'bill' ? [row.bill] : [])),
    bills,
    now,
  );
  const [twins, today] = [twinsAmong(bills), dayOf(now)];
  let next = 0;
  return all.map(({ file, row }): PreviewRow => {
    if (row.kind === 'refused') return { file, ...row };
    const plan = planned[next++] as PlannedBill;
    const notes = notesOf(plan, twins, today);
    twins.add(plan.bill);
    return { file, line: row.line, kind: 'bill', given: row.bill, planned: plan, notes };
  });
}

const STANDPOINTS: Readonly<Record<Standpoint, MessageKey>> = {
  corrects: 'importCorrects',
  older: 'importOlder',
  'in-doubt': 'importInDoubt',
};

function notesOf({ bill, former, change, standpoint }: PlannedBill, twins: Twins, today: Day): MessageKey[] {
  const isOwed = change !== 'same' && bill.remainingFen !== 0;
  const isLongPast = isOwed && bill.dueDay !== null && daysBetween(bill.dueDay, today) > LONG_PAST_DAYS;
  const isUnpaid = former?.owner.paidAt !== undefined && bill.owner.paidAt === undefined;
  return [
    ...(change === 'new' && twins.of(bill) ? (['importTwin'] as const) : standpoint ? [STANDPOINTS[standpoint]] : []),
    ...(isUnpaid ? (['importUnpaid'] as const) : []),
    ...(isLongPast ? (['importLongPast'] as const) : []),
  ];
}

function isWanted(row: PreviewRow | undefined): boolean {
  return row?.kind === 'bill' && row.planned.change !== 'same' && !row.notes.some((note) => LEFT_OUT.includes(note));
}

/** Before and after, where a later mail tells another amount. */
function amountsOf({ former, bill }: PlannedBill): readonly Fen[] {
  return [former?.remainingFen, bill.remainingFen].filter((amount) => amount !== null && amount !== undefined);
}

/** `old → new` where a stored value changes. */
function before<K extends 'dueDay' | 'remainingFen'>(
  { former, bill }: PlannedBill,
  field: K,
  say: (value: Bill[K]) => string,
): string {
  return former && former[field] !== bill[field] ? `${say(former[field])} → ${say(bill[field])}` : say(bill[field]);
}
