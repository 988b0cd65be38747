/** When a browser looks at the others, and what it makes of what they say. */
import { describe, expect, it, vi } from 'vitest';
import { lookAhead } from '../../src/app/look-ahead.ts';
import { act } from '../../src/app/owner-acts.ts';
import type { Ports, Store } from '../../src/app/ports.ts';
import { remind } from '../../src/app/remind.ts';
import { releaseHeld, syncAtWake, syncOnce } from '../../src/app/sync.ts';
import type { SyncDoor, SyncReport } from '../../src/app/sync-ports.ts';
import { syncViewOf } from '../../src/app/sync-view.ts';
import { isWatched } from '../../src/core/bill.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import { ackProjected } from '../../src/core/record/ack-record.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { isSyncDue, NO_SYNC, type Sync, sendAtOf, soundSync, syncBills } from '../../src/core/sync-setting.ts';
import { emptyReport } from '../../src/sync/run.ts';
import { entry } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const DUE = at('2026-09-14 10:00');
const due = () => bill({ owedSince: at('2026-09-14 08:00'), readAt: at('2026-09-14 08:00') });
const applied = (count: number) => ({ objects: 1, records: count, applied: count });

/** A door that writes to the store what "the others" said. */
function doorOver(now: () => number, says: () => Promise<Partial<SyncReport>> | Partial<SyncReport> = () => ({})) {
  const calls = { now: 0, compact: 0, released: [] as string[] };
  const facts = { hasChanges: false, isWaiting: false, held: [] as Awaited<ReturnType<SyncDoor['held']>> };
  const door: SyncDoor = {
    now: async () => {
      calls.now++;
      return { ...emptyReport(now()), ...(await says()) };
    },
    hasChanges: async () => facts.hasChanges,
    isWaiting: async () => facts.isWaiting,
    names: async () => new Map(),
    held: async () => facts.held,
    release: async (word, _, shown) => {
      calls.released.push(word);
      facts.held = facts.held.filter(({ billId }) => !shown.has(billId));
    },
    device: async () => 'device000001',
    compact: async () => void calls.compact++,
  };
  return { door, calls, facts };
}

async function synced(store: Store, says?: Parameters<typeof doorOver>[1], part: Partial<Sync> = {}) {
  const watched = portsOver(store, { now: DUE });
  const { door, calls, facts } = doorOver(() => watched.ports.clock.now(), says);
  await store.changeSync(() => ({ ...NO_SYNC, place: { kind: 'area' }, label: 'A', ...part }));
  const withdrawn: string[] = [];
  const ports: Ports = {
    ...watched.ports,
    channels: watched.ports.channels.map((channel) => ({
      ...channel,
      withdraw: async (id: string) => {
        withdrawn.push(id);
        return true;
      },
    })),
    sync: door,
  };
  return { ...watched, ports, clock: watched.ports, calls, facts, withdrawn };
}

