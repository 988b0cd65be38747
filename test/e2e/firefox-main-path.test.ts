/** The whole path in real Firefox: page → row in IndexedDB → alarm → ledger → popup, and after a restart. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import type { Day } from '../../src/core/day.ts';
import { BILL_PAGE, type Replica, startReplica } from '../replica/server.ts';
import { type FirefoxSession, launchFirefox } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';
import { removeFolder, temporaryFolder } from './browsers/temporary-folder.ts';
import { duly, rulesAt } from './duly.ts';

const on = (firefox: FirefoxSession) => duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg));

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica();
});
afterAll(() => replica.close());

async function readBills(firefox: FirefoxSession): Promise<Day> {
  await firefox.navigate(BILL_PAGE);
  await sleep(2500);
  await firefox.openPopup();
  const bills = await eventually(async () => {
    const { bills } = await on(firefox).status();
    return bills.length >= 2 ? bills : null;
  }, 'the bills of the page');
  return bills.map((bill) => bill.dueDay!).sort()[0]!;
}

async function acceptedEntries(firefox: FirefoxSession): Promise<Record<string, unknown>[]> {
  return eventually(async () => {
    const all = await on(firefox).rows('ledger');
    return all.some((entry) => entry.outcome === 'accepted') ? all : null;
  }, 'the ledger entry');
}

describe('Firefox', () => {
  it('reads a page, keeps the bill, and reminds although the event page was ended between alarm and wake', async () => {
    const firefox = await launchFirefox({ replicaPort: replica.port });
    try {
      await firefox.install(BUILT.firefox);
      const dueDay = await readBills(firefox);
      const rows = await on(firefox).rows('bills');
      expect(rows.map((row) => row.remainingFen)).toContain(38620);

      const slot = Date.now() + 6000;
      await on(firefox).ask({ do: 'rules', rules: rulesAt(slot, dueDay) });
      expect((await on(firefox).alarms())[0]?.scheduledTime).toBeDefined();
      await firefox.navigate(BILL_PAGE);
      expect(await firefox.terminateBackground()).toBe('stopped');

      await sleep(slot + 1000 - Date.now());
      await firefox.openPopup();
      const entries = await acceptedEntries(firefox);
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({ outcome: 'accepted', channel: 'desktop', kind: 'before' });
      const amount = await eventually(
        () => firefox.exec(() => document.querySelector('.next .amount')?.textContent ?? null),
        'the popup',
      );
      // The policy lets the page's own sheet in.
      expect(await firefox.exec(() => getComputedStyle(document.body).maxWidth)).toBe('480px');
      expect(amount).toBe('¥386.20');
    } finally {
      await firefox.close();
    }
  });

  it('reminds after a restart, although Firefox forgets every alarm', async () => {
    const profileDir = temporaryFolder('restart');
    try {
      const first = await launchFirefox({ replicaPort: replica.port, profileDir });
      await first.install(BUILT.firefox, true);
      const dueDay = await readBills(first);
      const slot = Date.now() + 7000;
      await on(first).ask({ do: 'rules', rules: rulesAt(slot, dueDay) });
      await first.close();
      await sleep(slot + 1000 - Date.now());
      const second = await launchFirefox({ replicaPort: replica.port, profileDir });
      try {
        await sleep(3000);
        await second.openPopup();
        const entries = await acceptedEntries(second);
        expect(entries).toHaveLength(1);
        expect(entries[0]).toMatchObject({ outcome: 'accepted', kind: 'before', lateWhy: null });
      } finally {
        await second.close();
      }
    } finally {
      await removeFolder(profileDir);
    }
  });
});
