/**
 * How the lender reaches its customer: the number it has, and whether its SMS reminders are on. Both change without a
 * word (a new SIM, an upgrade), so both are asked again. Of a number nothing but its first three and last four digits
 * is ever kept.
 */
import { askBill, type Bill } from './bill.ts';
import { DAY_MS, type Instant, isInstant } from './day.ts';

export interface MaskedPhone {
  readonly first: string;
  readonly last: string;
}

/** What the owner is asked. */
export type ContactTopic = 'phone' | 'sms';
/** `yes`: it still is so. `gone`: it no longer is, and is being changed. */
export type ContactWord = 'yes' | 'gone' | 'mute' | 'unmute';

export interface ContactAnswer {
  readonly said: 'yes' | 'gone' | null;
  readonly saidAt: Instant | null;
  readonly mutedAt: Instant | null;
}

export interface Contact {
  /** When the owner switched the check on; null while it is off, and nothing is read or asked. */
  readonly onSince: Instant | null;
  /** What the page showed last, and when. A page that showed no number leaves the former one. */
  readonly phone: MaskedPhone | null;
  readonly readAt: Instant | null;
  /** When a page of the list was open and showed no number under its label. */
  readonly unreadAt: Instant | null;
  /** The number that the owner's answer was about. */
  readonly confirmed: MaskedPhone | null;
  /** Since when the page shows another number than that. */
  readonly changedAt: Instant | null;
  readonly answers: Readonly<Record<ContactTopic, ContactAnswer>>;
}

export const CONTACT_TOPICS: readonly ContactTopic[] = ['phone', 'sms'];

const UNANSWERED: ContactAnswer = { said: null, saidAt: null, mutedAt: null };

export const NO_CONTACT: Contact = {
  onSince: null,
  phone: null,
  readAt: null,
  unreadAt: null,
  confirmed: null,
  changedAt: null,
  answers: { phone: UNANSWERED, sms: UNANSWERED },
};

/** The pages that show the number, most trusted first (facts/jd-baitiao.md §5). The last one is where it is changed. */
export const CONTACT_PAGES = [
  'https://authpay.jd.com/auth/toAuthSuccessPage.action',
  'https://safe.jd.com/user/paymentpassword/safetyCenter.action',
] as const;
export const CONTACT_CHANGE_PAGE = CONTACT_PAGES[1];
/** What the owner allows in the click that switches the check on. */
export const CONTACT_PATTERNS = ['https://safe.jd.com/*', 'https://authpay.jd.com/*'] as const;

export function isContactPage({ origin, pathname }: { readonly origin: string; readonly pathname: string }): boolean {
  return CONTACT_PAGES.some((page) => page === origin + pathname);
}

/** An answer is good for so long. */
export const CONTACT_ASK_DAYS = 90;

export function maskedText({ first, last }: MaskedPhone): string {
  return `${first}****${last}`;
}

function isSame(a: MaskedPhone | null, b: MaskedPhone | null): boolean {
  return a?.first === b?.first && a?.last === b?.last;
}

export function switchContact(contact: Contact, isOn: boolean, now: Instant): Contact {
  return { ...contact, onSince: isOn ? (contact.onSince ?? now) : null };
}

/** A page was open; null: it showed no number under its label. */
export function contactSeen(contact: Contact, phone: MaskedPhone | null, now: Instant): Contact {
  if (phone === null) return { ...contact, unreadAt: now };
  const differs = contact.answers.phone.said !== null && !isSame(phone, contact.confirmed);
  const isNews = differs && !(contact.changedAt !== null && isSame(phone, contact.phone));
  const changedAt = differs ? (isNews ? now : contact.changedAt) : null;
  return { ...contact, phone, readAt: now, unreadAt: null, changedAt };
}

export function contactAnswered(contact: Contact, topic: ContactTopic, word: ContactWord, now: Instant): Contact {
  const former = contact.answers[topic];
  const isWord = word === 'yes' || word === 'gone';
  const answer: ContactAnswer = isWord
    ? { said: word, saidAt: now, mutedAt: former.mutedAt }
    : { ...former, mutedAt: word === 'mute' ? now : null };
  const answers = { ...contact.answers, [topic]: answer };
  if (topic !== 'phone' || !isWord) return { ...contact, answers };
  return { ...contact, answers, confirmed: contact.phone, changedAt: null };
}

/** Since when this is open; null while the owner's word is good, or the check is off. */
export function contactAsksSince(contact: Contact, topic: ContactTopic, now: Instant): Instant | null {
  const { onSince, changedAt } = contact;
  if (onSince === null) return null;
  if (topic === 'phone' && changedAt !== null) return changedAt;
  const { said, saidAt } = contact.answers[topic];
  if (saidAt === null || said === null) return onSince;
  // What was to be changed is asked for until it is: the answer was no end of the danger.
  if (said === 'gone') return saidAt;
  // An answer from ahead was given while the clock was wrong, and silences nothing.
  if (saidAt > now) return onSince;
  const until = saidAt + CONTACT_ASK_DAYS * DAY_MS;
  return until <= now ? until : null;
}

/** The open questions as the planner sees them: like a page that asks to sign in, the day after and then every third. */
export function contactBills(contact: Contact, now: Instant): Bill[] {
  return CONTACT_TOPICS.flatMap((topic) => {
    const since = contactAsksSince(contact, topic, now);
    return since === null ? [] : [questionOf(contact, topic, since)];
  });
}

export const CONTACT_SITE = 'duly-contact';

function questionOf(contact: Contact, topic: ContactTopic, since: Instant): Bill {
  const { mutedAt } = contact.answers[topic];
  const asked = askBill(topic === 'phone' ? 'contact-phone' : 'contact-sms', {
    siteId: CONTACT_SITE,
    account: 'owner',
    key: topic,
    title: topic === 'phone' && contact.phone ? maskedText(contact.phone) : '',
    since,
  });
  return mutedAt === null ? asked : { ...asked, owner: { mutedAt } };
}

/** A row as it may be believed; whatever is damaged is as if it had never been said. */
export function soundContact(raw: unknown): Contact {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Contact>;
  const answers = (given.answers ?? {}) as Partial<Contact['answers']>;
  return {
    onSince: instant(given.onSince),
    phone: phone(given.phone),
    readAt: instant(given.readAt),
    unreadAt: instant(given.unreadAt),
    confirmed: phone(given.confirmed),
    changedAt: instant(given.changedAt),
    answers: { phone: answer(answers.phone), sms: answer(answers.sms) },
  };
}

function answer(raw: Partial<ContactAnswer> | undefined): ContactAnswer {
  const saidAt = instant(raw?.saidAt);
  const said = saidAt !== null && (raw?.said === 'yes' || raw?.said === 'gone') ? raw.said : null;
  return { said, saidAt: said === null ? null : saidAt, mutedAt: instant(raw?.mutedAt) };
}

function phone(raw: Partial<MaskedPhone> | null | undefined): MaskedPhone | null {
  const { first, last } = raw ?? {};
  return /^1\d{2}$/.test(String(first)) && /^\d{4}$/.test(String(last)) ? { first: first!, last: last! } : null;
}

function instant(value: unknown): Instant | null {
  return isInstant(value) ? value : null;
}
