/** What a bill is called where its title stands alone: what is only asked for has none of its own. */
import type { Bill } from '../../core/bill.ts';
import type { Words } from '../../i18n/words.ts';

export function billTitle({ asks, title, dueDay }: Pick<Bill, 'asks' | 'title' | 'dueDay'>, words: Words): string {
  switch (asks) {
    case 'expected':
      return words.say('expectedBill', words.day(dueDay));
    case 'self-test':
      return words.say('noticeSelfTest');
    case 'sync-pending':
      return words.say('noticeSyncPending');
    case 'sync-question':
      return words.say('noticeSyncQuestion');
    case 'records-lost':
      return words.say('noticeLost');
    case 'contact-phone':
      return title || words.say('noticeContactNoPhone');
    case 'contact-sms':
      return words.say('noticeContactSms');
    default:
      return title;
  }
}
