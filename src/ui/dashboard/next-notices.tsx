/** The notices that are promised next. */
import type { DashboardProps } from './dashboard.tsx';

const MOST = 30;

export function NextNotices({ view, words }: DashboardProps) {
  const titles = new Map(view.ahead.map((bill) => [bill.id, bill]));
  return (
    <section aria-labelledby="next-notices">
      <h3 id="next-notices">{words.say('nextNotices')}</h3>
      <p class="quiet">
        {view.lastPassAt === null
          ? words.say('neverChecked')
          : words.say('popupLastCheck', words.moment(view.lastPassAt))}
      </p>
      {view.next.length === 0 ? (
        <p>{words.say('popupNoReminder')}</p>
      ) : (
        <ol class="plain">
          {view.next.slice(0, MOST).map((reminder) => (
            <li key={reminder.id}>
              <time dateTime={new Date(reminder.at).toISOString()}>{words.moment(reminder.at)}</time>{' '}
              {words.kind(reminder.kind)} <span class="title">{titles.get(reminder.billId)?.title}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
