import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Contact,
  type ContactTopic,
  type ContactWord,
  contactAnswered,
  contactAsksSince,
  contactBills,
  contactSeen,
  NO_CONTACT,
  soundContact,
  switchContact,
} from '../../src/core/contact.ts';
import { DAY_MS } from '../../src/core/day.ts';
import { historyOf } from '../../src/core/reminder/history.ts';
import { plan } from '../../src/core/reminder/plan.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at } from './made-up.ts';

const ON = at('2026-09-01 09:00');
const on = switchContact(NO_CONTACT, true, ON);
const OLD = { first: '138', last: '1234' };
const NEW = { first: '139', last: '5678' };
const TWIN = { first: '139', last: '1234' };
const asks = (contact: Contact, now: number) => contactBills(contact, now).map((bill) => bill.asks);
const later = (days: number) => ON + days * DAY_MS;

describe('the number', () => {
  const confirmed = contactAnswered(contactSeen(on, OLD, ON), 'phone', 'yes', ON);

  it('is asked about from the start, and not for 90 days after the answer', () => {
    expect(contactAsksSince(contactSeen(on, OLD, ON), 'phone', ON)).toBe(ON);
    expect(contactAsksSince(confirmed, 'phone', later(89))).toBeNull();
    expect(contactAsksSince(confirmed, 'phone', later(90))).toBe(later(90));
  });

  it('is asked about at once when it changed, from the first time it was seen', () => {
    const changed = contactSeen(contactSeen(confirmed, NEW, later(5)), NEW, later(6));
    expect(contactAsksSince(changed, 'phone', later(7))).toBe(later(5));
    expect(contactBills(changed, later(7))[0]).toMatchObject({ title: '139****5678', asks: 'contact-phone' });
    expect(contactAsksSince(contactAnswered(changed, 'phone', 'yes', later(7)), 'phone', later(8))).toBeNull();
  });

  it('that goes back to what was confirmed is asked no more', () => {
    const back = contactSeen(contactSeen(confirmed, NEW, later(5)), OLD, later(6));
    expect(contactAsksSince(back, 'phone', later(7))).toBeNull();
  });

  it('that was first read after an answer is asked about: nobody had seen it', () => {
    const blind = contactAnswered(on, 'phone', 'yes', ON);
    expect(contactAsksSince(contactSeen(blind, OLD, later(2)), 'phone', later(3))).toBe(later(2));
  });

  it('that is gone is asked about until the page shows another one and the owner says yes', () => {
    const gone = contactAnswered(confirmed, 'phone', 'gone', later(5));
    expect(contactAsksSince(gone, 'phone', later(30))).toBe(later(5));
    const changed = contactSeen(gone, NEW, later(6));
    expect(contactAsksSince(contactAnswered(changed, 'phone', 'yes', later(6)), 'phone', later(30))).toBeNull();
  });

  it('stays known when the page shows none', () => {
    expect(contactSeen(confirmed, null, later(5))).toMatchObject({ phone: OLD, unreadAt: later(5), changedAt: null });
  });
});

describe('the reminders by SMS', () => {
  it('are asked about on their own', () => {
    expect(asks(contactAnswered(on, 'sms', 'yes', ON), later(1))).toEqual(['contact-phone']);
    expect(asks(contactAnswered(on, 'sms', 'gone', ON), later(200))).toEqual(['contact-phone', 'contact-sms']);
  });
});

describe('the planner', () => {
  const next = (contact: Contact, now: number) =>
    plan(contactBills(contact, now), DEFAULT_RULES, historyOf([], 'a'), now);

  it('asks the next morning, then every third day', () => {
    const { due, next: ahead } = next(on, later(4));
    expect(due.map((reminder) => reminder.day)).toEqual(['2026-09-02', '2026-09-02']);
    expect(new Set(ahead.map((reminder) => reminder.day))).toEqual(new Set(['2026-09-05']));
    expect(due.every((reminder) => reminder.kind === 'stale-reading')).toBe(true);
  });

  it('is silent when it is off, and about what the owner muted', () => {
    expect(next(NO_CONTACT, later(400)).due).toEqual([]);
    const muted = contactAnswered(contactAnswered(on, 'phone', 'mute', ON), 'sms', 'mute', ON);
    expect(next(muted, later(400)).due).toEqual([]);
    expect(next(contactAnswered(muted, 'sms', 'unmute', later(1)), later(4)).due).not.toEqual([]);
  });
});

const step = fc.oneof(
  fc.record({ see: fc.constantFrom(OLD, NEW, TWIN, null) }),
  fc.record({
    topic: fc.constantFrom<ContactTopic>('phone', 'sms'),
    word: fc.constantFrom<ContactWord>('yes', 'gone', 'mute', 'unmute'),
  }),
);
const play = (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): [Contact, number] => {
  let [contact, now] = [on, ON];
  for (const one of steps) {
    now += DAY_MS;
    contact = 'see' in one ? contactSeen(contact, one.see, now) : contactAnswered(contact, one.topic, one.word, now);
  }
  return [contact, now];
};

describe('whatever happened', () => {
  it('no answer silences a question for more than 90 days', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [contact, now] = play(steps);
        const then = now + 91 * DAY_MS;
        expect(contactAsksSince(contact, 'phone', then)).not.toBeNull();
        expect(contactAsksSince(contact, 'sms', then)).not.toBeNull();
      }),
    );
  });

  it('a number that nobody confirmed is asked about', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [contact, now] = play(steps);
        const { phone, confirmed } = contact;
        const isConfirmed = phone?.first === confirmed?.first && phone?.last === confirmed?.last;
        if (phone && !isConfirmed) expect(contactAsksSince(contact, 'phone', now)).not.toBeNull();
      }),
    );
  });

  it('a damaged row is a sound one, and a sound one stays as it is', () => {
    fc.assert(fc.property(fc.anything(), (raw) => void soundContact(raw)));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const [contact] = play(steps);
        expect(soundContact(structuredClone(contact))).toEqual(contact);
      }),
    );
    expect(soundContact({ phone: { first: '13812', last: '34' } }).phone).toBeNull();
  });
});
