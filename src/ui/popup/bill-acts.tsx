/** What can be done about one bill: pay, say that it is paid, be reminded later, read its page now. */
import type { Bill } from '../../core/bill.ts';
import type { Instant } from '../../core/day.ts';
import type { Recipe } from '../../core/recipe.ts';
import { heldUntil, snoozeChoices } from '../../core/reminder/snooze.ts';
import { keyFor } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from '../parts/act-button.tsx';
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
  const named = { words, of: bill.title };
  return (
    <>
      {!hasPage && <p class="quiet">{words.say('payElsewhere')}</p>}
      <p class="row">
        {hasPage && (
          <ActButton {...named} text={words.say('actionPay')} class="main" onClick={() => openBills(bill.siteId)} />
        )}
        <ActButton {...named} text={words.say('actionPaid')} onClick={() => act(bill, 'paid')} />
        <ActButton {...named} text={words.say('actionAcknowledge')} onClick={() => act(bill, 'acknowledge')} />
      </p>
      {held !== null ? (
        <p class="remark acts">
          {words.say('snoozedUntil', words.moment(held))}
          <ActButton {...named} text={words.say('actionUnsnooze')} onClick={() => act(bill, 'unsnooze')} />
        </p>
      ) : (
        <SnoozePicker
          {...named}
          choices={snoozeChoices(now, [bill])}
          now={now}
          pick={(until) => act(bill, 'snooze', until)}
        >
          <ActButton {...named} text={words.say('actionMute')} onClick={() => act(bill, 'mute')} />
        </SnoozePicker>
      )}
      <p class="row quiet">
        <span>
          {words.say(keyFor('popupLastRead', bill), words.shortAgo(bill.readAt, now))} ·{' '}
          {words.say(`bySource_${bill.source}`)}
        </span>
        {hasPage && (
          <ActButton {...named} text={words.say('actionReadNow')} class="small" onClick={() => readNow(bill.siteId)} />
        )}
      </p>
    </>
  );
}
