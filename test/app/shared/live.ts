/**
 * Lives one life on two browsers, each with a real database (in memory) and the real engine; the folder between them is
 * in memory, and the seal is the simulator's. What they did is written down for the judge.
 */
import 'fake-indexeddb/auto';
import { deleteBill } from '../../../src/app/edit-bill.ts';
import { act } from '../../../src/app/owner-acts.ts';
import type { Channel, Ports, Store } from '../../../src/app/ports.ts';
import { remind, type Wake } from '../../../src/app/remind.ts';
import { releaseHeld, syncAtWake } from '../../../src/app/sync.ts';
import type { Backend, BackendFailure } from '../../../src/app/sync-ports.ts';
import { takeReading } from '../../../src/app/take-reading.ts';
import type { Bill, BillId } from '../../../src/core/bill.ts';
import { addDays, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import { canonical, keyOf, type Rec } from '../../../src/core/record/record.ts';
import type { Reminder } from '../../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES } from '../../../src/core/rules.ts';
import { NO_SYNC } from '../../../src/core/sync-setting.ts';
import { Database } from '../../../src/storage/database.ts';
import { openReplica } from '../../../src/storage/records.ts';
import { openStore } from '../../../src/storage/store.ts';
import { syncRow } from '../../../src/storage/sync-rows.ts';
import { syncNow } from '../../../src/sync/engine.ts';
import { replicaOver } from '../../../src/sync/over-records.ts';
import { newState, type SyncDeps, type SyncState } from '../../../src/sync/state.ts';
import { doorOver } from '../../../src/wire/sync.ts';
import { billsReading, readBill } from '../../core/made-up.ts';
import { memoryBackend, memoryFolder } from '../../fakes/memory-backend.ts';
import { fakeVault } from '../../sync/fake-vault.ts';
import { BIRTH, BROWSERS, DEATH, type Deed, dueDayOf, type Life, momentOf, SNOOZE_MS, type Trouble } from './life.ts';

const SITE = 'jd-baitiao';
const RING_AGAIN_MS = 5 * MINUTE_MS;
const VAULT = 'vault0000001';

/** One reminder of one bill that a desktop took. */
export interface Rung {
  readonly at: Instant;
  readonly who: number;
  readonly debt: number;
  readonly reminder: Reminder;
  /** The failsafe held something of this bill back there. */
  readonly isHeld: boolean;
}

/** A thing that one browser was told, or that its owner did there. */
export interface Fact {
  readonly at: Instant;
  readonly who: number;
  readonly debt: number;
  readonly do: Deed | 'settled';
  /** Of an acknowledgement: what it was of. */
  readonly reminders: readonly Reminder[];
}

export interface Diary {
  readonly life: Life;
  readonly rung: Rung[];
  readonly facts: Fact[];
  readonly asked: { readonly at: Instant; readonly who: number }[];
  /** What each has at the end, in words that are equal for equal records. */
  readonly ends: string[][];
  passes: number;
}

export function isOn({ minute, hours }: Trouble, at: Instant): boolean {
  return at >= momentOf(minute) && at < momentOf(minute) + hours * HOUR_MS;
}

export const titleOf = (debt: number): string => `白条 ${debt + 1}`;
const debtOf = (bill: Pick<Bill, 'title'>): number => Number(bill.title.slice(3)) - 1;

const MARKS = [
  ['unpaid', 'paidAt'],
  ['unmute', 'mutedAt'],
  ['unhide', 'hiddenAt'],
  ['unsnooze', 'snoozedUntil'],
] as const;

interface Browser {
  readonly store: Store;
  readonly ports: Ports;
  armed: Instant | null;
  wasThere: boolean;
  wasClosed: boolean;
  readonly whole: () => Promise<string[]>;
  readonly close: () => void;
}

let databases = 0;

export async function live(life: Life): Promise<Diary> {
  const diary: Diary = { life, rung: [], facts: [], asked: [], ends: [], passes: 0 };
  let time = BIRTH;
  let names = 0;
  const folder = memoryFolder();
  const left = life.dueAfterDays.map((_, debt) => (debt + 1) * 10_000);
  const has = (who: number, ...whats: Trouble['what'][]): boolean =>
    life.troubles.some((each) => (each.who ?? who) === who && whats.includes(each.what) && isOn(each, time));

  const open = async (who: number): Promise<Browser> => {
    const db = new Database(`shared-${++databases}`);
    const store = openStore(db);
    const records = openReplica(db);
    const states = syncRow<SyncState>(db, 'syncState');
    const base = memoryBackend(folder);
    const offline: BackendFailure = { kind: 'failed', code: 'sync-offline' };
    const online = <T>(ask: () => Promise<T>): Promise<T | BackendFailure> =>
      has(who, 'offline') ? Promise.resolve(offline) : ask();
    const backend: Backend = {
      ...base,
      list: () => online(base.list),
      get: (name, most) => online(() => base.get(name, most)),
      put: (name, bytes) => online(() => base.put(name, bytes)),
      remove: (gone) => online(() => base.remove(gone)),
    };
    const clock = { now: () => time };
    const ids = { next: () => `id-${++names}`, hash: async (text: string) => text };
    const deps: SyncDeps = {
      clock,
      ids,
      backend,
      replica: replicaOver(records, clock.now),
      store: states,
      vaultOf: ({ vault }) => fakeVault(vault),
    };
    const door = doorOver(db, records, (_, options) => syncNow(deps, options));
    const channel: Channel = {
      id: 'desktop',
      send: async ({ reminders, bills }) => {
        const held = new Set((await records.held()).map(({ billId }) => billId));
        for (const reminder of reminders) {
          const bill = bills.find(({ id }) => id === reminder.billId)!;
          if (bill.asks === null)
            diary.rung.push({ at: time, who, debt: debtOf(bill), reminder, isHeld: held.has(bill.id) });
          else if (bill.asks === 'sync-question') diary.asked.push({ at: time, who });
        }
        return { kind: 'accepted' };
      },
      withdraw: async () => true,
    };
    const ports: Ports = {
      clock,
      ids,
      store,
      alarm: {
        armedFor: async () => browser.armed,
        arm: async (at) => {
          browser.armed = at;
        },
      },
      channels: [channel],
      channelFor: () => channel,
      badge: { show: async () => {} },
      log: { warn: (code) => (code === 'sync-look-failed' ? fail(code) : undefined) },
      sync: door,
      accounts: records,
    };
    const browser: Browser = {
      ...{ store, ports, armed: null, wasThere: true, wasClosed: false },
      whole: async () => {
        await records.capture(time);
        const all: Rec[] = [];
        for await (const recs of records.whole()) all.push(...recs);
        return all.map((rec) => `${keyOf(rec)} ${canonical({ fields: rec.fields, gone: rec.gone ?? null })}`).sort();
      },
      close: () => db.close(),
    };
    await store.saveRules({ ...DEFAULT_RULES, adapts: false });
    await store.changeSync(() => ({ ...NO_SYNC, place: { kind: 'area' }, label: `B${who}` }));
    const device = `browser${who}`.padEnd(12, '0');
    await states.save(newState({ vault: VAULT, key: null, keyName: '', keyText: '', device, label: `B${who}` }));
    return browser;
  };

  const browsers: Browser[] = [];
  for (let who = 0; who < BROWSERS; who++) browsers.push(await open(who));
  const isThere = (who: number): boolean => !has(who, 'asleep', 'closed');

  /** As the background does: the pass, then a look at the others where one is due, and another pass for what it brought. */
  const pass = async (who: number, wake: Wake): Promise<void> => {
    if (!isThere(who)) return;
    const { ports } = browsers[who]!;
    diary.passes++;
    const { isSynced } = await remind(ports, wake);
    if (isSynced && (await syncAtWake(ports))) await remind(ports, 'message');
  };

  const rowOf = async (who: number, debt: number): Promise<Bill | undefined> =>
    (await browsers[who]!.store.allBills()).find((bill) => bill.title === titleOf(debt));

  const read = async (who: number): Promise<void> => {
    const bills = life.dueAfterDays.map((_, debt) => {
      const dueDay = dueDayOf(life, debt);
      const fen = left[debt]! as Fen;
      return readBill({
        key: `${770_000_001 + debt}`,
        title: titleOf(debt),
        dueDay,
        statementDay: addDays(dueDay, -9),
        totalFen: ((debt + 1) * 10_000) as Fen,
        remainingFen: fen,
        minimumFen: null,
        standing: fen === 0 ? 'settled' : 'open',
      });
    });
    await takeReading(browsers[who]!.ports, SITE, billsReading(bills, ['issued', 'unissued']));
    for (let debt = 0; debt < bills.length; debt++)
      diary.facts.push({ ...{ at: time, who, debt, reminders: [] }, do: left[debt] === 0 ? 'settled' : 'read' });
  };

  const happen = async ({ who, do: deed, debt: chosen }: Life['events'][number]): Promise<void> => {
    const debt = chosen % life.dueAfterDays.length;
    if (deed === 'pay') {
      left[debt] = 0;
      return;
    }
    if (!isThere(who)) return;
    const { ports } = browsers[who]!;
    if (deed === 'read') await read(who);
    else {
      const row = await rowOf(who, debt);
      // Nobody is offered to take back what does not stand.
      const undone = MARKS.find(([undo]) => undo === deed);
      if (!row || (undone && row.owner[undone[1]] === undefined)) return;
      if (!(await did(ports, deed, row.id))) return;
      const entries = deed === 'acknowledge' ? await ports.store.ledgerOf([row.id]) : [];
      const reminders = entries
        .filter(({ seen, seenAt }) => seen === 'acknowledged' && seenAt === time)
        .map(({ reminderId: id, billId, kind, day, plannedAt: at }) => ({ id, billId, kind, day, at }));
      diary.facts.push({ at: time, who, debt, do: deed, reminders });
    }
    await pass(who, 'message');
  };
  const did = (ports: Ports, deed: Exclude<Deed, 'read' | 'pay'>, billId: BillId): Promise<boolean> =>
    deed === 'delete'
      ? deleteBill(ports, billId)
      : act(ports, { do: deed, billId, via: 'popup', ...(deed === 'snooze' && { until: time + SNOOZE_MS }) });

  /** Something began or ended. */
  const changed = async (who: number): Promise<void> => {
    const browser = browsers[who]!;
    browser.wasClosed ||= has(who, 'closed');
    const isBack = isThere(who) && !browser.wasThere;
    browser.wasThere = isThere(who);
    if (!isBack) return;
    const wake = browser.wasClosed ? 'start-up' : 'active';
    browser.wasClosed = false;
    await pass(who, wake);
  };

  const moments = [
    ...life.events.map((event) => ({ at: momentOf(event.minute), happen: () => happen(event) })),
    ...life.troubles.flatMap(({ minute, hours, who }) =>
      [momentOf(minute), momentOf(minute) + hours * HOUR_MS].map((at) => ({
        at,
        happen: () => (who === null ? Promise.resolve() : changed(who)),
      })),
    ),
  ].sort((a, b) => a.at - b.at);
  for (let who = 0; who < BROWSERS; who++) await pass(who, 'install');
  for (let next = 0; ; ) {
    const rings = browsers.map(({ armed }, who) => (isThere(who) && armed !== null ? armed : Number.POSITIVE_INFINITY));
    const ringAt = Math.min(...rings);
    const momentAt = moments[next]?.at ?? Number.POSITIVE_INFINITY;
    time = Math.max(time, Math.min(ringAt, momentAt, DEATH));
    if (time >= DEATH) break;
    if (momentAt <= time) await moments[next++]!.happen();
    else {
      const who = rings.indexOf(ringAt);
      browsers[who]!.armed = time + RING_AGAIN_MS;
      await pass(who, 'alarm');
    }
  }
  // The owner looks at what the failsafe asks, and agrees; then both look at each other until neither has news.
  for (let round = 0; round < 3; round++) {
    for (const { ports } of browsers) {
      await releaseHeld(ports, 'apply');
      time += HOUR_MS;
      await syncAtWake(ports);
    }
  }
  for (const { whole, close } of browsers) {
    diary.ends.push(await whole());
    close();
  }
  return diary;
}

function fail(code: string): never {
  throw new Error(code);
}
