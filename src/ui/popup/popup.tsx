/** The popup: the next due bill large, the others by due day, and one line on how fresh all of it is. */
import '../parts/theme.css';
import './popup.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteState } from '../../app/ports.ts';
import type { View } from '../../app/view.ts';
import type { Bill } from '../../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { recipeIdOf } from '../../sites/taught/recipe.ts';
import { Doubts } from '../parts/doubts.tsx';
import { PageOffer, type ShownPage } from './page-offer.tsx';

export type PopupState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'view'; readonly view: View };

interface PopupProps {
  readonly state: PopupState;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  readonly openDashboard: () => void;
  /** Absent where the browser does not say what the tab shows. */
  readonly page?: ShownPage | null;
}

export function Popup({ state, words, now, ask, openBills, openDashboard, page }: PopupProps) {
  const [paid, setPaid] = useState<Bill | null>(null);
  if (state.kind === 'loading')
    return (
      <p class="quiet" aria-busy="true">
        {words.say('popupLoading')}
      </p>
    );
  if (state.kind === 'error') return <p role="alert">{words.say('popupError', state.code)}</p>;
  const { bills, sites } = state.view;
  const [next, ...others] = [...bills].sort(byUrgency);
  const markPaid = (bill: Bill): void => {
    setPaid(bill);
    void ask({ do: 'act', act: { do: 'paid', billId: bill.id, via: 'popup' } });
  };
  const undo = (bill: Bill): void => {
    setPaid(null);
    void ask({ do: 'act', act: { do: 'unpaid', billId: bill.id, via: 'popup' } });
  };
  return (
    <>
      {paid && (
        <p class="undo" role="status">
          {words.say('popupMarkedPaid', paid.title)}{' '}
          <button type="button" onClick={() => undo(paid)}>
            {words.say('actionUndo')}
          </button>
        </p>
      )}
      <Trouble view={state.view} words={words} />
      {next ? (
        <Next bill={next} words={words} now={now} openBills={openBills} markPaid={markPaid} />
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
      {page && <PageOffer page={page} view={state.view} words={words} />}
      <Health view={state.view} words={words} />
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

interface NextProps {
  readonly bill: Bill;
  readonly words: Words;
  readonly now: Instant;
  readonly openBills: (siteId?: string) => void;
  readonly markPaid: (bill: Bill) => void;
}

function Next({ bill, words, now, openBills, markPaid }: NextProps) {
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
      </p>
      <Doubts bill={bill} words={words} />
      <footer>
        <button type="button" class="main" onClick={() => openBills(bill.siteId)}>
          {words.say('actionPay')}
        </button>
        <button type="button" onClick={() => markPaid(bill)}>
          {words.say('actionPaid')}
        </button>
      </footer>
      <p class="quiet">
        {words.say('popupLastRead', words.moment(bill.readAt))} · {words.say(`bySource_${bill.source}`)}
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

function Empty({
  sites,
  words,
  openBills,
}: {
  readonly sites: readonly SiteState[];
  readonly words: Words;
  readonly openBills: () => void;
}) {
  const wasRead = sites.some((site) => site.kind === 'bills');
  const heading: ComponentChildren = words.say(wasRead ? 'popupNothingOwed' : 'popupEmptyTitle');
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

function Health({ view, words }: { readonly view: View; readonly words: Words }) {
  const readAt = view.sites.reduce<Instant | null>(
    (latest, site) => (site.billsReadAt && site.billsReadAt > (latest ?? 0) ? site.billsReadAt : latest),
    null,
  );
  return (
    <footer class="health quiet">
      <span>
        {view.nextReminderAt === null
          ? words.say('popupNoReminder')
          : words.say('popupNextReminder', words.moment(view.nextReminderAt))}
      </span>
      <span>{readAt === null ? words.say('popupNeverRead') : words.say('popupLastRead', words.moment(readAt))}</span>
    </footer>
  );
}
