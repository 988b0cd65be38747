/** The simulator's stories on servers that are wrong in a way of their own: caches, proxies, disks and gateways. */
import { describe, expect, it } from 'vitest';
import type { RemoteEntry } from '../../src/app/sync-ports.ts';
import { entriesOf } from '../fakes/memory-backend.ts';
import { play, type Story } from './simulator.ts';

type Server = NonNullable<Story['server']>;

const STORY: Story = { machines: 5, steps: 70, faultShare: 0.03, backend: { deltasBeforeSnapshot: 4 } };
const SEEDS = Number(process.env.SYNC_SEEDS ?? 2000) / 100;
const FIRST = Number(process.env.SYNC_FIRST ?? 1);
const HOUR = 3_600_000;

/** What was asked lately is answered from memory, for an hour. */
function kept<T>(now: () => number, ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const answers = new Map<string, { at: number; answer: T }>();
  return async (name) => {
    const known = answers.get(name);
    if (known && now() - known.at < HOUR) return known.answer;
    const answer = await ask(name);
    answers.set(name, { at: now(), answer });
    return answer;
  };
}

const SERVERS: Record<string, Server> = {
  'gives the body of another object': (honest, { files }, random) => ({
    ...honest,
    get: async (name, most) => {
      const names = [...files.keys()];
      return honest.get(random() < 0.2 ? (names[Math.floor(random() * names.length)] ?? name) : name, most);
    },
  }),
  'answers a listing from a cache for an hour': (honest, _, __, now) => {
    const list = kept(now, () => honest.list());
    return { ...honest, list: () => list('') };
  },
  'answers everything from a cache for an hour, that a file is not there too': (honest, _, __, now) => {
    const [list, get] = [kept(now, () => honest.list()), kept(now, (name) => honest.get(name, 1e9))];
    return { ...honest, list: () => list(''), get };
  },
  'drops the last byte of what it takes, and of what it gives': (honest, _, random) => ({
    ...honest,
    put: (name, bytes) => honest.put(name, random() < 0.2 ? bytes.slice(0, -1) : bytes),
    get: async (name, most) => {
      const got = await honest.get(name, most);
      return got.kind === 'got' && random() < 0.2 ? { kind: 'got', bytes: got.bytes.slice(0, -1) } : got;
    },
  }),
  'lists in capitals, or leaves entries out': (honest, folder, random) => ({
    ...honest,
    list: async () => {
      const isLoud = random() < 0.2;
      const shown = (entry: RemoteEntry) => (isLoud ? [{ ...entry, name: entry.name.toUpperCase() }] : [entry]);
      return { kind: 'listed', entries: entriesOf(folder).flatMap((each) => (random() < 0.2 ? [] : shown(each))) };
    },
  }),
  'tells no size and no stamp, and every name twice': (honest, folder) => ({
    ...honest,
    list: async () => ({
      kind: 'listed',
      entries: [...entriesOf(folder), ...entriesOf(folder)].map(({ name }) => ({ name, size: null, stamp: null })),
    }),
  }),
  'gives every object another stamp at every listing': (honest, folder, random) => ({
    ...honest,
    list: async () => ({
      kind: 'listed',
      entries: entriesOf(folder).map((each) => ({ ...each, stamp: String(random()) })),
    }),
  }),
  'brings back what was removed': (honest, folder, random) => ({
    ...honest,
    remove: async (names) => {
      const before = names.map((name) => [name, folder.files.get(name)] as const);
      const removed = await honest.remove(names);
      for (const [name, bytes] of before) if (bytes && random() < 0.5) await honest.put(name, bytes);
      return removed;
    },
  }),
  'says done and keeps nothing': (honest, _, random) => ({
    ...honest,
    put: async (name, bytes) => (random() < 0.2 ? { kind: 'done' } : honest.put(name, bytes)),
  }),
  'never gives some objects': (honest) => ({
    ...honest,
    get: async (name, most) =>
      /[37]\.jwe$/.test(name) ? { kind: 'failed', code: 'sync-server' } : honest.get(name, most),
  }),
  'gives nothing for two hours of six, and takes all the same': (honest, _, __, now) => ({
    ...honest,
    get: async (name, most) =>
      now() % (6 * HOUR) < 2 * HOUR ? { kind: 'failed', code: 'sync-server' } : honest.get(name, most),
  }),
};

describe.each(Object.entries(SERVERS))('a server that %s', (_, server) => {
  it(`${SEEDS} seeds: no edit is lost, no store becomes unreadable`, { timeout: 100_000 }, async () => {
    const failed: string[] = [];
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++)
      await play(seed, { ...STORY, server, ...(process.env.SYNC_TRACE && { trace: console.log }) }).catch((error) =>
        failed.push(String(error)),
      );
    expect([failed.length, ...failed.slice(0, 5)]).toEqual([0]);
  });
});
