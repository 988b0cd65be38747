/** The ledger: what became of every reminder, newest first. Anyone who asks "why did I not get it?" reads here. */
import { Fragment } from 'preact';
import { PROVES } from '../../core/channel/fields.ts';
import type { ServiceId } from '../../core/channel/setting.ts';
import { DESKTOP } from '../../core/reminder/chain.ts';
import type { LedgerEntry } from '../../core/reminder/reminder.ts';
import type { Words } from '../../i18n/words.ts';
import { billTitle } from '../parts/bill-title.ts';
import { Table } from '../parts/table.tsx';
import { channelById } from './channel-words.ts';
import type { DashboardProps } from './dashboard.tsx';
import { MissedButton, MissedRow } from './missed.tsx';

export function LedgerTable({ view, words, ask }: DashboardProps) {
  const titles = new Map([...view.allBills, ...view.ahead].map((bill) => [bill.id, billTitle(bill, words)]));
  return (
    <section aria-labelledby="ledger">
      <h3 id="ledger">{words.say('ledger')}</h3>
      {view.entries.length === 0 ? (
        <p>{words.say('ledgerEmpty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable).
        <section class="wide" tabIndex={0} aria-label={words.say('ledgerTable')}>
          <Table
            names={[
              words.say('columnPlanned'),
              words.say('columnFired'),
              words.say('columnBill'),
              words.say('columnKind'),
              words.say('columnChannel'),
              words.say('columnOutcome'),
              words.say('columnSeen'),
              words.say('columnActions'),
            ]}
          >
            {view.entries.map((entry) => (
              <Fragment key={entry.id}>
                <tr>
                  <td>{words.moment(entry.plannedAt)}</td>
                  <td>{words.moment(entry.firedAt)}</td>
                  <td class="title">
                    <span class="clamp">
                      {titles.get(entry.billId) ?? (isOfBill(entry) ? words.say('deletedBill') : '')}
                    </span>
                  </td>
                  <td>{words.kind(entry.kind)}</td>
                  <td class="title">{channelById(view.channels, entry.channel, words).name}</td>
                  <td>{outcomeOf(entry, words, channelById(view.channels, entry.channel, words).service)}</td>
                  <td>{words.say(`seen_${entry.seen}`)}</td>
                  <td>
                    <MissedButton entry={entry} words={words} ask={ask} />
                  </td>
                </tr>
                <MissedRow entry={entry} words={words} columns={8} />
              </Fragment>
            ))}
          </Table>
        </section>
      )}
    </section>
  );
}

/** What only asks for something has no bill to be deleted. */
function isOfBill({ kind }: LedgerEntry): boolean {
  return kind === 'overdue' || kind === 'due-today' || kind === 'before';
}

function outcomeOf(entry: LedgerEntry, words: Words, service?: ServiceId): string {
  const failed = entry.formerFailures?.length ?? 0;
  return failed
    ? `${outcomeAlone(entry, words, service)} · ${words.say('outcome_before', String(failed))}`
    : outcomeAlone(entry, words, service);
}

function outcomeAlone(entry: LedgerEntry, words: Words, service?: ServiceId): string {
  const { outcome, failure, lateMs, lateWhy, channel } = entry;
  const isDesktop = channel === DESKTOP;
  switch (outcome) {
    case 'fired':
      return words.say(isDesktop ? 'outcome_fired' : 'outcome_unanswered');
    case 'failed':
      return words.say('outcome_failed', words.failure(failure ?? ''));
    case 'armed':
      return words.say('outcome_armed');
    case 'withdrawn':
      return words.say('outcome_withdrawn');
    case 'accepted': {
      if (isDesktop)
        return lateWhy
          ? words.say('outcome_late', words.span(lateMs), words.late(lateWhy))
          : words.say('outcome_accepted');
      // Taken by a service is not yet delivered.
      const isDelivered = service !== undefined && PROVES[service] === 'inbox';
      const told = words.say(isDelivered ? 'outcome_delivered' : 'outcome_queued');
      return lateWhy ? `${told} · ${words.say('outcome_lateBy', words.span(lateMs), words.late(lateWhy))}` : told;
    }
  }
}
