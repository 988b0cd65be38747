/** The popup: the next due bill large, the others by due day, and one line on how fresh all of it is. */
import '../parts/theme.css';
import './popup.css';
import { useState } from 'preact/hooks';
import type { OwnerActName, SiteState } from '../../app/ports.ts';
import type { View } from '../../app/view.ts';
import type { Bill } from '../../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import { recipeIdOf } from '../../core/recipe.ts';
import { snoozeChoices } from '../../core/reminder/snooze.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { keyFor } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { ClosedSites } from '../parts/closed-sites.tsx';
import { Doubts } from '../parts/doubts.tsx';
import { SnoozePicker } from '../parts/snooze-picker.tsx';
import { PageOffer, type ShownPage } from './page-offer.tsx';
import { Empty, Health } from './popup-state.tsx';

interface PopupProps {
  readonly view: View;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  readonly openDashboard: () => void;
  readonly allow: (patterns: readonly string[]) => Promise<boolean>;
  /** Absent where the browser does not say what the tab shows. */
  readonly page?: ShownPage | null;
}

export function Popup({ view, words, now, ask, openBills, openDashboard, allow, page }: PopupProps) {
  const [done, setDone] = useState<{ readonly bill: Bill; readonly name: Done } | null>(null);
  const { bills, sites } = view;
  const [next, ...others] = [...bills].sort(byUrgency);
  const act: Act = (bill, name, until) => {
    setDone({ bill, name });
    void ask({ do: 'act', act: { do: name, billId: bill.id, via: 'popup', until } });
  };
  const undo = (): void => {
    if (done)
      void ask({
        do: 'act',
        act: { do: DONE[done.name].undo, billId: done.bill.id, via: 'popup' },
      });
    setDone(null);
  };
  return (
    <>
      {done && (
        <p class="undo" role="status">
          {words.say(DONE[done.name].said, done.bill.title)}{' '}
          <button type="button" onClick={undo}>
            {words.say('actionUndo')}
          </button>
        </p>
      )}
      <ClosedSites closed={view.closed} words={words} allow={allow} />
      <Trouble view={view} words={words} />
      {next ? (
        <Next bill={next} words={words} now={now} openBills={openBills} act={act} />
      ) : (
        <Empty sites={sites} words={words} openBills={openBills} />
      )}
      {others.length > 0 && (
        <section>
          <h2>{words.say('popupOthers')}</h2>
          <ul class="bills">
            {others.map((bill) => (
              <Row key={bill.id} bill={bill} words={words} now={now} />
            ))}
          </ul>
        </section>
      )}
      {page && <PageOffer page={page} view={view} words={words} />}
      <Health view={view} words={words} now={now} />
      <button type="button" onClick={openDashboard}>
        {words.say('actionDashboard')}
      </button>
    </>
  );
}

/** Overdue first, a bill without a day before every dated one: it may be due today. */
function byUrgency(a: Bill, b: Bill): number {
  return (a.dueDay ?? '').localeCompare(b.dueDay ?? '') || a.title.localeCompare(b.title);
}

function urgencyOf(bill: Bill, now: Instant): 'late' | 'soon' | 'calm' {
  if (bill.dueDay === null) return 'soon';
  const days = daysBetween(dayOf(now), bill.dueDay);
  return days < 0 ? 'late' : days <= 3 ? 'soon' : 'calm';
}

function daysLeft(bill: Bill, now: Instant): number | null {
  return bill.dueDay === null ? null : daysBetween(dayOf(now), bill.dueDay);
}

type Done = 'paid' | 'snooze' | 'acknowledge' | 'mute';
type Act = (bill: Bill, name: Done, until?: Instant) => void;

/** What was done in words, and the act that takes it back. */
const DONE: Record<Done, { readonly said: MessageKey; readonly undo: OwnerActName }> = {
  paid: { said: 'popupMarkedPaid', undo: 'unpaid' },
  snooze: { said: 'popupSnoozed', undo: 'unsnooze' },
  acknowledge: { said: 'popupAcknowledged', undo: 'unacknowledge' },
  mute: { said: 'popupMuted', undo: 'unmute' },
};

interface NextProps {
  readonly bill: Bill;
  readonly words: Words;
  readonly now: Instant;
  readonly openBills: (siteId?: string) => void;
  readonly act: Act;
}

