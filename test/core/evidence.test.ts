/** The laws of an appeal's evidence: any change shows, the order is one, and nothing is told that was not chosen. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactAnswered, contactSeen, NO_CONTACT, switchContact } from '../../src/core/contact.ts';
import {
  EVIDENCE_FIELDS,
  type EvidenceAct,
  type EvidenceField,
  type EvidenceSources,
  evidenceOf,
  momentOf,
  momentText,
} from '../../src/core/evidence.ts';
import { chained, type Evidence, verifyEvidence } from '../../src/core/evidence-chain.ts';
import { knownOf, missed, unmissed } from '../../src/core/missed.ts';
import type { Fen } from '../../src/core/money.ts';
import { canonical } from '../../src/core/record/record.ts';
import { KINDS, type LedgerEntry } from '../../src/core/reminder/reminder.ts';
import { entry } from '../contracts/store-contract.ts';
import { at, bill, day, READ_AT } from './made-up.ts';

const hash = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex');

const OWN = bill().id;
const OTHER = 'other-site/other-account/other-key';
const moment = fc.integer({ min: READ_AT, max: READ_AT + 20_000 }).map((ms) => Math.round(ms / 5000) * 5000);

const entries = (billId: string): fc.Arbitrary<LedgerEntry> =>
  fc
    .record({
      n: fc.nat({ max: 5 }),
      channel: fc.constantFrom('desktop', 'channel-1', 'gone'),
      kind: fc.constantFrom(...KINDS),
      plannedAt: moment,
      firedAt: moment,
      outcome: fc.constantFrom('fired', 'accepted', 'failed', 'armed', 'withdrawn'),
      seen: fc.constantFrom('unknown', 'closed', 'clicked', 'acknowledged'),
      isMissed: fc.boolean(),
      failures: fc.nat({ max: 2 }),
      lateMs: fc.constantFrom(0, 90_000),
    })
    .map(({ n, channel, firedAt, outcome, seen, isMissed, failures, lateMs, ...rest }) =>
      entry({
        ...rest,
        firedAt,
        lateMs,
        lateWhy: lateMs > 0 ? 'asleep' : null,
        outcome: outcome as LedgerEntry['outcome'],
        seen: seen as LedgerEntry['seen'],
        seenAt: seen === 'unknown' ? null : firedAt + 1000,
        settledAt: outcome === 'fired' ? null : firedAt,
        failure: outcome === 'failed' ? 'SECRET-failure' : null,
        formerFailures: Array.from({ length: failures }, (_, i) => ({ at: firedAt - i, code: 'SECRET-failure' })),
        billId,
        channel,
        device: 'SECRET-device',
        reminderId: `${billId}|${n}`,
        noticeId: `${OTHER}|notice`,
        id: `${billId}|${n}|${channel}`,
        ...(isMissed ? { missedAt: firedAt + 2000 } : {}),
      }),
    );

const ledgers = fc
  .tuple(
    fc.uniqueArray(entries(OWN), { selector: ({ id }) => id, maxLength: 6 }),
    fc.array(entries(OTHER), { maxLength: 3 }),
  )
  .map((both) => both.flat());
const acts = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 9 }).map((n) => `act-${n}`),
    do: fc.constantFrom('snooze', 'paid'),
    via: fc.constant('SECRET-via'),
    at: moment,
    until: fc.constantFrom(null, READ_AT),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
);

const told = bill({
  title: 'SECRET-title',
  remainingFen: 7770001 as Fen,
  totalFen: 7770002 as Fen,
  minimumFen: 7770003 as Fen,
  overdueFeeFen: 7770004 as Fen,
  owner: { statement: 'SECRET-statement', statementAt: READ_AT + 9, note: 'NEVER-note' },
});
const contact = contactAnswered(
  contactSeen(switchContact(NO_CONTACT, true, READ_AT), { first: '138', last: '1234' }, READ_AT),
  'phone',
  'gone',
  READ_AT,
);

function sources(part: Partial<EvidenceSources> = {}): EvidenceSources {
  return {
    bill: told,
    siteTitle: 'SECRET-site',
    ledger: [],
    planned: [],
    acts: [],
    contact,
    channelOf: (id) => (id === 'desktop' ? 'SECRET-desktop' : `SECRET-${id}`),
    deviceOf: (id) => ({ device: 'other', deviceName: id }),
    now: READ_AT + 50_000,
    ...part,
  };
}
const worlds = fc.record({ ledger: ledgers, acts }).map(sources);
const choices = fc.subarray([...EVIDENCE_FIELDS]);
const made = (world: EvidenceSources, fields: readonly EvidenceField[] = EVIDENCE_FIELDS): Promise<Evidence> =>
  chained(evidenceOf(world, fields), hash);

/** What gives each field away. */
const SECRETS: Record<EvidenceField, readonly string[]> = {
  title: ['SECRET-title', 'SECRET-site'],
  amounts: ['77,700', '7770'],
  statement: ['SECRET-statement'],
  acts: ['SECRET-via', 'snooze'],
  failures: ['SECRET-failure', 'asleep'],
  channels: ['SECRET-desktop', 'SECRET-channel', 'SECRET-gone'],
  devices: ['SECRET-device'],
  contact: ['138', '1234', 'contact-'],
};

