import { describe, expect, it } from 'vitest';
import { checkAccess } from '../../src/app/access.ts';
import { closedSitesOf } from '../../src/app/closed-sites.ts';
import { takeReading } from '../../src/app/take-reading.ts';
import { at, billsReading, readBill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const READ = at('2026-09-10 12:00');
const BANK = 'bank-cmb';
const ALL = async () => true;
const noBank = async (patterns: readonly string[]) => !patterns.some((pattern) => pattern.includes('cmbchina'));

function world() {
  const { ports } = portsOver(memoryStore(), { now: READ });
  const read = () => takeReading(ports, BANK, billsReading([readBill()], ['issued']));
  const look = async () => (await ports.store.siteStates()).find(({ siteId }) => siteId === BANK);
  return { ports, read, look };
}

describe('an optional site', () => {
  it('that was never read is not said to be closed', async () => {
    const { ports, look } = world();
    await checkAccess(ports, noBank);
    expect([await closedSitesOf(ports), await look()]).toEqual([[], undefined]);
  });

  it('that was read and then taken back has no access, keeps its bills, and is asked for again', async () => {
    const { ports, read, look } = world();
    await read();
    await checkAccess(ports, ALL);
    expect(await look()).toMatchObject({ kind: 'bills' });
    await checkAccess(ports, noBank);
    expect(await look()).toMatchObject({ kind: 'no-access', why: 'not-allowed', billsReadAt: READ });
    expect(await closedSitesOf(ports)).toMatchObject([{ siteId: BANK, title: '招商银行信用卡' }]);
    expect(await ports.store.watchedBills()).toHaveLength(1);
  });

  it('is said once, and is over once it may be read again', async () => {
    const { ports, read, look } = world();
    await read();
    await checkAccess(ports, noBank);
    ports.at(READ + 1);
    await checkAccess(ports, noBank);
    expect(await look()).toMatchObject({ at: READ });
    await checkAccess(ports, ALL);
    expect(await closedSitesOf(ports)).toEqual([]);
    await read();
    expect(await look()).toMatchObject({ kind: 'bills' });
  });
});
