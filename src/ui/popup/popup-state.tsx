/** The popup without a bill to show, and the line that says how fresh everything is. */
import type { SiteState } from '../../app/ports.ts';
import type { View } from '../../app/view.ts';
import type { Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';
import { LastRead, lastReadAt } from '../parts/last-read.tsx';

export function Empty({
  sites,
  words,
  openBills,
}: {
  readonly sites: readonly SiteState[];
  readonly words: Words;
  readonly openBills: () => void;
}) {
  const wasRead = sites.some((site) => site.billsReadAt !== null);
  const heading = words.say(wasRead ? 'popupNothingOwed' : 'popupEmptyTitle');
  return (
    <section class="empty">
      <h1>{heading}</h1>
      <p>{words.say(wasRead ? 'popupNothingOwedText' : 'popupEmptyText')}</p>
      <button type="button" class="main" onClick={() => openBills()}>
        {words.say('actionRead')}
      </button>
    </section>
  );
}

export function Health({ view, words, now }: { readonly view: View; readonly words: Words; readonly now: Instant }) {
  return (
    <footer class="health quiet">
      <span>
        {view.nextReminderAt === null
          ? words.say('popupNoReminder')
          : words.say('popupNextReminder', words.moment(view.nextReminderAt))}
      </span>
      <LastRead at={lastReadAt(view.sites)} words={words} now={now} />
      <span>
        {view.lastPassAt === null
          ? words.say('neverChecked')
          : words.say('popupLastCheck', words.moment(view.lastPassAt))}
      </span>
    </footer>
  );
}