describe('what is told', () => {
  it('a field that was not chosen is nowhere in it', () => {
    fc.assert(
      fc.property(worlds, choices, (world, fields) => {
        const { head, events } = evidenceOf(world, fields);
        const text = JSON.stringify([{ ...head, chosen: [], leftOut: [] }, events]);
        for (const field of EVIDENCE_FIELDS)
          if (!fields.includes(field)) for (const secret of SECRETS[field]) expect(text).not.toContain(secret);
        expect([...head.chosen, ...head.leftOut].sort()).toEqual([...EVIDENCE_FIELDS].sort());
      }),
    );
  });

  it('nothing of another bill, no note, and no name that holds an account', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const text = JSON.stringify(evidenceOf(world, EVIDENCE_FIELDS));
        for (const foreign of ['other-', OWN, 'NEVER-note', '|']) expect(text).not.toContain(foreign);
        const alone = { ...world, ledger: world.ledger.filter(({ billId }) => billId === OWN) };
        expect(evidenceOf(alone, EVIDENCE_FIELDS)).toEqual(evidenceOf(world, EVIDENCE_FIELDS));
      }),
    );
  });

  it('that something failed or was missed is told whatever was chosen', () => {
    const ledger = [entry({ outcome: 'failed', failure: 'SECRET-failure', missedAt: READ_AT })];
    const { events } = evidenceOf(sources({ ledger }), []);
    expect(events.map(({ what }) => what)).toEqual(expect.arrayContaining(['failed', 'not-received']));
  });

  it('a promise that was never sent stands there, as owed or as ahead', () => {
    const reminder = { billId: OWN, kind: 'before', day: day('2026-09-14') } as const;
    const planned = [
      { ...reminder, id: 'a', at: READ_AT + 1 },
      { ...reminder, id: 'b', at: READ_AT + 99_000 },
      { ...reminder, id: 'c', billId: OTHER, at: READ_AT + 1 },
    ];
    const promised = evidenceOf(sources({ planned }), []).events.filter(({ what }) => what === 'promised');
    expect(promised.map(({ facts }) => facts.state)).toEqual(['not-sent', 'ahead']);
  });

  it('an amount that nobody read is unknown, and not zero', () => {
    const { head } = evidenceOf(sources({ bill: { ...told, remainingFen: null } }), ['amounts']);
    expect(head.bill).toMatchObject({ remainingYuan: null, totalYuan: '77,700.02' });
  });
});

