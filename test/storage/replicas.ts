/** Browsers that share records, each over a database of its own. */
import type { Store } from '../../src/app/ports.ts';
import type { Rec } from '../../src/core/record/record.ts';
import type { Replica } from '../../src/core/record/replica.ts';
import { Database } from '../../src/storage/database.ts';
import { openReplica } from '../../src/storage/records.ts';
import { openStore } from '../../src/storage/store.ts';

export interface Browser {
  readonly db: Database;
  readonly store: Store;
  readonly replica: Replica;
}

let databases = 0;

export function browser(): Browser {
  const db = new Database(`replica-${++databases}`);
  return { db, store: openStore(db), replica: openReplica(db) };
}

export async function wholeOf({ replica }: Browser): Promise<Rec[]> {
  const all: Rec[] = [];
  for await (const recs of replica.whole()) all.push(...recs);
  return all;
}

/** Everything `from` knows comes to `to`. */
export async function send(from: Browser, to: Browser, now: number) {
  await from.replica.capture(now);
  return to.replica.absorb(structuredClone(await wholeOf(from)), { now });
}
