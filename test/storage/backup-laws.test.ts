import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Backup } from '../../src/app/backup-file.ts';
import type { OwnerActEntry } from '../../src/app/ports.ts';
import type { Bill, OwnerMarks } from '../../src/core/bill.ts';
import { DAY_MS, type Day, HOUR_MS, type Instant } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';
import { actOf, entry, state } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { emptyDatabase, read, text, type World } from './full-database.ts';

/** What a life of one browser may be: each step writes one row of one table, or stamps what was written. */
type Step = (world: World, now: Instant) => Promise<unknown>;

const NOW = at('2026-09-12 09:00');
const KEYS = ['k0', 'k1', 'JD20260900001', 'JD20260900002'] as const;
const ACCOUNTS = ['default', 'hash-1'] as const;

const key = fc.constantFrom(...KEYS);
const account = fc.constantFrom(...ACCOUNTS);
const instant = fc.integer({ min: NOW - 40 * DAY_MS, max: NOW });
const day = fc.constantFrom(...(['2026-09-01', '2026-09-14', '2026-10-14'] as Day[]));
const fen = fc.option(fc.nat({ max: 100_000_00 })) as fc.Arbitrary<Fen | null>;
const words = fc.constantFrom('', '工资卡，"quoted"', '一行\n又一行', '=1+1');
const idOf = (of: string, name: string): string => `made-up/${of}/${name}`;

const marks: fc.Arbitrary<OwnerMarks> = fc
  .record(
    {
      paidAt: instant,
      mutedAt: instant,
      note: words,
      snooze: instant,
      statement: words,
      statementAt: instant,
      rulesSince: instant,
      rules: fc.constant({ leadDays: [9], beforeHour: 8, dueHours: [9, 20], overdueHour: 11 }),
    },
    { requiredKeys: [] },
  )
  .map(({ snooze, ...rest }) =>
    snooze === undefined ? rest : { ...rest, snoozedAt: snooze, snoozedUntil: snooze + 3 * HOUR_MS },
  );

const someBill: fc.Arbitrary<Bill> = fc
  .record({
    key,
    account,
    readAt: instant,
    owedSince: instant,
    dueDay: fc.option(day),
    dueDayIs: fc.constantFrom('stated' as const, 'estimated' as const),
    statementDay: fc.option(day),
    remainingFen: fen,
    minimumFen: fen,
    standing: fc.constantFrom('open' as const, 'settled' as const, 'unknown' as const),
    family: fc.constantFrom('issued' as const, 'unissued' as const, 'loan' as const),
    source: fc.constantFrom('labels' as const, 'responses' as const, 'manual' as const, 'mail' as const),
    extra: fc.record({ missingSince: instant, sentAt: fc.option(instant), instalmentFen: fen }, { requiredKeys: [] }),
    owner: marks,
  })
  .map(({ extra, ...part }) => {
    const { instalmentFen, ...more } = extra;
    const instalment = instalmentFen ? { instalmentFen } : {};
    return bill({ ...part, ...more, ...instalment, id: idOf(part.account, part.key) } as Partial<Bill>);
  });

const someEntry: fc.Arbitrary<LedgerEntry> = fc
  .record({
    key,
    account,
    day,
    kind: fc.constantFrom('before' as const, 'due-today' as const, 'overdue' as const),
    slot: fc.constantFrom('-1', '10', '+3'),
    channel: fc.constantFrom('desktop', 'c1'),
    device: fc.constantFrom('device-a', 'device-b'),
    firedAt: instant,
    outcome: fc.constantFrom('accepted' as const, 'failed' as const, 'withdrawn' as const),
    seen: fc.constantFrom('acknowledged' as const, 'clicked' as const, 'closed' as const, 'unknown' as const),
  })
  .map(({ key: of, account: whose, slot, ...part }) => {
    const billId = idOf(whose, of);
    const reminderId = `${billId}|${part.kind}|${part.day}|${slot}`;
    const id = `${reminderId}|${part.channel}|${part.device}`;
    const seenAt = part.seen === 'unknown' ? null : part.firedAt + 5;
    return entry({ ...part, id, reminderId, billId, noticeId: reminderId, plannedAt: part.firedAt, seenAt });
  });

