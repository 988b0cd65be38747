/** The small page behind a notice: pay, paid, later, or "I know". Every act has its undo beside it. */
import '../parts/theme.css';
import './notice.css';
import { useState } from 'preact/hooks';
import type { NoticeView } from '../../app/notice-view.ts';
import type { OwnerActName } from '../../app/ports.ts';
import type { Bill } from '../../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import { heldUntil, snoozeChoices } from '../../core/reminder/snooze.ts';
import { isolated } from '../../i18n/isolated.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { isOffPage } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { ActButton } from '../parts/act-button.tsx';
import { useKeptFocus } from '../parts/kept-focus.ts';
import { SnoozePicker } from '../parts/snooze-picker.tsx';
import { urgencyOf } from '../parts/standing.ts';

interface NoticeProps {
  readonly view: NoticeView;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  readonly openDashboard: (tab?: string) => void;
}

export function Notice({ view, words, now, ask, openBills, openDashboard }: NoticeProps) {
  const [failed, setFailed] = useState<MessageKey | null>(null);
  useKeptFocus();
  const act = (billId: string, name: OwnerActName, until?: Instant): void => {
    void ask({ do: 'act', act: { do: name, billId, via: 'notice', until } }).then(
      ({ ok }) => setFailed(ok ? null : 'popupNotDone'),
      () => setFailed('popupNotDone'),
    );
  };
  if (view.bills.length === 0) {
    return (
      <>
        <h1>{words.say('noticeGone')}</h1>
        <p>{words.say('noticeGoneText')}</p>
        <p>
          <button type="button" class="main" onClick={() => openDashboard()}>
            {words.say('actionDashboard')}
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      {failed && (
        <p class="trouble" role="alert">
          {words.say(failed)}
        </p>
      )}
      {view.bills.map((bill) => {
        const isAcknowledged = view.acknowledgedIds.includes(bill.id);
        const given = { words, openBills, isAcknowledged, act: act.bind(null, bill.id) };
        const { asks } = bill;
        return asks === undefined ? (
          <NoticeBill key={bill.id} bill={bill} now={now} {...given} />
        ) : (
          <NoticeAsk key={bill.id} bill={{ ...bill, asks }} openDashboard={openDashboard} {...given} />
        );
      })}
    </>
  );
}

interface NoticeBillProps extends Pick<NoticeProps, 'words' | 'now' | 'openBills'> {
  readonly bill: Bill;
  readonly isAcknowledged: boolean;
  readonly act: (name: OwnerActName, until?: Instant) => void;
}

/** Where a question is answered; else on the bill page. */
const TABS: Partial<Record<NonNullable<Bill['asks']>, string>> = {
  'contact-phone': 'settings',
  'contact-sms': 'settings',
  'sync-pending': 'sync',
  'sync-question': 'sync',
  'records-lost': 'settings',
};

interface NoticeAskProps extends Omit<NoticeBillProps, 'bill' | 'now'>, Pick<NoticeProps, 'openDashboard'> {
  readonly bill: Bill & Pick<Required<Bill>, 'asks'>;
}

/** What is only asked for has no amount, and nothing to pay. */
function NoticeAsk({ bill, isAcknowledged, words, openBills, openDashboard, act }: NoticeAskProps) {
  const { title, text } = words.asked(bill);
  const tab = TABS[bill.asks];
  const named = { words, of: title };
  return (
    <article class="card soon">
      <h1 class="title">{title}</h1>
      <p>{text}</p>
      <div role="status">{isAcknowledged && <Acknowledged {...named} act={act} />}</div>
      <footer>
        <ActButton
          {...named}
          text={words.say(tab ? 'actionOpen' : 'actionRead')}
          class="main"
          onClick={() => (tab ? openDashboard(tab) : openBills(bill.siteId))}
        />
        {!isAcknowledged && (
          <ActButton {...named} text={words.say('actionAcknowledge')} onClick={() => act('acknowledge')} />
        )}
      </footer>
    </article>
  );
}

function Acknowledged({ act, ...named }: Pick<NoticeBillProps, 'words' | 'act'> & { readonly of: string }) {
  return (
    <p class="undo">
      {named.words.say('acknowledged')}
      <ActButton {...named} text={named.words.say('actionUndo')} onClick={() => act('unacknowledge')} />
    </p>
  );
}

function NoticeBill({ bill, isAcknowledged, words, now, openBills, act }: NoticeBillProps) {
  const days = bill.dueDay === null ? null : daysBetween(dayOf(now), bill.dueDay);
  const { paidAt, mutedAt } = bill.owner;
  const held = heldUntil(bill, now);
  const named = { words, of: bill.title };
  return (
    <article class={`card ${urgencyOf(bill, dayOf(now))}`}>
      <header>
        <h1 class="title">{bill.title}</h1>
        <strong class="days">{words.daysLeft(days)}</strong>
      </header>
      <p class="amount">{words.amount(bill.remainingFen)}</p>
      <p>
        {words.say('noticePayBy', words.day(bill.dueDay, dayOf(now)))}
        {bill.minimumFen !== null && ` · ${words.say('popupMinimum', words.amount(bill.minimumFen))}`}
        {bill.instalmentFen ? ` · ${words.say('popupInstalment', words.amount(bill.instalmentFen))}` : ''}
      </p>
      <div role="status">
        {paidAt !== undefined && (
          <p class="undo">
            <span class="title">{words.say('popupMarkedPaid', isolated(bill.title))}</span>
            <ActButton {...named} text={words.say('actionUndo')} onClick={() => act('unpaid')} />
          </p>
        )}
        {held !== null && (
          <p class="undo">
            {words.say('snoozedUntil', words.moment(held))}
            <ActButton {...named} text={words.say('actionUndo')} onClick={() => act('unsnooze')} />
          </p>
        )}
        {isAcknowledged && held === null && paidAt === undefined && <Acknowledged {...named} act={act} />}
      </div>
      {isOffPage(bill.source) && <p class="quiet">{words.say('payElsewhere')}</p>}
      <footer>
        {!isOffPage(bill.source) && (
          <ActButton {...named} text={words.say('actionPay')} class="main" onClick={() => openBills(bill.siteId)} />
        )}
        {paidAt === undefined && <ActButton {...named} text={words.say('actionPaid')} onClick={() => act('paid')} />}
        {!isAcknowledged && (
          <ActButton {...named} text={words.say('actionAcknowledge')} onClick={() => act('acknowledge')} />
        )}
        <ActButton
          {...named}
          text={words.say(mutedAt === undefined ? 'actionMute' : 'actionUnmute')}
          onClick={() => act(mutedAt === undefined ? 'mute' : 'unmute')}
        />
      </footer>
      {paidAt === undefined && (
        <SnoozePicker
          {...named}
          choices={snoozeChoices(now, [bill])}
          now={now}
          pick={(until) => act('snooze', until)}
        />
      )}
    </article>
  );
}
