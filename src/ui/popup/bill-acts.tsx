/** What can be done about one bill: pay, say that it is paid, be reminded later, read its page now. */
import type { Bill } from '../../core/bill.ts';
import type { Instant } from '../../core/day.ts';
import type { Recipe } from '../../core/recipe.ts';
import { heldUntil, snoozeChoices } from '../../core/reminder/snooze.ts';
import { keyFor } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';
import { hasBillPage } from '../parts/bill-page.ts';
import { SnoozePicker } from '../parts/snooze-picker.tsx';
import type { Undoable } from './undo.tsx';

export type Act = (bill: Bill, name: Undoable | 'unsnooze', until?: Instant) => void;

export interface BillActsProps {
  readonly bill: Bill;
  readonly words: Words;
  readonly now: Instant;
  readonly recipes: readonly Recipe[];
  readonly openBills: (siteId?: string) => void;
  readonly readNow: (siteId?: string) => void;
  readonly act: Act;
}

export function BillActs({ bill, words, now, recipes, openBills, readNow, act }: BillActsProps) {
  const hasPage = hasBillPage(bill, recipes);
  const held = heldUntil(bill, now);
  return (
    <>
      {!hasPage && <p class="quiet">{words.say('payElsewhere')}</p>}
      <p class="row">
        {hasPage && (
          <button type="button" class="main" onClick={() => openBills(bill.siteId)}>
            {words.say('actionPay')}
          </button>
        )}
        <button type="button" onClick={() => act(bill, 'paid')}>
          {words.say('actionPaid')}
        </button>
        <button type="button" onClick={() => act(bill, 'acknowledge')}>
          {words.say('actionAcknowledge')}
        </button>
      </p>
      {held !== null ? (
        <p class="remark acts">
          {words.say('snoozedUntil', words.moment(held))}
          <button type="button" onClick={() => act(bill, 'unsnooze')}>
            {words.say('actionUnsnooze')}
          </button>
        </p>
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
      <p class="row quiet">
        <span>
          {words.say(keyFor('popupLastRead', bill), words.shortAgo(bill.readAt, now))} ·{' '}
          {words.say(`bySource_${bill.source}`)}
        </span>
        {hasPage && (
          <button type="button" class="small" onClick={() => readNow(bill.siteId)}>
            {words.say('actionReadNow')}
          </button>
        )}
      </p>
    </>
  );
}
