/** What is not certain about a bill, in words. */
import { type Bill, isPaidDisputed } from '../../core/bill.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export function Doubts({ bill, words }: { readonly bill: Bill; readonly words: Words }) {
  const remarks: MessageKey[] = [];
  if (bill.doubts.length) remarks.push('popupDoubtful');
  if (bill.missingSince !== undefined) remarks.push('popupMissing');
  if (isPaidDisputed(bill)) remarks.push('popupPaidDisputed');
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