function Next({ bill, words, now, openBills, act }: NextProps) {
  return (
    <article class={`next ${urgencyOf(bill, now)}`} aria-label={words.say('popupNext')}>
      <header>
        <span class="title">{bill.title}</span>
        <strong class="days">{words.daysLeft(daysLeft(bill, now))}</strong>
      </header>
      <p class="amount">{words.amount(bill.remainingFen)}</p>
      <p class="facts">
        {words.day(bill.dueDay)}
        {bill.dueDay && bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
        {bill.minimumFen !== null && ` · ${words.say('popupMinimum', words.amount(bill.minimumFen))}`}
        {bill.instalmentFen ? ` · ${words.say('popupInstalment', words.amount(bill.instalmentFen))}` : ''}
      </p>
      <Doubts bill={bill} words={words} />
      <footer>
        <button type="button" class="main" onClick={() => openBills(bill.siteId)}>
          {words.say('actionPay')}
        </button>
        <button type="button" onClick={() => act(bill, 'paid')}>
          {words.say('actionPaid')}
        </button>
        <button type="button" onClick={() => act(bill, 'acknowledge')}>
          {words.say('actionAcknowledge')}
        </button>
      </footer>
      {bill.owner.snoozedUntil !== undefined && bill.owner.snoozedUntil > now ? (
        <p class="remark">{words.say('snoozedUntil', words.moment(bill.owner.snoozedUntil))}</p>
      ) : (
        <SnoozePicker
          choices={snoozeChoices(now, [bill])}
          words={words}
          now={now}
          pick={(until) => act(bill, 'snooze', until)}
        >
          <button type="button" onClick={() => act(bill, 'mute')}>
            {words.say('actionMute')}
          </button>
        </SnoozePicker>
      )}
      <p class="quiet">
        {words.say(keyFor('popupLastRead', bill), words.ago(bill.readAt, now))} · {words.say(`bySource_${bill.source}`)}
      </p>
    </article>
  );
}

function Row({ bill, words, now }: { readonly bill: Bill; readonly words: Words; readonly now: Instant }) {
  return (
    <li class={urgencyOf(bill, now)}>
      <span class="title">{bill.title}</span>
      <span class="amount">{words.amount(bill.remainingFen)}</span>
      <span class="facts">
        {words.day(bill.dueDay)}
        {bill.dueDay && bill.dueDayIs === 'estimated' && ` · ${words.say('estimated')}`}
      </span>
      <span class="days">{words.daysLeft(daysLeft(bill, now))}</span>
      <Doubts bill={bill} words={words} />
    </li>
  );
}

/** What the last look at a page met, when it was not bills. */
function Trouble({ view, words }: { readonly view: View; readonly words: Words }) {
  return (
    <>
      {view.sites.flatMap((site) => {
        if (view.closed.some(({ siteId }) => siteId === site.siteId)) return [];
        const recipeId = recipeIdOf(site.siteId);
        const recipe = view.recipes.find(({ id }) => id === recipeId);
        const key = recipeId === null ? troubleOf(site, view.bills.length > 0) : recipe && taughtTrouble(site);
        return key
          ? [
              <p class="trouble" role="status" key={`${site.siteId}/${site.account}`}>
                {words.say(key, ...(recipe ? [recipe.title] : []))}
              </p>,
            ]
          : [];
      })}
    </>
  );
}

function taughtTrouble({ kind, why }: SiteState): MessageKey | null {
  if (kind === 'unreadable')
    return why === 'amounts-hidden' || why === 'still-loading' ? 'taughtHidden' : 'taughtUnreadable';
  return kind === 'signed-out' ? 'taughtSignedOut' : kind === 'no-access' ? 'taughtNoAccess' : null;
}

function troubleOf(site: SiteState, hasBills: boolean): MessageKey | null {
  switch (site.kind) {
    case 'bills':
      return null;
    case 'signed-out':
      return hasBills ? 'popupSignedOut' : 'popupSignedOutEmpty';
    case 'no-account':
      return 'popupNoAccount';
    case 'no-access':
      return 'popupNoAccess';
    case 'unreadable':
      return 'popupUnreadable';
  }
}
