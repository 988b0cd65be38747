/** Are the lender's SMS reminders still on? No page shows it, so only the owner can say. */
import { ContactQuestion } from './contact-question.tsx';
import type { DashboardProps } from './dashboard.tsx';

export function ContactSms({ view, words, now, ask, openBills }: DashboardProps) {
  return (
    <ContactQuestion
      {...{ view, words, now, ask }}
      topic="sms"
      asks="contactSmsAsk"
      yes="contactSmsYes"
      gone="contactSmsGone"
      goneText="contactSmsGoneText"
      link={
        <button type="button" onClick={() => openBills()}>
          {words.say('contactSmsOpen')}
        </button>
      }
    >
      <p class="quiet">{words.say('contactSmsText')}</p>
    </ContactQuestion>
  );
}
