/** What the owner did to bills, newest first: the other half of every bill's story. */
import { Table } from '../parts/table.tsx';
import type { DashboardProps } from './dashboard.tsx';

export function ActsTable({ view, words }: DashboardProps) {
  const titles = new Map([...view.allBills, ...view.ahead].map((bill) => [bill.id, bill.title]));
  if (view.acts.length === 0) return null;
  return (
    <section aria-labelledby="acts">
      <h3 id="acts">{words.say('acts')}</h3>
      <Table names={[words.say('columnWhen'), words.say('columnBill'), words.say('columnAct'), words.say('columnVia')]}>
        {view.acts.map((act) => (
          <tr key={act.id}>
            <td>{words.moment(act.at)}</td>
            <td class="title">{titles.get(act.billId) ?? ''}</td>
            <td>
              {words.say(`act_${act.do}`)}
              {act.until !== null && ` · ${words.moment(act.until)}`}
            </td>
            <td>{words.say(`via_${act.via}`)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
