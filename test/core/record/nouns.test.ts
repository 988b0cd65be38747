/** The product's nouns as records, and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../../src/core/bill.ts';
import { NO_HEALTH } from '../../../src/core/channel/setting.ts';
import { HOUR_MS, type Instant } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import { RECIPE_VERSION } from '../../../src/core/recipe.ts';
import { ackFrom, ackProjected, isPastRetention } from '../../../src/core/record/ack-record.ts';
import { billFrom, billProjected, billValues } from '../../../src/core/record/bill-record.ts';
import { absorb, capture, valuesOf } from '../../../src/core/record/capture.ts';
import { newClock } from '../../../src/core/record/clock.ts';
import { mergeRecord } from '../../../src/core/record/merge.ts';
import { keyOf, type Rec } from '../../../src/core/record/record.ts';
import {
  CHANNEL,
  channelsFrom,
  channelsProjected,
  recipeFrom,
  rulesFrom,
  rulesProjected,
  siteFrom,
} from '../../../src/core/record/settings-records.ts';
import { NO_CHANNELS } from '../../../src/core/reminder/chain.ts';
import { historyOf } from '../../../src/core/reminder/history.ts';
import { plan } from '../../../src/core/reminder/plan.ts';
import type { LedgerEntry } from '../../../src/core/reminder/reminder.ts';
import { holdsBack } from '../../../src/core/reminder/snooze.ts';
import { DEFAULT_RULES } from '../../../src/core/rules.ts';
import { SYNC_SITE } from '../../../src/core/sync-setting.ts';
import { entry } from '../../contracts/store-contract.ts';
import { at, bill, day, READ_AT } from '../made-up.ts';

const NOW = at('2026-09-12 09:00');
const moment = fc.integer({ min: READ_AT, max: NOW });
const marks = fc.record(
  {
    paidAt: moment,
    mutedAt: moment,
    note: fc.constantFrom('a', '工资卡'),
    statement: fc.constantFrom('我没有收到短信'),
    statementAt: moment,
    rulesSince: moment,
  },
  { requiredKeys: [] },
);
const reading = fc.record({
  remainingFen: fc.constantFrom(null, 0 as Fen, 100 as Fen, 38620 as Fen),
  dueDay: fc.constantFrom(null, day('2026-09-14'), day('2026-09-20')),
  standing: fc.constantFrom('open' as const, 'settled' as const, 'unknown' as const),
  account: fc.constantFrom('default', 'hash'),
  readAt: moment,
  owner: marks,
});
const bills: fc.Arbitrary<Bill> = reading.chain((read) =>
  fc.constantFrom(read.readAt, READ_AT).map((owedSince) => bill({ ...read, owedSince })),
);

function recOf(each: Bill, device: string, now: Instant, known?: Rec): Rec {
  const shadow = new Map(known ? [[keyOf(known), known]] : []);
  return capture(shadow, [billProjected(each)], newClock(device), now).changed[0] ?? known!;
}

describe('a bill', () => {
  it('comes back from its record as it was', () => {
    fc.assert(
      fc.property(bills, (each) => {
        const sent = JSON.parse(JSON.stringify(recOf(each, 'a', NOW))) as Rec;
        expect(billFrom(each.id, valuesOf(sent), null)).toEqual(each);
        expect(billValues(billFrom(each.id, valuesOf(sent), null)!)).toEqual(billValues(each));
      }),
    );
  });

  it('facts of two readings are never mixed, and the newer reading stays', () => {
    fc.assert(
      fc.property(bills, bills, (a, b) => {
        const merged = mergeRecord(recOf(a, 'a', NOW), recOf(b, 'b', NOW));
        const newer = a.readAt > b.readAt ? a : b;
        if (a.readAt !== b.readAt) expect(merged.fields.page?.[0]).toEqual(billValues(newer).page);
        expect([billValues(a).page, billValues(b).page]).toContainEqual(merged.fields.page?.[0]);
      }),
    );
  });

  it('an edit whose moment lies before what it overwrites still wins', () => {
    const first = recOf(bill({ owner: { note: 'one' } }), 'z', NOW);
    const older = bill({ readAt: READ_AT - 5, remainingFen: 1 as Fen, owner: { note: 'two' } });
    const second = recOf(older, 'a', NOW - 60_000, first);
    const merged = mergeRecord(first, second);
    expect(valuesOf(merged)).toMatchObject({ note: 'two', page: { remainingFen: 1 } });
  });

  it('a moment that lies ahead of the clock is not believed', () => {
    const rec = recOf(bill({ owner: { paidAt: NOW + 1e9 } }), 'a', NOW);
    for (const [, stamp] of Object.values(rec.fields))
      expect(Number.parseInt(stamp.slice(0, 12), 16)).toBeLessThanOrEqual(NOW);
  });

  it('the promise of an earlier reading here holds, whatever another browser says of it', () => {
    const here = bill({ readAt: NOW - HOUR_MS, owedSince: READ_AT - HOUR_MS });
    const there = bill({ readAt: NOW, owedSince: NOW });
    expect(billFrom(here.id, billValues(there), here)?.owedSince).toBe(here.owedSince);
    const another = { ...there, dueDay: day('2026-09-20') };
    expect(billFrom(here.id, billValues(another), here)?.owedSince, 'of another day it says nothing').toBe(NOW);
    const early = { ...billValues(another), owed: [READ_AT, here.dueDay] };
    expect(billFrom(here.id, early, null)?.owedSince, 'so does one that was shared').toBe(NOW);
  });

  it('who put it off knew its day, though another browser met it later', () => {
    const owner = { snoozedAt: READ_AT + HOUR_MS, snoozedUntil: NOW + HOUR_MS };
    const met = bill({ readAt: NOW - HOUR_MS, owedSince: NOW - HOUR_MS });
    const recs = [recOf(bill({ owner }), 'a', NOW), recOf(met, 'b', NOW)] as const;
    for (const [one, other] of [recs, recs.toReversed()]) {
      const here = billFrom(met.id, valuesOf(mergeRecord(one!, other!)), met)!;
      expect([here.readAt, here.owedSince]).toEqual([met.readAt, READ_AT]);
      expect(holdsBack(here, { kind: 'due-today', at: NOW }, NOW)).toBe(true);
    }
  });

  it('without anybody’s reading it is none', () => {
    expect(billFrom('x/y/z', { paidAt: NOW }, null)).toBeNull();
    expect(billFrom('x/y/z', { page: 'from a newer version', paidAt: NOW }, null)).toBeNull();
  });
});

describe('settings', () => {
  it('rules and channels come back as they were; health and what a service holds stay here', () => {
    const rules = { ...DEFAULT_RULES, leadDays: [], quiet: { fromHour: 22, toHour: 7 }, since: NOW };
    expect(rulesFrom(rulesProjected(rules).values!)).toEqual(rules);
    const setting = {
      id: 'c1',
      service: 'bark' as const,
      label: '',
      values: { key: 'k' },
      showsDetails: false,
      whose: 'mine' as const,
      agreedAt: null,
      isOn: true,
      addedAt: 1,
      confirmedAt: 2,
      health: { ...NO_HEALTH, failure: 'refused' },
    };
    const channels = { ...NO_CHANNELS, list: [{ ...setting, id: 'c2' }, setting] };
    const [general, ...each] = channelsProjected(channels);
    expect(each.map(({ kind }) => kind)).toEqual([CHANNEL, CHANNEL]);
    const settings = new Map(each.map(({ id, values }) => [id, values!]));
    expect(JSON.stringify([general, each])).not.toContain('refused');
    expect(channelsFrom(settings, general!.values!, channels)).toEqual(channels);
    expect(channelsFrom(settings, general!.values!, NO_CHANNELS).list[0]).toMatchObject({
      id: 'c2',
      health: NO_HEALTH,
    });
  });
});

/** What stands in a vault or a backup is read by every later version, and by earlier ones. */
describe('as it is written', () => {
  it('a bill', () => {
    const { id: _, account: __, owedSince: ___, owner: ____, ...page } = bill();
    const bare = { paidAt: null, mutedAt: null, snooze: null, note: null, statement: null, rules: null };
    expect(billValues(bill())).toStrictEqual({ page, account: null, owed: null, ...bare });
    const owner = { paidAt: 1, mutedAt: 2, snoozedAt: 3, snoozedUntil: 4, note: 'n', statementAt: 5, rulesSince: 6 };
    expect(billValues(bill({ account: 'hash', owedSince: 7, owner }))).toStrictEqual({
      page,
      account: 'hash',
      owed: [7, '2026-09-14'],
      paidAt: 1,
      mutedAt: 2,
      snooze: [3, 4],
      note: 'n',
      statement: [null, 5],
      rules: [null, 6],
    });
  });

  it('an acknowledgement that was taken back elsewhere is none here, and one of a question about syncing is nobody else’s', () => {
    const acked = entry({ seen: 'acknowledged', seenAt: NOW });
    expect(ackFrom(acked.id, { ack: null }, acked)).toMatchObject({ seen: 'unknown', seenAt: null });
    expect(ackFrom(acked.id, ackProjected(acked).values!, { ...acked, seen: 'closed' })?.seen).toBe('acknowledged');
    expect(ackProjected({ ...acked, billId: `${SYNC_SITE}/a/sync-pending` }).values).toBeNull();
  });

  it('an acknowledgement says nothing that its id says, and little of it is enough', () => {
    const acked = entry({ seen: 'acknowledged', seenAt: NOW });
    const { kind, day, plannedAt, firedAt, lateMs, seenAt } = acked;
    expect(ackProjected(acked).values).toStrictEqual({ ack: { kind, day, plannedAt, firedAt, lateMs, seenAt } });
    const moments = { plannedAt: NOW, firedAt: NOW, settledAt: NOW };
    expect(ackFrom(acked.id, { ack: { kind, day, seenAt } }, null)).toEqual({ ...acked, ...moments });
    expect(ackFrom(acked.id, { ack: { kind, seenAt } }, null)).toBeNull();
  });

  it('a site of which something is known, by whichever reading', () => {
    const known = siteFrom('made-up/a/b', { issuedReadAt: 5 }, null);
    expect(known).toMatchObject({ siteId: 'made-up', account: 'a/b', issuedReadAt: 5, billsReadAt: null });
    expect(siteFrom('made-up/a', { billsReadAt: null }, null)).toBeNull();
    const signedOut = { ...known!, signedOutSince: 5 };
    const since = (billsReadAt: number) => siteFrom('made-up/a/b', { billsReadAt }, signedOut)?.signedOutSince;
    expect([since(5), since(6)], 'only a later reading answers for who is signed out').toEqual([5, null]);
  });

  it('a recipe of another version, or half of one, is none here', () => {
    const recipe = { version: RECIPE_VERSION, dueDay: {}, remaining: {} };
    expect(recipeFrom('r', { recipe })).toEqual({ ...recipe, id: 'r' });
    for (const other of [{ version: RECIPE_VERSION + 1 }, { dueDay: null }, { remaining: null }])
      expect(recipeFrom('r', { recipe: { ...recipe, ...other } })).toBeNull();
  });
});

