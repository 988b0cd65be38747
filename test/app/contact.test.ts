import { describe, expect, it } from 'vitest';
import { checkAccess } from '../../src/app/access.ts';
import {
  answerContact,
  type ContactPages,
  readContactPages,
  takeContact,
  watchContact,
} from '../../src/app/check-contact.ts';
import { closedSitesOf } from '../../src/app/closed-sites.ts';
import { dashboardViewOf } from '../../src/app/dashboard-view.ts';
import { noticeViewOf } from '../../src/app/notice-view.ts';
import { remind } from '../../src/app/remind.ts';
import { viewOf } from '../../src/app/view.ts';
import { CONTACT_PAGES, CONTACT_PATTERNS, CONTACT_SITE } from '../../src/core/contact.ts';
import { MATCHES } from '../../src/sites/jd-baitiao/manifest.ts';
import { at } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const NOW = at('2026-09-01 09:00');
const PAGE = new URL(CONTACT_PAGES[0]);
const OLD = { first: '138', last: '1234' };

function watched() {
  const store = memoryStore();
  const said: string[] = [];
  let isAllowed = true;
  const pages: ContactPages = {
    isAllowed: async () => isAllowed,
    read: async (patterns) => void said.push(`read ${patterns.length}`),
    giveBack: async (patterns) => void said.push(`give back ${patterns.length}`),
  };
  const over = portsOver(store, { now: NOW });
  return { ...over, store, pages, said, forbid: () => (isAllowed = false) };
}

describe('the contact check', () => {
  it('reads nothing and asks nothing until it is switched on', async () => {
    const { ports, store, pages, sent } = watched();
    expect(await takeContact(ports, OLD, PAGE)).toBe(false);
    await readContactPages(ports, pages);
    ports.at(at('2027-09-01 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toEqual([]);
    expect((await store.contact()).phone).toBeNull();
  });

  it('goes the way of every reminder: planned, told, in the ledger, and over with the answer', async () => {
    const { ports, store, pages, sent, badges } = watched();
    await watchContact(ports, pages, true);
    expect(await takeContact(ports, OLD, PAGE)).toBe(true);
    ports.at(at('2026-09-02 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.bills.map(({ asks, title }) => [asks, title])).toEqual([
      ['contact-phone', '138****1234'],
      ['contact-sms', ''],
    ]);
    expect(store.entries().map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect((await noticeViewOf(ports, sent[0]!.id)).bills).toHaveLength(2);
    expect(badges.at(-1)).toMatchObject({ watched: 0, urgency: 'calm' });
    expect((await viewOf(ports)).bills).toEqual([]);

    await answerContact(ports, 'phone', 'yes');
    await answerContact(ports, 'sms', 'mute');
    ports.at(at('2026-09-20 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
    expect(await takeContact(ports, { first: '139', last: '5678' }, PAGE)).toBe(true);
    ports.at(at('2026-09-21 10:00'));
    await remind(ports, 'alarm');
    expect(sent.at(-1)!.bills.map(({ title }) => title)).toEqual(['139****5678']);
  });

  it('believes no other page', async () => {
    const { ports, pages } = watched();
    await watchContact(ports, pages, true);
    expect(await takeContact(ports, OLD, new URL('https://authpay.jd.com/card/queryBindCard.action'))).toBe(false);
  });

  it('gives the pages back when it is switched off, and says when they were taken away', async () => {
    const { ports, store, pages, said, forbid } = watched();
    await watchContact(ports, pages, true);
    forbid();
    await readContactPages(ports, pages);
    await checkAccess(ports, async (patterns) => !patterns.includes(CONTACT_PATTERNS[0]));
    expect(await store.closedSites()).toEqual([CONTACT_SITE]);
    expect((await dashboardViewOf(ports)).isContactClosed).toBe(true);
    expect(await closedSitesOf(ports)).toEqual([]);
    await watchContact(ports, pages, false);
    expect(said).toEqual(['read 2', 'read 0', 'read 0', 'give back 2']);
  });
});

describe('a site of the list that may not be read', () => {
  it('is said with what to ask the browser for, and is over once it may be read again', async () => {
    const { ports } = watched();
    await checkAccess(ports, async () => false);
    expect((await viewOf(ports)).closed).toEqual([{ siteId: 'jd-baitiao', title: '京东白条', patterns: MATCHES }]);
    await checkAccess(ports, async () => true);
    expect((await viewOf(ports)).closed).toEqual([]);
  });
});