describe('the whole story of a bill', () => {
  const clock = (time: string) => at(`2026-09-14 ${time}`);
  const sent = entry({ plannedAt: clock('10:00'), firedAt: clock('10:00'), settledAt: clock('10:00') });
  const ledger = [
    entry({ ...sent, seen: 'acknowledged', seenAt: clock('10:40'), missedAt: clock('10:50') }),
    entry({
      ...sent,
      id: 'pushed',
      channel: 'phone',
      device: 'browser-b',
      firedAt: clock('10:30'),
      settledAt: clock('10:31'),
      outcome: 'failed',
      failure: 'no-answer',
      formerFailures: [{ at: clock('10:29'), code: 'http-500' }],
      lateMs: 1_800_000,
      lateWhy: 'asleep',
    }),
  ];
  const acts = [
    { id: 'act-2', do: 'statement', via: 'dashboard', at: clock('11:05'), until: null },
    { id: 'act-1', do: 'snooze', via: 'popup', at: clock('11:00'), until: clock('18:00') },
  ];
  const owner = { statement: '短信没有收到', statementAt: clock('11:05'), paidAt: clock('12:00') };
  const read = bill({ owedSince: clock('08:00'), readAt: clock('09:00'), missingSince: clock('13:00'), owner });
  const planned = [
    { id: 'later', billId: OWN, kind: 'due-today', day: day('2026-09-14'), at: clock('18:00') },
    { id: sent.reminderId, billId: OWN, kind: 'due-today', day: day('2026-09-14'), at: clock('10:00') },
  ] as const;
  const world = sources({ bill: read, ledger, acts, planned, channelOf: (id) => `by ${id}`, now: clock('14:00') });

  it('is told in order, each event with all that was chosen', () => {
    const { head, events } = evidenceOf(world, EVIDENCE_FIELDS);
    expect(head).toEqual({
      schema: 'duly-evidence',
      version: 1,
      madeAt: '2026-09-14T14:00:00.000+08:00',
      chosen: EVIDENCE_FIELDS,
      leftOut: [],
      bill: {
        dueDay: '2026-09-14',
        dueDayIs: 'stated',
        statementDay: '2026-09-05',
        standing: 'open',
        ownerSays: 'paid',
        title: '九月账单',
        site: 'SECRET-site',
        totalYuan: '400.00',
        remainingYuan: '386.20',
        minimumYuan: '40.00',
        lateFeeYuan: null,
      },
      count: 16,
    });
    const promise = { reminder: 'due-today', day: '2026-09-14' };
    const desktop = { ...promise, channel: 'by desktop', device: 'other', deviceName: 'device-a' };
    const phone = { ...promise, channel: 'by phone', device: 'other', deviceName: 'browser-b' };
    expect(events.map(({ at, what, facts }) => [at?.slice(5, 16), what, facts])).toEqual([
      ['09-10T12:00', 'contact-read', { phone: '138****1234' }],
      ['09-10T12:00', 'contact-said', { topic: 'phone', said: 'gone' }],
      ['09-14T08:00', 'read', { isFirst: true, dueDay: '2026-09-14' }],
      ['09-14T09:00', 'read', { by: 'responses', dueDay: '2026-09-14', dueDayIs: 'stated', remainingYuan: '386.20' }],
      ['09-14T10:00', 'promised', promise],
      ['09-14T10:00', 'fired', desktop],
      ['09-14T10:00', 'accepted', desktop],
      ['09-14T10:29', 'failed', { ...phone, why: 'http-500' }],
      ['09-14T10:30', 'fired', { ...phone, lateMs: 1_800_000, why: 'asleep' }],
      ['09-14T10:31', 'failed', { ...phone, why: 'no-answer' }],
      ['09-14T10:40', 'seen', { ...desktop, seen: 'acknowledged' }],
      ['09-14T10:50', 'not-received', desktop],
      ['09-14T11:00', 'act', { act: 'snooze', via: 'popup', until: '2026-09-14T18:00:00.000+08:00' }],
      ['09-14T11:05', 'statement', { text: '短信没有收到' }],
      ['09-14T13:00', 'gone-from-page', {}],
      ['09-14T18:00', 'promised', { ...promise, state: 'ahead' }],
    ]);
  });
});