describe('before something is said', () => {
  it('a bill that was paid elsewhere is not said, and the alarm was armed before anybody was asked', async () => {
    const store = memoryStore({ bills: [due()] });
    const here = await synced(store, async () => {
      here.steps.push('look');
      await act(here.ports, { do: 'paid', billId: due().id, via: 'dashboard' });
      return { pulled: applied(1) };
    });
    expect(await remind(here.ports, 'alarm')).toMatchObject({ notice: null });
    expect(here.sent).toEqual([]);
    expect(here.steps.slice(0, 2)).toEqual([`arm ${5 * MINUTE_MS}`, 'look']);
  });

  it('what another sync brought, or the owner did, while the store was asked is believed as well', async () => {
    const here = await synced(memoryStore({ bills: [due()] }), async () => {
      await act(here.ports, { do: 'paid', billId: due().id, via: 'dashboard' });
      return { pulled: applied(0) };
    });
    expect(await remind(here.ports, 'alarm')).toMatchObject({ notice: null });
    expect(here.sent).toEqual([]);
  });

  it.each([
    ['refuses', async () => ({ failure: 'sync-offline' })],
    ['breaks', () => Promise.reject(new Error('made up'))],
  ])('a store that %s costs no notice', async (_, says) => {
    const here = await synced(memoryStore({ bills: [due()] }), says);
    expect(await remind(here.ports, 'alarm')).toMatchObject({ delivered: true });
    expect(here.sent).toHaveLength(1);
  });

  /** The notice goes out at the eighth second, and not a moment before. */
  async function remindAfterEight({ ports, sent }: Awaited<ReturnType<typeof synced>>) {
    vi.useFakeTimers();
    try {
      const reminded = remind(ports, 'alarm');
      await vi.advanceTimersByTimeAsync(7_999);
      expect(sent).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(sent).toHaveLength(1);
      return await reminded;
    } finally {
      vi.useRealTimers();
    }
  }

  it('a store that does not answer is waited for no longer than 8 seconds', async () => {
    const here = await synced(memoryStore({ bills: [due()] }), () => new Promise<never>(() => {}));
    expect(await remindAfterEight(here)).toMatchObject({ delivered: true });
  });

  it('an answer that comes later than that is worth another pass when it brings something', async () => {
    let answer = (_: Partial<SyncReport>): void => {};
    const here = await synced(
      memoryStore({ bills: [due()] }),
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const { delivered, late } = await remindAfterEight(here);
    expect(delivered).toBe(true);
    await act(here.ports, { do: 'paid', billId: due().id, via: 'dashboard' });
    answer({ pulled: applied(1) });
    expect(await late).toBe(true);
    expect(here.withdrawn).toHaveLength(1);
  });

  it('nothing is asked when nothing is due, or when nothing is set up', async () => {
    const quiet = await synced(memoryStore());
    await remind(quiet.ports, 'alarm');
    const without = await synced(memoryStore({ bills: [due()] }), undefined, { place: null });
    await remind(without.ports, 'alarm');
    expect([quiet.calls.now, without.calls.now]).toEqual([0, 0]);
    expect(without.sent).toHaveLength(1);
  });

  it('what was shown here and is over elsewhere leaves the screen; what is not over stays', async () => {
    const other = { ...due(), id: 'made-up/default/other', key: 'other' };
    const store = memoryStore({ bills: [due()] });
    let says: () => Promise<Partial<SyncReport>> = async () => ({});
    const here = await synced(store, () => says());
    await remind(here.ports, 'alarm');
    const [shown] = here.sent;
    await store.takeReading(other.siteId, other.account, ({ bills, state }) => ({
      bills: [...bills, other],
      state: state ?? {
        ...{ siteId: other.siteId, account: other.account, kind: 'bills', why: null, at: DUE },
        ...{ billsReadAt: DUE, issuedReadAt: DUE, lastMonthly: null, signedOutSince: null },
      },
    }));
    says = async () => ({ pulled: applied(1) });
    await syncOnce(here.ports);
    expect(here.withdrawn).toEqual([]);
    says = async () => {
      await act(here.ports, { do: 'paid', billId: due().id, via: 'dashboard' });
      return { pulled: applied(1) };
    };
    await syncOnce(here.ports);
    expect(here.withdrawn).toEqual([shown!.id]);
  });

  it('what does not stand on this screen is not taken from it', async () => {
    const store = memoryStore({ bills: [due()] });
    const here = await synced(store, () => ({ pulled: applied(1) }));
    const shown = { billId: 'paid', device: await store.deviceId(), firedAt: DUE };
    const parts: Partial<LedgerEntry>[] = [
      {},
      { device: 'elsewhere' },
      { channel: 'phone' },
      { outcome: 'failed' },
      { seen: 'closed' },
      { firedAt: DUE - 8 * DAY_MS },
    ];
    await store.record(parts.map((part, n) => entry({ ...shown, ...part, id: `${n}`, noticeId: `notice ${n}` })));
    await syncOnce(here.ports);
    expect(here.withdrawn).toEqual(['notice 0']);
  });
});

describe('when', () => {
  const sync = { ...NO_SYNC, place: { kind: 'area' } as const, triedAt: DUE };
  it.each([
    ['never without a place', { ...sync, place: null }, true, HOUR_MS, false],
    ['not within 30 seconds of edits', sync, true, 29_000, false],
    ['after 30 seconds of edits', sync, true, 30_000, true],
    ['not within 15 minutes of nothing', sync, false, 14 * MINUTE_MS, false],
    ['after 15 minutes', sync, false, 15 * MINUTE_MS, true],
    ['not while the store asked for silence', { ...sync, pausedUntil: DUE + HOUR_MS }, true, MINUTE_MS * 30, false],
    [
      'whatever a clock that ran ahead wrote of silence',
      { ...sync, pausedUntil: DUE + 9 * DAY_MS },
      true,
      HOUR_MS,
      true,
    ],
    ['at once when the last try lies ahead', { ...sync, triedAt: DUE + DAY_MS }, false, 0, true],
  ])('%s', (_, given, hasChanges, afterMs, isDue) => {
    expect(isSyncDue(given, hasChanges, DUE + afterMs)).toBe(isDue);
  });

  it('edits that came too soon have a wake of their own, and what came is news for the next pass', async () => {
    const here = await synced(memoryStore(), async () => ({ pulled: applied(2) }), { triedAt: DUE - 10_000 });
    here.facts.hasChanges = true;
    expect(await syncAtWake(here.ports)).toBe(false);
    expect(here.armedFor()).toBe(DUE + 30_000);
    here.clock.at(DUE + 30_000);
    expect(await syncAtWake(here.ports)).toBe(true);
    expect(here.calls.now).toBe(1);
  });

  it('what could not be sent has a wake of its own, which no pass arms away, until it was sent', async () => {
    let failure: string | null = 'sync-offline';
    const here = await synced(memoryStore(), () => ({ failure }));
    here.facts.hasChanges = true;
    await remind(here.ports, 'message');
    // The sync looks at the edit, and cannot bring it away.
    Object.assign(here.facts, { hasChanges: false, isWaiting: true });
    await syncAtWake(here.ports);
    here.clock.at(DUE + MINUTE_MS);
    await remind(here.ports, 'active');
    expect(here.armedFor()).toBe(DUE + 15 * MINUTE_MS);
    failure = null;
    here.clock.at(DUE + 15 * MINUTE_MS);
    await syncAtWake(here.ports);
    here.facts.isWaiting = false;
    await remind(here.ports, 'alarm');
    expect(here.calls.now).toBe(2);
    expect(here.armedFor()).toBeGreaterThan(DUE + HOUR_MS);
  });

  const waits = { hasChanges: false, isWaiting: true };
  it.each([
    ['nothing waits', {}, { hasChanges: false, isWaiting: false }, null],
    ['no place', { place: null }, waits, null],
    ['the store asked for silence', { pausedUntil: DUE + HOUR_MS }, waits, HOUR_MS],
    ['only the owner can mend it', { failure: 'sync-auth' }, { hasChanges: true, isWaiting: true }, null],
    ['nothing is known of the place', { failure: 'sync-not-set-up' }, { hasChanges: true, isWaiting: false }, null],
    ['it was due before', { triedAt: DUE - DAY_MS }, waits, 30_000],
    ['the last try lies ahead', { triedAt: DUE + DAY_MS }, waits, 30_000],
  ])('a wake for what waits: %s', (_, part, unsent, afterMs) => {
    expect(sendAtOf({ ...sync, ...part }, unsent, DUE)).toBe(afterMs === null ? null : DUE + afterMs);
  });

  it('the records are compacted once a day', async () => {
    const here = await synced(memoryStore());
    await syncOnce(here.ports);
    await syncOnce(here.ports);
    here.clock.at(DUE + DAY_MS);
    await syncOnce(here.ports);
    expect(here.calls.compact).toBe(2);
  });
});

describe('what the owner is asked', () => {
  it('after a day without a sync, on the desktop alone; gone with the next one that works', async () => {
    let failure: string | null = 'sync-offline';
    const here = await synced(memoryStore(), () => ({ failure }));
    await syncOnce(here.ports);
    here.clock.at(DUE + 20 * HOUR_MS);
    await remind(here.ports, 'alarm');
    expect(here.sent).toEqual([]);
    here.clock.at(DUE + DAY_MS + MINUTE_MS);
    await remind(here.ports, 'alarm');
    expect(here.sent.map(({ bills }) => bills.map(({ asks }) => asks))).toEqual([['sync-pending']]);
    here.clock.at(DUE + DAY_MS + HOUR_MS);
    await remind(here.ports, 'alarm');
    expect(here.sent).toHaveLength(1);
    const [entry] = await here.ports.store.latestEntries(1);
    expect(ackProjected({ ...entry!, seen: 'acknowledged', seenAt: DUE }).values).toBeNull();
    failure = null;
    await syncOnce(here.ports);
    expect((await lookAhead(here.ports)).bills).toEqual([]);
  });

  it('a place of which nothing more is known, as a stop that was cut off leaves it, is told too', async () => {
    const here = await synced(memoryStore());
    const forgotten = { ...here.ports, sync: { ...here.ports.sync!, now: async () => null } };
    expect(await syncOnce(forgotten)).toBeNull();
    expect(await here.ports.store.sync()).toMatchObject({ failure: 'sync-not-set-up', failingSince: DUE });
    await here.ports.store.changeSync(() => NO_SYNC);
    await syncOnce(forgotten);
    expect(await here.ports.store.sync()).toEqual(NO_SYNC);
  });

  it('a clock that ran ten years ahead when it began to fail, or was asked, keeps no notice back', async () => {
    const here = await synced(memoryStore(), () => ({ failure: 'sync-offline' }));
    here.facts.held = [{ billId: due().id, what: 'paid', bill: due() }];
    here.clock.at(DUE + 3650 * DAY_MS);
    await syncOnce(here.ports);
    here.clock.at(DUE);
    await syncOnce(here.ports);
    expect(await here.ports.store.sync()).toMatchObject({ failingSince: DUE, askedAt: DUE });
  });

  it('a sync that breaks down here counts as one that failed', async () => {
    const here = await synced(memoryStore(), () => Promise.reject(new Error('made up')));
    await expect(syncOnce(here.ports)).rejects.toThrow('made up');
    expect(await here.ports.store.sync()).toMatchObject({ failure: 'sync-broken', failingSince: DUE });
    here.clock.at(DUE + HOUR_MS);
    await expect(syncOnce(here.ports)).rejects.toThrow('made up');
    expect((await here.ports.store.sync()).failingSince).toBe(DUE);
  });

  it('a bill that is due comes first, and both are one notice', async () => {
    const here = await synced(memoryStore({ bills: [due()] }), undefined, { failingSince: DUE - 3 * DAY_MS });
    const said = syncBills(await here.ports.store.sync(), 'device-a', DUE);
    expect(said).toHaveLength(1);
    await here.ports.store.changeSync((sync) => ({ ...sync, place: { kind: 'area' } }));
    const offline = {
      ...here.ports,
      sync: { ...here.ports.sync!, now: async () => ({ ...emptyReport(DUE), failure: 'sync-offline' }) },
    };
    await remind(offline, 'alarm');
    expect(here.sent).toHaveLength(1);
    expect(here.sent[0]!.bills.map(({ asks }) => asks)).toEqual([null, 'sync-pending']);
  });

  it('the failsafe’s question stands until it is answered', async () => {
    const here = await synced(memoryStore());
    here.facts.held = [{ billId: due().id, what: 'paid', bill: due() }];
    await syncOnce(here.ports);
    const { question, askedAt } = await here.ports.store.sync();
    expect(question).toMatchObject([{ billId: due().id, what: 'paid', remainingFen: due().remainingFen }]);
    here.clock.at(DUE + HOUR_MS);
    await syncOnce(here.ports);
    expect((await here.ports.store.sync()).askedAt).toBe(askedAt);
    await releaseHeld(here.ports, 'refuse');
    expect(here.calls.released).toEqual(['refuse']);
    expect((await here.ports.store.sync()).question).toBeNull();
  });
});

describe('what a sync that came to nothing does not take back', () => {
  const devices = [{ device: 'device000002', label: '单位', sequence: 4, sentAt: DUE, readAt: DUE }];
  const otherVaults = [{ vault: 'vault0000001', shouldMove: true }];
  const one: Partial<SyncReport> = { devices, strangers: 2, isClosed: true, otherVaults };

  it.each([
    ['the place cannot be asked', { failure: 'sync-no-permission' }],
    ['the server is silent', { failure: 'sync-offline', devices }],
    ['the server asked for a pause', { pausedUntil: DUE + HOUR_MS }],
  ] as const)('%s: who the others are, and that this vault was left', async (_, next) => {
    let says: Partial<SyncReport> = one;
    const here = await synced(memoryStore(), () => says);
    await syncOnce(here.ports);
    says = next;
    await syncOnce(here.ports);
    const told = { devices, strangers: 2, shouldMove: true };
    expect((await here.ports.store.sync()).told).toMatchObject(told);
  });

  it('a vault that lost to another is no sync that succeeded: its owner hears of it after a day', async () => {
    const here = await synced(memoryStore(), () => ({ otherVaults }), { doneAt: DUE - HOUR_MS });
    await syncOnce(here.ports);
    expect(await here.ports.store.sync()).toMatchObject({ doneAt: DUE - HOUR_MS, failingSince: DUE });
  });

  it('a closed vault is no sync that succeeded', async () => {
    const here = await synced(memoryStore(), () => one, { doneAt: DUE - DAY_MS });
    await syncOnce(here.ports);
    expect(await here.ports.store.sync()).toMatchObject({ doneAt: DUE - DAY_MS, failingSince: DUE });
  });

  it('why the server asked for a pause stands while it lasts', async () => {
    let says: Partial<SyncReport> = { failure: 'sync-budget', pausedUntil: DUE + HOUR_MS };
    const here = await synced(memoryStore(), () => says);
    await syncOnce(here.ports);
    says = { pausedUntil: DUE + HOUR_MS };
    await syncOnce(here.ports);
    expect((await here.ports.store.sync()).failure).toBe('sync-budget');
    says = {};
    await syncOnce(here.ports);
    expect(await here.ports.store.sync()).toMatchObject({ failure: null, doneAt: DUE });
  });

  it('the owner’s word is on what they were shown: what came to it since is shown first', async () => {
    const here = await synced(memoryStore());
    const held = (id: string) => ({ billId: id, what: 'paid' as const, bill: due() });
    here.facts.held = [held('a')];
    await syncOnce(here.ports);
    here.facts.held = [held('a'), held('b')];
    await releaseHeld(here.ports, 'apply');
    expect(here.calls.released).toEqual([]);
    expect((await here.ports.store.sync()).question).toHaveLength(2);
    await releaseHeld(here.ports, 'apply');
    expect(here.calls.released).toEqual(['apply']);
    expect((await here.ports.store.sync()).question).toBeNull();
  });

  it('what comes while it is being answered is no part of the answer, and asked next', async () => {
    const here = await synced(memoryStore());
    const held = (id: string) => ({ billId: id, what: 'paid' as const, bill: due() });
    here.facts.held = [held('a')];
    await syncOnce(here.ports);
    const { sync } = here.ports.store;
    here.ports.store.sync = async () => {
      here.facts.held = [held('a'), held('b')];
      return sync();
    };
    await releaseHeld(here.ports, 'apply');
    expect((await sync()).question).toMatchObject([{ billId: 'b' }]);
    expect((await sync()).askedAt).not.toBeNull();
  });
});

describe('what is told and kept', () => {
  it('edits that a sync could not bring away are told, until they are away', async () => {
    let failure: string | null = 'sync-offline';
    const here = await synced(memoryStore(), () => ({ failure }));
    here.facts.isWaiting = true;
    await syncOnce(here.ports);
    expect((await here.ports.store.sync()).told).toMatchObject({ waiting: 0, hasUnsealed: true });
    [failure, here.facts.isWaiting] = [null, false];
    await syncOnce(here.ports);
    expect((await here.ports.store.sync()).told).toMatchObject({ waiting: 0, hasUnsealed: false });
  });

  it('no page sees the password', () => {
    const place = { kind: 'webdav', url: 'https://dav.example.org/duly/', user: 'me', password: 'hush-hush' } as const;
    expect(JSON.stringify(syncViewOf({ ...NO_SYNC, place }))).not.toContain('hush-hush');
  });

  it('the failsafe’s question is asked once its moment has come', () => {
    const sync: Sync = { ...NO_SYNC, place: { kind: 'area' }, question: [], askedAt: DUE };
    const asks = (part: Partial<Sync>, now = DUE) => syncBills({ ...sync, ...part }, 'd', now).map((each) => each.asks);
    expect(asks({})).toEqual(['sync-question']);
    expect([asks({}, DUE - 1), asks({ question: null }), asks({ place: null })]).toEqual([[], [], []]);
  });

  it('a sound row is one, whichever the place', () => {
    const webdav = { kind: 'webdav', url: 'https://dav.example.org/', user: 'me', password: 'p' };
    for (const place of [webdav, { kind: 'area' }]) expect(soundSync({ place }).place).toEqual(place);
  });

  it('a damaged row is no set-up', () => {
    for (const raw of [
      null,
      7,
      'x',
      {},
      { place: undefined },
      { place: 3 },
      { place: { kind: 'ftp' } },
      { place: { kind: 'webdav' } },
    ])
      expect(soundSync(raw).place).toBeNull();
  });

  it('hidden here: not reminded, not counted as paid, and shown again', async () => {
    const store = memoryStore({ bills: [due()] });
    const { ports, sent } = portsOver(store, { now: DUE });
    await act(ports, { do: 'hide', billId: due().id, via: 'dashboard' });
    await remind(ports, 'alarm');
    expect(sent).toEqual([]);
    const hidden = (await store.bill(due().id))!;
    expect([isWatched(hidden), hidden.owner]).toEqual([false, { hiddenAt: DUE }]);
    await act(ports, { do: 'unhide', billId: due().id, via: 'dashboard' });
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
  });
});
