/** The notices that are promised next. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import type { Words } from '../../i18n/words.ts';
import { billTitle } from '../parts/bill-title.ts';
import { Table } from '../parts/table.tsx';
import type { DashboardProps } from './dashboard.tsx';

/** So few leave room for the rules below them. */
const FIRST = 8;
const MOST = 30;

export function NextNotices({ view, plan, words }: DashboardProps) {
  const [isWhole, setWhole] = useState(false);
  const next = plan?.next.slice(0, MOST) ?? [];
  const shown = isWhole ? next : next.slice(0, FIRST);
  const titles = new Map(view.ahead.map((bill) => [bill.id, bill]));
  return (
    <section aria-labelledby="next-notices">
      <h3 id="next-notices">{words.say('nextNotices')}</h3>
      {plan === null ? (
        <p aria-busy="true">{words.say('popupLoading')}</p>
      ) : next.length === 0 ? (
        <p>{words.say('coverNoBills')}</p>
      ) : (
        <Table class="next" names={[words.say('columnWhen'), words.say('columnKind'), words.say('columnBill')]}>
          {shown.map((reminder) => (
            <tr key={reminder.id}>
              <td class="number">
                <time dateTime={new Date(reminder.at).toISOString()}>{words.moment(reminder.at)}</time>
              </td>
              <td>{words.kind(reminder.kind)}</td>
              <td class="title">
                <span class="clamp">{titleOf(titles.get(reminder.billId), words)}</span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {shown.length < next.length && (
        <button type="button" onClick={() => setWhole(true)}>
          {words.say('showMoreNotices', String(next.length - shown.length))}
        </button>
      )}
    </section>
  );
}

function titleOf(bill: Bill | undefined, words: Words): string {
  return bill ? billTitle(bill, words) : '';
}