describe('retention', () => {
  const ack = (seenAt: Instant): Rec =>
    capture(new Map(), [ackProjected(entry({ seen: 'acknowledged', seenAt }))], newClock('a'), seenAt).changed[0]!;
  it('an acknowledgement leaves after 24 months, unless its bill is still watched; a tombstone too', () => {
    const old = ack(at('2024-09-01 10:00'));
    expect(isPastRetention(old, () => false, NOW)).toBe(true);
    expect(isPastRetention(old, () => true, NOW)).toBe(false);
    expect(isPastRetention(ack(at('2024-09-20 10:00')), () => false, NOW)).toBe(false);
    const gone = old.fields.ack![1];
    expect(isPastRetention({ kind: 'bill', id: 'x', fields: {}, gone }, () => true, NOW)).toBe(true);
    expect(isPastRetention(recOf(bill(), 'a', at('2020-01-01 00:00')), () => false, NOW)).toBe(false);
  });
});

describe('law: nothing acknowledged or paid anywhere fires again', () => {
  interface Browser {
    device: string;
    ledger: Map<string, LedgerEntry>;
    bills: Map<string, Bill>;
    records: Map<string, Rec>;
    sent: Rec[];
  }
  const twoBills = () => ['k1', 'k2'].map((key) => bill({ key, id: `made-up/default/${key}` }));
  const step = fc.record({
    at: fc.nat({ max: 2 }),
    do: fc.constantFrom('wake' as const, 'wake' as const, 'acknowledge' as const, 'paid' as const, 'take' as const),
    hours: fc.integer({ min: 1, max: 30 }),
    which: fc.nat({ max: 50 }),
  });

  it('through the planner and the history', () => {
    let fired = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        // The last joins at the end: nothing was shown there before.
        const all: Browser[] = ['a', 'b', 'c', 'late'].map((device) => ({
          device,
          ledger: new Map(),
          bills: new Map(twoBills().map((each) => [each.id, each])),
          records: new Map(),
          sent: [],
        }));
        const acknowledged = new Set<string>();
        const paid = new Set<string>();
        let now = READ_AT;
        const send = (browser: Browser): void => {
          const seen = [
            ...[...browser.ledger.values()].map(ackProjected),
            ...[...browser.bills.values()].map((each) => billProjected(each)),
          ];
          const { changed } = capture(browser.records, seen, newClock(browser.device), now);
          for (const rec of changed) browser.records.set(keyOf(rec), rec);
          browser.sent.push(...changed);
        };
        const take = (browser: Browser, recs: readonly Rec[]): void => {
          send(browser);
          const { changed } = absorb(browser.records, structuredClone([...recs]), newClock(browser.device), now);
          for (const rec of changed) {
            if (rec.kind === 'ack')
              browser.ledger.set(rec.id, ackFrom(rec.id, valuesOf(rec), browser.ledger.get(rec.id) ?? null)!);
            else browser.bills.set(rec.id, billFrom(rec.id, valuesOf(rec), browser.bills.get(rec.id) ?? null)!);
          }
        };
        const due = ({ bills: own, ledger, device }: Browser) =>
          plan([...own.values()], DEFAULT_RULES, historyOf(ledger.values(), device), now).due;
        for (const { at: index, do: what, hours, which } of steps) {
          const browser = all[index]!;
          now += hours * 3_600_000;
          if (what === 'wake')
            for (const { id, billId, kind, day: on } of due(browser)) {
              const name = `${id}|desktop|${browser.device}`;
              browser.ledger.set(
                name,
                entry({
                  id: name,
                  reminderId: id,
                  billId,
                  kind,
                  day: on,
                  device: browser.device,
                  firedAt: now,
                  noticeId: id,
                }),
              );
            }
          const fired = [...browser.ledger.values()].filter(({ device }) => device === browser.device);
          if (what === 'acknowledge' && fired.length > 0) {
            const one = fired[which % fired.length]!;
            browser.ledger.set(one.id, { ...one, seen: 'acknowledged', seenAt: now });
            acknowledged.add(one.reminderId);
          }
          if (what === 'paid') {
            const id = `made-up/default/k${1 + (which % 2)}`;
            browser.bills.set(id, { ...browser.bills.get(id)!, owner: { paidAt: now } });
            paid.add(id);
          }
          if (what === 'take') take(browser, all[which % 3]!.sent);
        }
        for (const browser of all) send(browser);
        for (const browser of all)
          take(
            browser,
            all.flatMap(({ sent }) => sent),
          );
        now += 3_600_000;
        for (const browser of all)
          for (const reminder of due(browser)) {
            expect(acknowledged.has(reminder.id)).toBe(false);
            expect(paid.has(reminder.billId)).toBe(false);
            fired++;
          }
        // What nobody heard or paid is still told there, exactly as if no other browser had ever been.
        const isUntouched = ({ billId }: { billId: string }): boolean =>
          !paid.has(billId) && ![...acknowledged].some((id) => id.startsWith(`${billId}|`));
        const alone = plan(twoBills(), DEFAULT_RULES, historyOf([], 'alone'), now).due;
        expect(due(all.at(-1)!).filter(isUntouched)).toEqual(alone.filter(isUntouched));
      }),
      { numRuns: 300 },
    );
    expect(fired).toBeGreaterThan(0);
  });
});
