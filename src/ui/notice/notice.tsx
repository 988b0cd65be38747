/** The small page behind a notice: pay, paid, later, or "I know". Every act has its undo beside it. */
import '../parts/theme.css';
import './notice.css';
import type { NoticeView } from '../../app/notice-view.ts';
import type { OwnerActName } from '../../app/ports.ts';
import type { Bill } from '../../core/bill.ts';
import { dayOf, daysBetween, type Instant } from '../../core/day.ts';
import { snoozeChoices } from '../../core/reminder/snooze.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { billTitle } from '../parts/bill-title.ts';
import { SnoozePicker } from '../parts/snooze-picker.tsx';
import { urgencyOf } from '../parts/standing.ts';

interface NoticeProps {
  readonly view: NoticeView;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
}

export function Notice({ view, words, now, ask, openBills }: NoticeProps) {
  if (view.bills.length === 0) return <h1>{words.say('noticeGone')}</h1>;
  return (
    <>
      {view.bills.map((bill) => (
        <NoticeBill
          key={bill.id}
          bill={bill}
          isAcknowledged={view.acknowledgedIds.includes(bill.id)}
          words={words}
          now={now}
          openBills={openBills}
          act={(name, until) => void ask({ do: 'act', act: { do: name, billId: bill.id, via: 'notice', until } })}
        />
      ))}
    </>
  );
}

interface NoticeBillProps extends Omit<NoticeProps, 'view' | 'ask'> {
  readonly bill: Bill;
  readonly isAcknowledged: boolean;
  readonly act: (name: OwnerActName, until?: Instant) => void;
}

function NoticeBill({ bill, isAcknowledged, words, now, openBills, act }: NoticeBillProps) {
  const days = bill.dueDay === null ? null : daysBetween(dayOf(now), bill.dueDay);
  const { paidAt, mutedAt, snoozedUntil } = bill.owner;
  const isHeld = snoozedUntil !== undefined && snoozedUntil > now;
  return (
    <article class={`card ${urgencyOf(bill, dayOf(now))}`}>
      <header>
        <h1 class="title">
          {bill.asks === 'expected' ? words.say('noticeExpected', words.day(bill.dueDay)) : billTitle(bill, words)}
        </h1>
        <strong class="days">{words.daysLeft(days)}</strong>
      </header>
      <p class="amount">{words.amount(bill.remainingFen)}</p>
      <p>
        {words.say('noticePayBy', words.day(bill.dueDay))}
        {bill.minimumFen !== null && ` · ${words.say('popupMinimum', words.amount(bill.minimumFen))}`}
        {bill.instalmentFen ? ` · ${words.say('popupInstalment', words.amount(bill.instalmentFen))}` : ''}
      </p>
      <div role="status">
        {paidAt !== undefined && (
          <p class="undo">
            {words.say('popupMarkedPaid', bill.title)}
            <button type="button" onClick={() => act('unpaid')}>
              {words.say('actionUndo')}
            </button>
          </p>
        )}
        {isHeld && (
          <p class="undo">
            {words.say('snoozedUntil', words.moment(snoozedUntil))}
            <button type="button" onClick={() => act('unsnooze')}>
              {words.say('actionUndo')}
            </button>
          </p>
        )}
        {isAcknowledged && !isHeld && paidAt === undefined && (
          <p class="undo">
            {words.say('acknowledged')}
            <button type="button" onClick={() => act('unacknowledge')}>
              {words.say('actionUndo')}
            </button>
          </p>
        )}
      </div>
      <footer>
        <button type="button" class="main" onClick={() => openBills(bill.siteId)}>
          {words.say('actionPay')}
        </button>
        {bill.asks === undefined && paidAt === undefined && (
          <button type="button" onClick={() => act('paid')}>
            {words.say('actionPaid')}
          </button>
        )}
        {!isAcknowledged && (
          <button type="button" onClick={() => act('acknowledge')}>
            {words.say('actionAcknowledge')}
          </button>
        )}
        {bill.asks === undefined && (
          <button type="button" onClick={() => act(mutedAt === undefined ? 'mute' : 'unmute')}>
            {words.say(mutedAt === undefined ? 'actionMute' : 'actionUnmute')}
          </button>
        )}
      </footer>
      {bill.asks === undefined && paidAt === undefined && (
        <SnoozePicker
          choices={snoozeChoices(now, [bill])}
          words={words}
          now={now}
          pick={(until) => act('snooze', until)}
        />
      )}
    </article>
  );
}
