/** The popup without a bill to show, and the line that says whether what is promised can be kept. */
import type { Health, KnownHealth } from '../../app/health.ts';
import type { PopupView } from '../../app/popup-view.ts';
import type { Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';
import { nextReminderIn, Warnings } from '../parts/health-said.tsx';
import { LastRead, lastReadAt } from '../parts/last-read.tsx';

export function Empty({
  sites,
  words,
  readNow,
}: {
  readonly sites: PopupView['sites'];
  readonly words: Words;
  readonly readNow: () => void;
}) {
  const wasRead = sites.some((site) => site.billsReadAt !== null);
  return (
    <section class="empty">
      <h1>{words.say(wasRead ? 'popupNothingOwed' : 'popupEmptyTitle')}</h1>
      <p>{words.say(wasRead ? 'popupNothingOwedText' : 'popupEmptyText')}</p>
      <button type="button" class="main" onClick={() => readNow()}>
        {words.say('actionRead')}
      </button>
    </section>
  );
}

interface HealthLineProps {
  readonly view: PopupView;
  readonly health: KnownHealth;
  readonly words: Words;
  readonly now: Instant;
}

export function HealthLine({ view, health, words, now }: HealthLineProps) {
  const known = typeof health === 'string' ? null : health;
  return (
    <footer class="health quiet">
      <Warnings health={health} words={words} />
      <span>{nextReminderIn(health, words, now)}</span>
      <LastRead at={lastReadAt(view.sites)} words={words} now={now} />
      {known && <span>{syncOf(known, words, now)}</span>}
    </footer>
  );
}

function syncOf({ sync }: Health, words: Words, now: Instant): string {
  if (sync === null) return words.say('healthSyncOff');
  return sync.doneAt === null ? words.say('healthSyncNever') : words.say('healthSyncDone', words.ago(sync.doneAt, now));
}
