/** The background's part in what may be read: access taken back, the contact pages, and the opt-in refresh. */
import { checkAccess } from '../app/access.ts';
import { answerContact, readContactPages, takeContact, watchContact } from '../app/check-contact.ts';
import type { Ports } from '../app/ports.ts';
import { refreshAtWake, switchRefresh } from '../app/refresh.ts';
import { emptyBin } from '../app/set-up-channel.ts';
import { refreshTabs } from '../browser/refresh-tab.ts';
import { contactPages, siteAccess } from '../browser/site-permissions.ts';
import type { OwnMessage } from '../messages/own.ts';
import type { ContactMessage } from '../messages/page.ts';
import { oneAtATime } from './in-turn.ts';

/** After every pass. What fails here must not cost the next reminder: it is said in the log. */
export async function visitAtWake(ports: Ports): Promise<void> {
  await checkAccess(ports, siteAccess.has);
  await emptyBin(ports);
  await refreshAtWake(ports, refreshTabs);
}

/** At every start, and whenever the owner changes what is allowed. */
export async function refreshAccess(ports: Ports): Promise<void> {
  await checkAccess(ports, siteAccess.has);
  await inTurn(() => readContactPages(ports, contactPages));
}

/** The click's message and the browser's own event come together: two at once would register one script twice. */
const inTurn = oneAtATime();

export async function heardContact(ports: Ports, { phone }: ContactMessage, url: URL): Promise<void> {
  if (!(await takeContact(ports, phone, url))) ports.log.warn('message-refused', { sender: 'content-script' });
}

type Asked = Extract<OwnMessage, { do: 'contact-watch' | 'contact-answer' | 'refresh' }>;

export async function answerVisits(ports: Ports, message: Asked): Promise<void> {
  switch (message.do) {
    case 'contact-watch':
      return inTurn(() => watchContact(ports, contactPages, message.isOn));
    case 'contact-answer':
      return answerContact(ports, message.topic, message.word);
    case 'refresh':
      return switchRefresh(ports, message.isOn);
  }
}
