/** The list of bills, a page at a time, narrowed by words and standing: quick with ten thousand of them. */
import { type ComponentChild, Fragment } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { OwnerActName } from '../../app/ports.ts';
import type { Bill, BillId } from '../../core/bill.ts';
import { dayOf, type Instant } from '../../core/day.ts';
import { heldUntil, snoozeUntil } from '../../core/reminder/snooze.ts';
import { hasBillPage } from '../parts/bill-page.ts';
import { Table } from '../parts/table.tsx';
import { findableText, inOrder, isListed, STANDINGS, type StandingFilter } from './bill-filter.ts';
import { BillHistory } from './bill-history.tsx';
import { BillRow, type RowActs } from './bill-row.tsx';
import type { DashboardProps } from './dashboard.tsx';

const ROWS_A_PAGE = 30;
/** So few bills are seen at a glance. */
const MOST_UNFILTERED = 8;

interface BillListProps extends DashboardProps, Pick<RowActs, 'edit' | 'rule' | 'remove'> {
  readonly act: (bill: Bill, name: OwnerActName, until?: Instant) => void;
  /** The other way to a first bill. */
  readonly add: ComponentChild;
}

export function BillList({ view, words, now, ask, openBills, add, act, edit, rule, remove }: BillListProps) {
  const [typed, setTyped] = useState('');
  const [standing, setStanding] = useState<StandingFilter>('all');
  const [page, setPage] = useState(0);
  const [toldId, setToldId] = useState<BillId | null>(null);
  const { allBills } = view;
  const today = dayOf(now);
  const wanted = typed.trim().toLocaleLowerCase();
  const isFinding = wanted !== '';
  const texts = useMemo(
    () => (isFinding ? allBills.map((bill) => findableText(bill, words)) : []),
    [allBills, isFinding, words],
  );
  const found = useMemo(() => {
    const listed = allBills.filter((bill, n) => isListed(bill, standing, today) && (texts[n] ?? '').includes(wanted));
    return inOrder(listed, today);
  }, [allBills, texts, wanted, standing, today]);
  const acts = useActs({
    now,
    act,
    edit,
    rule,
    remove,
    openBills,
    tell: ({ id }) => setToldId((told) => (told === id ? null : id)),
  });
  if (allBills.length === 0) {
    return (
      <section class="empty">
        <p>{words.say('popupEmptyText')}</p>
        <p class="acts">
          <button type="button" class="main" onClick={() => openBills()}>
            {words.say('actionRead')}
          </button>
          {add}
        </p>
      </section>
    );
  }
  const pages = Math.max(1, Math.ceil(found.length / ROWS_A_PAGE));
  // A list that grew shorter has its last page.
  const shown = Math.min(page, pages - 1);
  const first = shown * ROWS_A_PAGE;
  const isSynced = view.sync.place !== null;
  return (
    <>
      {allBills.length > MOST_UNFILTERED && (
        <search class="acts filter">
          <label>
            {words.say('pickFind')}
            <input
              type="search"
              value={typed}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
                setPage(0);
              }}
            />
          </label>
          <label>
            {words.say('columnStanding')}
            <select
              value={standing}
              onChange={(event) => {
                setStanding(event.currentTarget.value as StandingFilter);
                setPage(0);
              }}
            >
              {STANDINGS.map((each) => (
                <option key={each} value={each}>
                  {words.say(`filter_${each}`)}
                </option>
              ))}
            </select>
          </label>
          <p class="quiet" role="status">
            {words.say('filterFound', String(found.length))}
          </p>
        </search>
      )}
      {found.length === 0 ? (
        <p>{words.say('pickNone')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable).
        <section class="wide" tabIndex={0} aria-label={words.say('tabBills')}>
          <Table
            class="bills"
            names={[
              words.say('columnBill'),
              words.say('columnDueDay'),
              words.say('columnOwed'),
              words.say('columnStanding'),
              words.say('columnActions'),
            ]}
          >
            {found.slice(first, first + ROWS_A_PAGE).map((bill) => (
              <Fragment key={bill.id}>
                <BillRow
                  {...{ bill, words, today, isSynced, acts }}
                  isHeld={heldUntil(bill, now) !== null}
                  hasPage={hasBillPage(bill, view.recipes)}
                  isTold={toldId === bill.id}
                />
                {toldId === bill.id && (
                  <tr>
                    <td colSpan={5}>
                      <BillHistory {...{ bill, view, words, ask }} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </Table>
        </section>
      )}
      {pages > 1 && (
        <nav class="pages" aria-label={words.say('pages')}>
          <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            {words.say('pagePrevious')}
          </button>
          <span role="status">
            {words.say(
              'pageShown',
              String(first + 1),
              String(Math.min(first + ROWS_A_PAGE, found.length)),
              String(found.length),
            )}
          </span>
          <button type="button" disabled={shown === pages - 1} onClick={() => setPage(shown + 1)}>
            {words.say('pageNext')}
          </button>
        </nav>
      )}
    </>
  );
}

/** One object for all rows and redraws; it always does what was asked for last. */
function useActs(given: Pick<BillListProps, 'now' | 'act' | 'openBills'> & Omit<RowActs, 'act' | 'pay'>): RowActs {
  const latest = useRef(given);
  latest.current = given;
  return useMemo(
    () => ({
      act: (bill, name) => {
        const { now, act } = latest.current;
        act(bill, name, name === 'snooze' ? snoozeUntil(now, [bill]) : undefined);
      },
      pay: ({ siteId }) => latest.current.openBills(siteId),
      rule: (bill) => latest.current.rule(bill),
      edit: (bill) => latest.current.edit(bill),
      remove: (bill) => latest.current.remove(bill),
      tell: (bill) => latest.current.tell(bill),
    }),
    [],
  );
}
