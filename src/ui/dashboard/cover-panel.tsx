/** Said honestly: what still reaches the owner, and until when, although the browser stays shut. */
import { dayOf, type Instant } from '../../core/day.ts';
import type { Covered } from '../../core/reminder/covered.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';
import type { DashboardProps } from './dashboard.tsx';

const MOST_MOMENTS = 4;
const MOST_BILLS = 100;

export function CoverPanel(props: DashboardProps) {
  const { plan, words } = props;
  return (
    <section aria-labelledby="cover">
      <h3 id="cover">{words.say('coverTitle')}</h3>
      {plan === null ? (
        <p aria-busy="true">{words.say('popupLoading')}</p>
      ) : (
        <Cover {...props} covered={plan.covered} />
      )}
    </section>
  );
}

function Cover({ view, words, now, covered }: DashboardProps & { readonly covered: Covered }) {
  const { list } = view.channels;
  const { armedFor, calendar, bills, firstGapAt } = covered;
  const titles = new Map(view.allBills.map(({ id, title }) => [id, title]));
  const holds = list.some(({ afterMs, health }) => afterMs !== null && health.canWithdraw === true);
  const isBare = armedFor.length === 0 && calendar === null && !holds;
  const until = Math.max(armedFor.at(-1) ?? 0, calendar?.until ?? 0);
  return (
    <>
      {isBare ? (
        <>
          <p class="remark">{words.say('coverNothing')}</p>
          <p class="quiet">{words.say('coverNothingHow')}</p>
        </>
      ) : (
        <>
          {armedFor.length > 0 && <p>{words.say('coverArmed', momentsOf(armedFor, words))}</p>}
          {/* Nothing of the next days waits there; nearer to a due day it will. */}
          {armedFor.length === 0 && holds && <p>{words.say('coverNothingAhead')}</p>}
          {calendar && <p>{words.say('coverCalendar', words.moment(calendar.until))}</p>}
          {calendar?.isWhole === false && <p class="remark">{words.say('coverCalendarPart')}</p>}
          {until > 0 && <p>{words.say('coverUntil', words.moment(until))}</p>}
          {bills.length > 0 && (
            <p class={firstGapAt === null ? 'good' : 'remark'}>
              {firstGapAt === null ? words.say('coverWhole') : words.say('coverGap', words.moment(firstGapAt))}
            </p>
          )}
        </>
      )}
      {bills.length === 0 ? (
        <p class="quiet">{words.say('coverNoBills')}</p>
      ) : (
        <Table
          names={[
            words.say('columnBill'),
            words.say('columnDueDay'),
            words.say('coverPromised'),
            words.say('coverCovered'),
          ]}
        >
          {bills.slice(0, MOST_BILLS).map(({ billId, dueDay, promised, covered }) => (
            <tr key={billId}>
              <td class="title">{titles.get(billId) ?? ''}</td>
              <td>{words.day(dueDay, dayOf(now))}</td>
              <td class="number">{promised}</td>
              <td class={covered < promised ? 'number wrong' : 'number'}>{covered}</td>
            </tr>
          ))}
        </Table>
      )}
      {bills.length > MOST_BILLS && <p class="quiet">{words.say('coverMore', String(bills.length - MOST_BILLS))}</p>}
    </>
  );
}

function momentsOf(moments: readonly Instant[], words: Words): string {
  const shown = moments.slice(0, MOST_MOMENTS).map(words.moment).join(words.say('listMark'));
  return moments.length > MOST_MOMENTS ? words.say('coverArmedMore', shown, String(moments.length)) : shown;
}