describe('the order', () => {
  const shuffled = <T>(items: readonly T[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

  it('is one, whatever the order of what came in', () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => fc.tuple(fc.constant(world), shuffled(world.ledger), shuffled(world.acts))),
        ([world, ledger, others]) => {
          const again = evidenceOf({ ...world, ledger, acts: others as EvidenceAct[] }, EVIDENCE_FIELDS);
          expect(again).toEqual(evidenceOf(world, EVIDENCE_FIELDS));
        },
      ),
    );
  });

  it('follows time', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const moments = evidenceOf(world, EVIDENCE_FIELDS).events.map((event) => momentOf(event.at)!);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
      }),
    );
  });

  it('a moment that no calendar holds costs nothing but itself, and comes first', () => {
    const ledger = [entry({ firedAt: Number.NaN, plannedAt: 9e18 })];
    const { events } = evidenceOf(sources({ ledger }), []);
    expect(events.map((event) => event.at === null)).toEqual([true, true, ...events.slice(2).map(() => false)]);
  });

  it.each([0, READ_AT, at('2026-12-31 23:59'), 8.63e15, -1])('a moment is written and read back: %d', (ms) => {
    expect(momentOf(momentText(ms))).toBe(ms);
  });
});

describe('the chain', () => {
  it('as it was made it is whole, however it is written out', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, choices, async (world, fields) => {
        const evidence = await made(world, fields);
        for (const text of [JSON.stringify(evidence), JSON.stringify(evidence, null, 2)])
          expect(await verifyEvidence(text, hash)).toEqual({
            kind: 'whole',
            count: evidence.entries.length,
            finalHash: evidence.finalHash,
          });
      }),
      { numRuns: 30 },
    );
  });

  it('any single value that is changed is found, at the entry that holds it', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(), fc.jsonValue(), async (world, pick, value) => {
        const evidence = await made(world);
        const paths = pathsIn(evidence);
        const path = paths[pick % paths.length]!;
        const forged = changedAt(structuredClone(evidence), path, value);
        if (canonical(forged as never) === canonical(evidence as never)) return;
        const found = await verifyEvidence(JSON.stringify(forged), hash);
        if (path[0] === 'entries' && path.length > 2) expect(found).toEqual({ kind: 'broken', n: Number(path[1]) + 1 });
        else expect(found.kind).not.toBe('whole');
      }),
      { numRuns: 200 },
    );
  });

  it('an entry that is removed, moved, doubled or added is found where it was', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(), fc.nat(), async (world, a, b) => {
        const evidence = await made(world);
        const { length } = evidence.entries;
        const [i, j] = [a % length, b % length].sort((x, y) => x - y) as [number, number];
        const entryAt = (index: number) => evidence.entries[index]!;
        const forgeries: [readonly unknown[], number][] = [
          [evidence.entries.toSpliced(i, 1), i + 1],
          [evidence.entries.toSpliced(i, 0, entryAt(j)), i === j ? i + 2 : i + 1],
        ];
        if (i !== j) forgeries.push([evidence.entries.with(i, entryAt(j)).with(j, entryAt(i)), i + 1]);
        for (const [forged, n] of forgeries)
          expect(await verifyEvidence(JSON.stringify({ ...evidence, entries: forged }), hash)).toEqual({
            kind: 'broken',
            n,
          });
      }),
      { numRuns: 60 },
    );
  });

  it('an entry whose own hash was made anew is given away by the next one, the last one by the final hash', async () => {
    const evidence = await made(sources({ ledger: [entry()] }));
    for (const [i, { hash: _, ...link }] of evidence.entries.entries()) {
      const forged = { ...link, at: momentText(1) };
      const entries = evidence.entries.with(i, { ...forged, hash: await hash(canonical(forged as never)) });
      const found = await verifyEvidence(JSON.stringify({ ...evidence, entries }), hash);
      expect(found).toEqual({ kind: 'broken', n: i + 1 });
    }
  });

  it('a tail that is cut is found by the count, and by the final hash where the count was corrected too', async () => {
    const evidence = await made(sources({ ledger: [entry()] }));
    const entries = evidence.entries.slice(0, -1);
    const cut = { ...evidence, entries, finalHash: entries.at(-1)!.hash };
    expect(await verifyEvidence(JSON.stringify(cut), hash)).toEqual({ kind: 'broken', n: entries.length + 1 });
    const corrected = { ...cut, count: entries.length };
    expect(await verifyEvidence(JSON.stringify(corrected), hash)).toEqual({ kind: 'broken', n: 0 });
  });

  // Whoever reads the text sees the first, JSON.parse keeps the last.
  it.each([
    ['"finalHash":', '"finalHash":"0",'],
    ['"what":', '"what":"accepted",'],
    ['"what":', '"wh\\u0061t" :"accepted",'],
  ])('a name that stands twice in one object is no entry as it was written: %s', async (name, decoy) => {
    const text = JSON.stringify(await made(sources()));
    expect((await verifyEvidence(text, hash)).kind).toBe('whole');
    expect(await verifyEvidence(text.replace(name, decoy + name), hash)).toEqual({ kind: 'broken', n: 0 });
  });

  it('a file of endless depth is none as it was written', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = JSON.stringify(await made(sources())).replace('{"schema"', `{"x":${deep},"schema"`);
    expect(await verifyEvidence(text, hash)).toEqual({ kind: 'broken', n: 0 });
  });

  it('a whole chain that was made anew is whole, with another final hash: that is what a copy is for', async () => {
    const first = await made(sources());
    const forged = await made(sources({ bill: { ...told, remainingFen: 1 as Fen } }));
    expect((await verifyEvidence(JSON.stringify(forged), hash)).kind).toBe('whole');
    expect(forged.finalHash).not.toBe(first.finalHash);
  });

  it.each(['', '{', 'null', '[]', '{"schema":"duly-evidence"}', '{"schema":"other","entries":[]}'])(
    'what is no such file is said to be none: %s',
    async (text) => {
      expect(await verifyEvidence(text, hash)).toEqual({ kind: 'unreadable' });
    },
  );

  it('a file of a newer version is said to be one', async () => {
    const newer = { ...(await made(sources())), version: 2 };
    expect(await verifyEvidence(JSON.stringify(newer), hash)).toEqual({ kind: 'newer', version: 2 });
  });

  it.each([[[1]], [['x', null]], [[{ n: 1 }]]])(
    'entries that are none are broken, and nothing throws: %j',
    async (all) => {
      const evidence = { ...(await made(sources())), entries: all };
      expect((await verifyEvidence(JSON.stringify(evidence), hash)).kind).toBe('broken');
    },
  );
});

