/** The contact check: what the page shows of the number, what the owner says, and which pages may be read. */
import {
  CONTACT_PATTERNS,
  type ContactTopic,
  type ContactWord,
  contactAnswered,
  contactSeen,
  isContactPage,
  type MaskedPhone,
  switchContact,
} from '../core/contact.ts';
import type { Ports } from './ports.ts';

/** What the browser lets us do on the pages that show the number. */
export interface ContactPages {
  isAllowed(patterns: readonly string[]): Promise<boolean>;
  /** From now on, over restarts too. */
  read(patterns: readonly string[]): Promise<void>;
  giveBack(patterns: readonly string[]): Promise<void>;
}

type Doors = Pick<Ports, 'store' | 'clock'>;

/** The owner allowed the pages in the same click, or takes that back. */
export async function watchContact({ store, clock }: Doors, pages: ContactPages, isOn: boolean): Promise<void> {
  const now = clock.now();
  await store.changeContact((contact) => switchContact(contact, isOn, now));
  await readContactPages({ store }, pages);
  if (!isOn) await pages.giveBack(CONTACT_PATTERNS);
}

/** At every start and whenever the owner changes what is allowed. */
export async function readContactPages({ store }: Pick<Ports, 'store'>, pages: ContactPages): Promise<void> {
  const { onSince } = await store.contact();
  const isAllowed = onSince !== null && (await pages.isAllowed(CONTACT_PATTERNS));
  await pages.read(isAllowed ? CONTACT_PATTERNS : []);
}

/** False when it is not the check's to believe: it is off, or the page is none of the list. */
export async function takeContact({ store, clock }: Doors, phone: MaskedPhone | null, url: URL): Promise<boolean> {
  if (!isContactPage(url) || (await store.contact()).onSince === null) return false;
  const now = clock.now();
  await store.changeContact((contact) => contactSeen(contact, phone, now));
  return true;
}

export async function answerContact({ store, clock }: Doors, topic: ContactTopic, word: ContactWord): Promise<void> {
  const now = clock.now();
  await store.changeContact((contact) => contactAnswered(contact, topic, word, now));
}
