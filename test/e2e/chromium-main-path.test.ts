/** The whole path in real Chromium: page → row in IndexedDB → alarm → notification → popup. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import type { Day } from '../../src/core/day.ts';
import { BILL_PAGE, type Replica, startReplica } from '../replica/server.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { eventually, sleep } from './browsers/process.ts';
import { removeFolder, temporaryFolder } from './browsers/temporary-folder.ts';
import { duly, rulesAt } from './duly.ts';

const on = (page: Page) => duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
afterAll(() => replica.close());

async function readBills(browser: ChromiumSession): Promise<{ popup: Page; dueDay: Day }> {
  const page = await browser.context.newPage();
  await page.goto(BILL_PAGE);
  const popup = await browser.openPopup();
  const bills = await eventually(async () => {
    const { bills } = await on(popup).status();
    return bills.length >= 2 ? bills : null;
  }, 'the bills of the page');
  return { popup, dueDay: bills.map((bill) => bill.dueDay!).sort()[0]! };
}

describe('Chromium', () => {
  it('reads a page, keeps the bill, and reminds although the worker was stopped between alarm and wake', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const { popup, dueDay } = await readBills(browser);
      const due = replica.account();
      const rows = await on(popup).rows('bills');
      expect(rows.filter((row) => row.watchDay !== undefined)).toHaveLength(2);
      expect(rows.map((row) => row.remainingFen)).toContain(38620);
      expect(due).toBeDefined();

      const slot = Date.now() + 5000;
      await on(popup).ask({ do: 'rules', rules: rulesAt(slot, dueDay) });
      const [alarm] = await on(popup).alarms();
      expect(Math.abs(alarm!.scheduledTime - slot)).toBeLessThan(1000);
      await popup.close();
      await browser.stopServiceWorker();

      await sleep(slot + 300 - Date.now());
      const again = await browser.openExtensionPage('manifest.json');
      const notices = await eventually(async () => {
        const shown = await on(again).notices();
        return shown.length > 0 ? shown : null;
      }, 'the notification');
      const entries = await eventually(async () => {
        const all = await on(again).rows('ledger');
        return all.some((entry) => entry.outcome === 'accepted') ? all : null;
      }, 'the ledger entry');
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        outcome: 'accepted',
        channel: 'desktop',
        noticeId: notices[0],
        kind: 'before',
      });

      const shown = await browser.openPopup();
      await shown.waitForSelector('.next .amount');
      expect(await shown.textContent('.next .amount')).toBe('¥386.20');
      expect(await shown.textContent('.next .days')).toBe('还有 3 天到期');
    } finally {
      await browser.close();
    }
  });

  it('reminds at the next start when the browser was closed past the due moment, and says why it is late', async () => {
    const profileDir = temporaryFolder('restart');
    const launch = { extensionDir: BUILT.chrome, replicaPort: replica.port, profileDir, seeded: true };
    try {
      const first = await launchChromium(launch);
      const { popup, dueDay } = await readBills(first);
      const slot = Date.now() + 6000;
      await on(popup).ask({ do: 'rules', rules: rulesAt(slot, dueDay) });
      await first.close();
      await sleep(slot + 1500 - Date.now());
      const second = await launchChromium(launch);
      try {
        const page = await second.openExtensionPage('manifest.json');
        const entries = await eventually(async () => {
          const all = await on(page).rows('ledger');
          return all.some((entry) => entry.outcome === 'accepted') ? all : null;
        }, 'the late reminder');
        expect(entries).toHaveLength(1);
        expect(entries[0]).toMatchObject({ outcome: 'accepted', kind: 'before' });
        expect(entries[0]!.lateMs).toBeGreaterThan(1000);
      } finally {
        await second.close();
      }
    } finally {
      await removeFolder(profileDir);
    }
  });

  it('keeps the bills and says so when the account page asks to sign in', async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const { popup } = await readBills(browser);
      replica.setAccount('signed-out');
      const page = await browser.context.newPage();
      await page.goto(BILL_PAGE);
      await eventually(
        async () => ((await on(popup).status()).sites[0]?.kind === 'signed-out' ? true : null),
        'the signed-out state',
      );
      await popup.reload();
      await popup.waitForSelector('.trouble');
      expect(await popup.textContent('.trouble')).toContain('要求登录');
      expect(await popup.textContent('.next .amount')).toBe('¥386.20');
    } finally {
      replica.setAccount('two-bills');
      await browser.close();
    }
  });

  it('says that no bill was read yet, and makes no request of its own', async () => {
    const before = replica.requests.length;
    const browser = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: replica.port });
    try {
      const popup = await browser.openPopup();
      await popup.waitForSelector('.empty');
      expect(await popup.textContent('.empty h1')).toBe('还没有读到账单');
      await sleep(1000);
      expect(replica.requests.length).toBe(before);
    } finally {
      await browser.close();
    }
  });
});