describe('a reminder that never came', () => {
  it('is taken back without a trace', () => {
    expect(unmissed(missed(entry(), 5))).toEqual(entry());
  });

  it('says what is known of it', () => {
    const kinds = (part: Partial<LedgerEntry>) =>
      knownOf(entry(part)).map((each) => (each.kind === 'hint' ? each.hint : each.kind));
    expect(kinds({})).toEqual(['accepted', 'focus', 'channel']);
    expect(kinds({ outcome: 'failed', failure: 'notifications-off' })).toEqual([
      'failed',
      'browser-notices',
      'channel',
    ]);
    expect(kinds({ lateWhy: 'asleep', lateMs: 9e6 })).toEqual(['accepted', 'late', 'focus', 'keep-open', 'channel']);
    expect(kinds({ channel: 'c', seen: 'closed', seenAt: 1 })).toEqual(['accepted', 'seen', 'phone-app']);
    expect(kinds({ channel: 'c', outcome: 'failed', failure: 'push-quota' })).toEqual(['failed']);
    expect(kinds({ outcome: 'fired', settledAt: null })).toEqual(['no-answer', 'focus', 'channel']);
  });
});

type Path = readonly string[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]));
}

function changedAt<T>(root: T, path: Path, value: unknown): T {
  // biome-ignore lint/suspicious/noExplicitAny: any place of any JSON.
  let place: any = root;
  for (const name of path.slice(0, -1)) place = place[name];
  place[path.at(-1)!] = value;
  return root;
}