const someAct: fc.Arbitrary<OwnerActEntry> = fc
  .record({
    key,
    account,
    at: instant,
    do: fc.constantFrom(
      'paid' as const,
      'unpaid' as const,
      'unmute' as const,
      'unsnooze' as const,
      'acknowledge' as const,
    ),
  })
  .map(({ key: of, account: whose, ...part }) =>
    actOf({ ...part, id: `${part.do}-${part.at}`, billId: idOf(whose, of) }),
  );

const someRules: fc.Arbitrary<Rules> = fc
  .record({
    leadDays: fc.constantFrom([5], [9, 2]),
    since: instant,
    quiet: fc.constantFrom(null, { fromHour: 23, toHour: 7 }),
  })
  .map((part) => ({ ...DEFAULT_RULES, ...part }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: someBill.map(
      (row): Step =>
        ({ store }) =>
          store.rewriteBills(() => ({ put: [row] })),
    ),
  },
  fc.tuple(key, account).map(
    ([of, whose]): Step =>
      ({ store }, now) =>
        store.rewriteBills(({ bills, bin }) => {
          const gone = bills.filter(({ id }) => id === idOf(whose, of));
          const binned = gone.map((each) => ({ bill: each, state: null, at: now }));
          return { remove: gone.map(({ id }) => id), bin: [...bin, ...binned] };
        }),
  ),
  fc.tuple(key, account, marks).map(
    ([of, whose, owner]): Step =>
      async ({ store }, now) =>
        store.mark(actOf({ id: `note-${now}`, billId: idOf(whose, of), do: 'statement', at: now }), () => owner),
  ),
  someEntry.map(
    (row): Step =>
      ({ store }) =>
        store.record([row]),
  ),
  someAct.map(
    (row): Step =>
      ({ db }) =>
        db.acts.put(row),
  ),
  fc.tuple(account, instant, fc.option(day)).map(
    ([whose, readAt, dueDay]): Step =>
      ({ db }) =>
        db.sites.put(
          state({
            account: whose,
            at: readAt,
            billsReadAt: readAt,
            lastMonthly: dueDay && { title: '九月', statementDay: null, dueDay },
          }),
        ),
  ),
  someRules.map(
    (rules): Step =>
      ({ store }) =>
        store.saveRules(rules),
  ),
  { weight: 3, arbitrary: fc.constant<Step>(({ replica }, now) => replica.capture(now)) },
);
const life = fc.array(step, { maxLength: 14 });

async function lived(steps: readonly Step[]): Promise<World> {
  const world = emptyDatabase();
  await world.store.salt();
  for (const [index, each] of steps.entries()) await each(world, NOW + (index + 1) * 1000);
  return world;
}
const LATER = NOW + HOUR_MS;
const rowsOf = ({ records: _, ...rows }: Backup) => rows;

it('whatever a browser lived through, an export into an empty database exports the same, once or twice', async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.constantFrom('merge' as const, 'replace' as const), async (steps, mode) => {
      const [a, b] = [await lived(steps), emptyDatabase()];
      const first = await text(a, LATER);
      for (const _ of [1, 2]) {
        await b.door.apply(mode, read(first), null, LATER, true);
        expect(read(await text(b, LATER))).toEqual(read(first));
      }
      expect(await b.store.watchedBills()).toEqual(await a.store.watchedBills());
      for (const { db } of [a, b]) db.close();
    }),
    { numRuns: 40 },
  );
});

it('replacing what another life left behind leaves the rows of the file; its own export changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(life, life, async (one, other) => {
      const [a, b] = [await lived(one), await lived(other)];
      const first = read(await text(a, LATER));
      await b.door.apply('replace', first, null, LATER, true);
      expect(rowsOf(read(await text(b, LATER)))).toEqual(rowsOf(first));
      const own = await text(a, LATER);
      await a.door.apply('merge', read(own), null, LATER, true);
      expect(read(await text(a, LATER))).toEqual(read(own));
      for (const { db } of [a, b]) db.close();
    }),
    { numRuns: 25 },
  );
});
