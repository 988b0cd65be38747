/** This browser's copy of the records, beside the rows that the app works with. */
import { Dexie } from 'dexie';
import { isWatched } from '../core/bill.ts';
import { ACK, isPastRetention, retainedSince } from '../core/record/ack-record.ts';
import { BILL } from '../core/record/bill-record.ts';
import { absorb, type Projected } from '../core/record/capture.ts';
import { isStampOf, msOf } from '../core/record/clock.ts';
import { FAILSAFE_LEAST, type FailsafeVerdict, type FailsafeWould, failsafe } from '../core/record/failsafe.ts';
import { mergeAll } from '../core/record/merge.ts';
import { isLive, keyOf, type Rec } from '../core/record/record.ts';
import type { Absorbed, Replica, Shown } from '../core/record/replica.ts';
import { restamped, takingBack, whoTookBack } from '../core/record/restamp.ts';
import { soundSync } from '../core/sync-setting.ts';
import { billIn } from './bill-row.ts';
import type { BillRow, Database, WaitingRow } from './database.ts';
import { silence, unsilence } from './dirty.ts';
import { numbered, recOf, recordRows, rowFrom } from './record-rows.ts';
import { wholeOf } from './records-whole.ts';
import { heldRows, rekeying } from './rekey.ts';

const CHUNK = 1000;

