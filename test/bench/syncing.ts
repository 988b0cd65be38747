/** What syncing costs: bytes on the wire, counted between the engine and a real server on loopback, and time. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { Backend, Replica } from '../../src/app/sync-ports.ts';
import { addDays, type Day } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { billValues } from '../../src/core/record/bill-record.ts';
import { mergeAll } from '../../src/core/record/merge.ts';
import { keyOf, type Rec, type State } from '../../src/core/record/record.ts';
import { syncNow } from '../../src/sync/engine.ts';
import { createVault, joinVault } from '../../src/sync/membership.ts';
import type { SyncDeps, SyncState } from '../../src/sync/state.ts';
import { vaultOf } from '../../src/sync/vault.ts';
import { webdavBackend } from '../../src/sync/webdav.ts';
import { bill } from '../core/made-up.ts';
import { startServer } from '../sync/servers.ts';
import type { Bench, Row } from './row.ts';

const BILLS = 10_000;
const START = Date.UTC(2026, 8, 1);

export const syncing: Bench = {
  name: 'syncing',
  isPure: true,
  measure: async () => {
    const server = await startServer('rclone');
    const wire = await counting(Number(new URL(server.url).port));
    try {
      const place = { ...server, url: `http://127.0.0.1:${wire.port}/duly/` };
      const backend = webdavBackend(place, {
        fetch: (url, init) => {
          wire.asked();
          return fetch(url, init);
        },
        now: () => Date.now(),
        sleep: (ms) => new Promise((rest) => setTimeout(rest, ms)),
      });
      return await measured(backend, wire);
    } finally {
      await wire.close();
      await server.close();
    }
  },
};

async function measured(backend: Backend, wire: Wire): Promise<Row[]> {
  const a = machine(backend, 'laptop000001', [...bills()]);
  const b = machine(backend, 'desktop00002', []);
  const made = await createVault(a.deps, '家里的电脑');
  if (made.kind === 'refused') throw new Error(made.code);
  await syncNow(a.deps);
  await syncNow(a.deps);
  const joined = await joinVault(b.deps, made.code!, '单位的电脑');
  if (joined.kind === 'refused') throw new Error(joined.code);
  wire.reset();
  const began = performance.now();
  const report = await syncNow(b.deps);
  const joinMs = performance.now() - began;
  const joinBytes = wire.bytes();
  if (report?.pulled.records !== BILLS) throw new Error(`joined with ${report?.pulled.records} records`);
  await syncNow(b.deps);
  await syncNow(a.deps);
  a.markPaid(3);
  wire.reset();
  await syncNow(a.deps);
  const [paidBytes, paidAsked] = [wire.bytes(), wire.count()];
  const object = a.lastObject();
  wire.reset();
  await syncNow(a.deps);
  await syncNow(a.deps);
  wire.reset();
  await syncNow(a.deps);
  const idle = wire.count();
  const idleBytes = wire.bytes();
  const aim = (name: string, figure: number) => ({ kind: 'floor' as const, name, figure });
  return [
    {
      name: 'one paid mark, beyond a listing',
      figure: (paidBytes - idleBytes) / 1000,
      unit: 'kB',
      against: aim('aim', 2.5),
      aim: 1,
    },
    {
      name: `one paid mark, a whole sync of ${paidAsked} requests`,
      figure: paidBytes / 1000,
      unit: 'kB',
      against: aim('an idle sync of the same folder, and the object', (idleBytes + object) / 1000),
      aim: 2,
    },
    { name: `first join, ${BILLS} bills`, figure: joinBytes / 1000, unit: 'kB', against: aim('aim', 600), aim: 1 },
    { name: `first join, ${BILLS} bills`, figure: joinMs, unit: 'ms', against: aim('aim', 2000), aim: 1 },
    { name: 'requests of an idle sync', figure: idle, unit: 'requests', against: aim('aim', 2), aim: 1 },
  ];
}

function* bills(): Generator<Rec> {
  let random = 7;
  const next = (most: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % most;
  };
  for (let index = 0; index < BILLS; index++) {
    const dueDay = addDays('2016-01-14' as Day, 7 * Math.floor(index / 18));
    const total = 5000 + next(900_000);
    const key = `${dueDay.replaceAll('-', '').slice(0, 6)}-${index % 18}`;
    const made = bill({
      id: `jd-baitiao/k3j9x2m4q8/${key}`,
      key,
      title: `${dueDay.slice(5, 7)}月账单`,
      dueDay,
      statementDay: addDays(dueDay, -9),
      totalFen: total as Fen,
      remainingFen: (index % 5 === 0 ? total : 0) as Fen,
      minimumFen: null,
      standing: index % 5 === 0 ? 'open' : 'settled',
      readAt: START + index * 1000,
    });
    const stamp = stampAt(START + index * 1000);
    const values = Object.entries(billValues(made)).filter(([, value]) => value !== null);
    yield {
      kind: 'bill',
      id: made.id,
      fields: Object.fromEntries(values.map(([name, value]) => [name, [value, stamp]])),
    };
  }
}

function stampAt(ms: number): string {
  return `${ms.toString(16).padStart(12, '0')}-0000-laptop000001`;
}

function machine(backend: Backend, name: string, records: readonly Rec[]) {
  const held: State = new Map(records.map((rec) => [keyOf(rec), rec]));
  const own: Rec[] = [...records];
  let state: SyncState | null = null;
  let names = 0;
  const replica: Replica = {
    capture: async () => ({ applied: 0, deferred: 0 }),
    pendingSince: async (mark) => ({ records: own.slice(typeof mark === 'number' ? mark : 0), mark: own.length }),
    whole: async () => ({ records: [...held.values()], mark: own.length }),
    absorb: async (given) => ({ applied: mergeAll(held, given as Rec[]).changed.length, deferred: 0 }),
  };
  const deps: SyncDeps = {
    clock: { now: () => Date.now() },
    ids: { next: () => `${name.slice(0, 8)}${String(++names).padStart(4, '0')}`, hash: async (text) => text },
    backend,
    replica,
    store: {
      load: async () => structuredClone(state),
      save: async (given) => {
        state = structuredClone(given);
      },
      clear: async () => {
        state = null;
      },
    },
    vaultOf: (of) => vaultOf(of.vault, of.key!),
  };
  return {
    deps,
    markPaid: (index: number) => {
      const { kind, id } = [...held.values()][index]!;
      const now = Date.now();
      const rec: Rec = { kind, id, fields: { paidAt: [now, stampAt(now)] } };
      mergeAll(held, [rec]);
      own.push(rec);
    },
    lastObject: () => state!.outbox.at(-1)!.bytes.length,
  };
}

interface Wire {
  readonly port: number;
  asked(): void;
  reset(): void;
  bytes(): number;
  count(): number;
  close(): Promise<void>;
}

/** Every byte in both directions passes here and is counted. */
async function counting(port: number): Promise<Wire> {
  let bytes = 0;
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        bytes += data.length;
      });
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    asked: () => {
      count++;
    },
    reset: () => {
      bytes = 0;
      count = 0;
    },
    bytes: () => bytes,
    count: () => count,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
