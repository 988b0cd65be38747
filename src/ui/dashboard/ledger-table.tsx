/** The ledger: what became of every reminder, newest first. Anyone who asks "why did I not get it?" reads here. */
import type { LedgerEntry } from '../../core/reminder/reminder.ts';
import type { Words } from '../../i18n/words.ts';
import type { DashboardProps } from './dashboard.tsx';

export function LedgerTable({ view, words }: DashboardProps) {
  const titles = new Map([...view.allBills, ...view.ahead].map((bill) => [bill.id, bill.title]));
  return (
    <section aria-labelledby="ledger">
      <h3 id="ledger">{words.say('ledger')}</h3>
      {view.entries.length === 0 ? (
        <p>{words.say('ledgerEmpty')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.say('columnPlanned')}</th>
              <th scope="col">{words.say('columnFired')}</th>
              <th scope="col">{words.say('columnBill')}</th>
              <th scope="col">{words.say('columnKind')}</th>
              <th scope="col">{words.say('columnOutcome')}</th>
              <th scope="col">{words.say('columnSeen')}</th>
            </tr>
          </thead>
          <tbody>
            {view.entries.map((entry) => (
              <tr key={entry.id}>
                <td>{words.moment(entry.plannedAt)}</td>
                <td>{words.moment(entry.firedAt)}</td>
                <td class="title">{titles.get(entry.billId) ?? ''}</td>
                <td>{words.kind(entry.kind)}</td>
                <td>{outcomeOf(entry, words)}</td>
                <td>{words.say(`seen_${entry.seen}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function outcomeOf(entry: LedgerEntry, words: Words): string {
  const failed = entry.formerFailures?.length ?? 0;
  return failed
    ? `${outcomeAlone(entry, words)} · ${words.say('outcome_before', String(failed))}`
    : outcomeAlone(entry, words);
}

function outcomeAlone({ outcome, failure, lateMs, lateWhy }: LedgerEntry, words: Words): string {
  if (outcome === 'fired') return words.say('outcome_fired');
  if (outcome === 'failed') return words.say('outcome_failed', words.failure(failure ?? ''));
  return lateWhy ? words.say('outcome_late', words.span(lateMs), words.late(lateWhy)) : words.say('outcome_accepted');
}