export function openReplica(db: Database): Replica {
  const rows = recordRows(db);
  const accounts = rekeying(db);
  const tables = [
    ...[db.bills, db.ledger, db.acts, db.sites, db.recipes],
    ...[db.settings, db.records, db.waiting, db.dirty],
  ];
  // Dexie follows native promises only where the scope itself is an async function.
  const together = <T>(work: () => Promise<T>): Promise<T> => db.transaction('rw', tables, async () => work());
  const bills = rows.shelves.find(({ kind }) => kind === BILL)!;

  /** What these records, merged, would end here. */
  const verdictOn = async (merged: readonly Rec[]): Promise<FailsafeVerdict> => {
    const recs = merged.filter(({ kind }) => kind === BILL);
    const formers = (await db.bills.bulkGet(recs.map(({ id }) => id))) as (BillRow | undefined)[];
    const changes = recs.flatMap((rec, index) => {
      const former = formers[index];
      if (!former) return [];
      const row = rowFrom(bills, rec, former) as BillRow | null;
      return [{ before: billIn(former), after: row && billIn(row) }];
    });
    const verdict = failsafe(changes, 0);
    if (verdict.would.length < FAILSAFE_LEAST) return { ...verdict, stops: false };
    const watched = await db.bills.where('watchDay').above('').toArray();
    return failsafe(changes, watched.filter((row) => isWatched(billIn(row))).length);
  };

  const watchedIds = async (): Promise<(billId: string) => boolean> => {
    const ids = new Set<string>(await db.bills.where('watchDay').above('').primaryKeys());
    return (billId) => ids.has(billId);
  };

  /** Acknowledgements that this browser let go for their age do not come back. */
  const withoutPast = async (recs: readonly Rec[], now: number): Promise<readonly Rec[]> => {
    const before = retainedSince(now);
    const isOld = (rec: Rec): boolean =>
      rec.kind === ACK && Object.values(rec.fields).some(([, at]) => msOf(at) < before);
    if (!recs.some(isOld)) return recs;
    const isBillWatched = await watchedIds();
    return recs.filter((rec) => !(isOld(rec) && isPastRetention(rec, isBillWatched, now)));
  };

  /**
   * `refuse`: what the failsafe held becomes known, and is then written over by what stands here. A word holds for what
   * was shown.
   */
  const take = async (
    recs: readonly Rec[],
    now: number,
    word: 'ask' | 'apply' | 'refuse',
    shown?: Shown,
  ): Promise<Absorbed> => {
    const captured = await rows.captureAll(now);
    const waiting = await db.waiting.toArray();
    const incoming = [...(await withoutPast(recs, now)), ...waiting.map(({ rec }) => rec)];
    const nothing = { ...captured, applied: [], deferred: 0, failsafe: null };
    if (incoming.length === 0) return nothing;
    silence();
    const memory = await rows.memory();
    const state = await rows.stateOf(incoming);
    const took = whoTookBack(recs, (rec) => state.get(keyOf(rec)));
    const { changed, later, clock } = absorb(state, incoming, memory.clock, now);
    const late = took.reduce((left, device) => left.flatMap((rec) => without(rec, device) ?? []), later);
    if (clock !== memory.clock) await rows.remember({ ...memory, clock });
    const isAsked = waiting.some(({ why }) => why === 'failsafe');
    const { stops, would } = await verdictOn(changed);
    // Once asked, the question stands until it is answered, whatever share it is by now.
    const isSpoken = ({ billId, what }: FailsafeWould): boolean => !shown || shown.get(billId) === what;
    const asked = stops || isAsked ? would : [];
    const wouldHold = word === 'ask' ? asked : asked.filter((each) => !isSpoken(each));
    const recsOf = (some: readonly FailsafeWould[]): readonly Rec[] => {
      const ids = new Set(some.map(({ billId }) => billId));
      return changed.filter(({ kind, id }) => kind === BILL && ids.has(id));
    };
    const held = recsOf(wouldHold);
    const refused = word === 'refuse' ? recsOf(asked.filter(isSpoken)) : [];
    const kept = new Set([...held, ...refused]);
    const merged = changed.filter((rec) => !kept.has(rec));
    await rows.putMerged([...merged, ...refused]);
    await db.waiting.clear();
    await db.waiting.bulkPut([
      ...[...mergeAll(new Map(), late).state.values()].map((rec) => waitingRow('clock', rec)),
      ...held.map((rec) => waitingRow('failsafe', rec)),
    ]);
    const seen = await rows.apply(merged);
    seen.push(...(await seenOfBills(refused)));
    const again = await rows.captureThese(seen, now);
    return {
      changed: captured.changed + again.changed,
      applied: merged.map(({ kind, id }) => ({ kind, id })),
      deferred: late.length,
      failsafe: wouldHold.length > 0 ? wouldHold : null,
    };
  };

  const seenOfBills = async (recs: readonly Rec[]): Promise<Projected[]> => {
    const found = await db.bills.bulkGet(recs.map(({ id }) => id));
    return found.flatMap((row, index) => (row ? [bills.projected(row, recs[index])] : []));
  };

  return {
    capture: (now) => together(() => rows.captureAll(now)),
    pendingSince: async (seq, most = CHUNK) => {
      const found = await db.records.where('changedSeq').above(seq).limit(most).toArray();
      return { recs: found.map(recOf), seq: found.at(-1)?.changedSeq ?? seq };
    },
    latestSeq: async () => (await db.records.orderBy('changedSeq').last())?.changedSeq ?? 0,
    absorb: (recs, { now }) =>
      together(async () => {
        const mayJoin = await accounts.mayJoin();
        const asked = mayJoin ? await accounts.asking() : new Set<string>();
        const absorbed = await take(recs, now, 'ask');
        if (!mayJoin || !absorbed.applied.some(({ kind }) => kind === BILL)) return absorbed;
        // Accounts that become one are edits of this browser, captured before anything is sent: under its former ids
        // the vault never hears of a bill.
        unsilence();
        const { isHeld } = await accounts.joinProven(asked);
        await rows.captureAll(now);
        return isHeld ? { ...absorbed, failsafe: (await take([], now, 'ask')).failsafe } : absorbed;
      }),
    release: (word, now, shown) => together(() => take([], now, word, shown)),
    whole: (since) => wholeOf(db, since),
    say: (kind, id, values, now) =>
      together(async () => (await rows.captureThese([{ kind, id, values }], now)).changed > 0),
    ofKind: async (kind) => {
      const found = await db.records.where('[kind+id]').between([kind, Dexie.minKey], [kind, Dexie.maxKey]).toArray();
      return found.filter(isLive).map(recOf);
    },
    held: () =>
      db.transaction('r', db.bills, db.waiting, async () => {
        const found = await heldRows(db).toArray();
        return (await verdictOn(found.map(({ rec }) => rec))).would as readonly FailsafeWould[];
      }),
    forgetDevice: (device) =>
      together(async () => {
        for (const row of await db.waiting.toArray()) {
          if (row.why !== 'clock') continue;
          await db.waiting.delete([row.why, row.kind, row.id]);
          const rest = without(row.rec, device);
          if (rest) await db.waiting.put({ ...row, rec: rest });
        }
      }),
    restamp: (now) =>
      together(async () => {
        await rows.captureAll(now);
        const known = await rows.memory();
        const renewed = restamped((await db.records.toArray()).map(recOf), known.clock, now);
        if (!renewed) return;
        const { changed, clock } = renewed;
        await db.records.bulkPut(numbered(changed, known.seq));
        await rows.remember({ ...known, clock, seq: known.seq + changed.length });
        const device = (await db.settings.get('device'))?.value;
        if (typeof device === 'string') await rows.captureThese([takingBack(device, now)], now);
      }),
    compact: (now) =>
      together(async () => {
        const isBillWatched = await watchedIds();
        const past: [string, string][] = [];
        await db.records.each((rec) => {
          if (isPastRetention(rec, isBillWatched, now)) past.push([rec.kind, rec.id]);
        });
        await db.records.bulkDelete(past);
        return past.length;
      }),
    shareChannels: (isShared, now) => together(() => rows.shareChannels(isShared, now)),
    adoptSalt: (salt) => together(() => accounts.adoptSalt(salt)),
    formerSalts: () => accounts.formerSalts(),
    rekey: (siteId, former, account, now) =>
      together(async () => {
        await rows.captureAll(now);
        // Outside a vault there is no page that would ask.
        const { place } = soundSync((await db.settings.get('sync'))?.value);
        await accounts.rekey(siteId, former, account, await accounts.asking(), place !== null);
      }),
    renameTrail: (renamed) => together(() => accounts.renameTrail({ renamed })),
    recheck: ({ tellsAll = false } = {}) =>
      together(async () => {
        const known = await rows.memory();
        const untold = tellsAll ? await db.records.filter((row) => row.changedSeq === undefined).toArray() : [];
        await db.records.bulkPut(numbered(untold, known.seq));
        await rows.remember({ ...known, seq: known.seq + untold.length, isWhole: false });
      }),
  };
}

function waitingRow(why: WaitingRow['why'], rec: Rec): WaitingRow {
  return { why, kind: rec.kind, id: rec.id, rec };
}

/** What is left of a record without the stamps of this device; null when nothing is. */
function without(rec: Rec, device: string): Rec | null {
  const { kind, id, gone } = rec;
  const fields = Object.fromEntries(Object.entries(rec.fields).filter(([, [, stamp]]) => !isStampOf(stamp, device)));
  const isGone = gone !== undefined && !isStampOf(gone, device);
  if (Object.keys(fields).length === 0 && !isGone) return null;
  return { kind, id, fields, ...(isGone ? { gone } : {}) };
}
