/** Is the number that the lender has still the owner's? */
import { CONTACT_CHANGE_PAGE, CONTACT_PAGES, maskedText } from '../../core/contact.ts';
import { ContactQuestion } from './contact-question.tsx';
import type { DashboardProps } from './dashboard.tsx';

export function ContactPhone({ view, words, now, ask }: DashboardProps) {
  const { phone, readAt, unreadAt, confirmed, changedAt } = view.contact;
  return (
    <ContactQuestion
      {...{ view, words, now, ask }}
      topic="phone"
      asks="contactPhoneAsk"
      yes="contactPhoneYes"
      gone="contactPhoneGone"
      goneText="contactPhoneGoneText"
      link={
        <a href={CONTACT_CHANGE_PAGE} target="_blank" rel="noreferrer">
          {words.say('contactPhoneChange')}
        </a>
      }
    >
      <p>
        {phone === null || readAt === null
          ? words.say('contactPhoneNotRead')
          : words.say('contactPhoneShown', maskedText(phone), words.ago(readAt, now))}{' '}
        <a href={CONTACT_PAGES[0]} target="_blank" rel="noreferrer">
          {words.say('contactPhoneOpen')}
        </a>
      </p>
      {unreadAt !== null && <p class="remark">{words.say('contactPhoneNotFound')}</p>}
      {changedAt !== null && confirmed !== null && (
        <p class="remark">{words.say('contactPhoneChanged', maskedText(confirmed))}</p>
      )}
    </ContactQuestion>
  );
}
