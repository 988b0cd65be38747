/** What is not certain about a bill, in words. */
import { type Bill, isPaidDisputed } from '../../core/bill.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { keyFor } from '../../i18n/off-page.ts';
import type { Words } from '../../i18n/words.ts';

export function Doubts({ bill, words }: { readonly bill: Bill; readonly words: Words }) {
  const remarks: MessageKey[] = [];
  if (bill.doubts.length) remarks.push(keyFor('popupDoubtful', bill));
  if (bill.missingSince !== undefined) remarks.push('popupMissing');
  if (isPaidDisputed(bill)) remarks.push(keyFor('popupPaidDisputed', bill));
  return (
    <>
      {remarks.map((key) => (
        <p class="remark" key={key}>
          {words.say(key)}
        </p>
      ))}
    </>
  );
}
