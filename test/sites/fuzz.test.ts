/**
 * Mutants of every saved page and set of answers. The laws: reading never throws; an amount or a stated day that is
 * reported stands on the mutant; what is lost never settles a bill and never widens what is covered; `settled` needs a
 * zero or a word of payment. FUZZ_RUNS sets how many (20 000 unless told).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import { type Day, dayOf, parseDay } from '../../src/core/day.ts';
import { parseFen } from '../../src/core/money.ts';
import type { ReadBill, Reading } from '../../src/core/reading.ts';
import { readJdBaitiao } from '../../src/sites/jd-baitiao/read.ts';
import type { PageResponse } from '../../src/sites/site.ts';
import { ALL, COSMETIC, LOSSY, type Material, type Mutation, SPLIT, seenOn } from './mutate.ts';

interface Base {
  readonly name: string;
  readonly url: URL;
  readonly now: number;
  readonly html: string | null;
  readonly responses: readonly PageResponse[];
  readonly reading: Reading;
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 20_000);
const folder = join(import.meta.dirname, 'jd-baitiao');
/** A million runs on demand take an hour or two. */
const timeout = Math.max(600_000, RUNS * 30);
const parser = new new Window().DOMParser();

let runs = 0;

/** happy-dom's weak references are let go between two turns of the event loop only. */
async function breathe(): Promise<void> {
  if (++runs % 100 === 0) await setImmediate();
}

function materialOf({ html, responses }: Pick<Base, 'html' | 'responses'>): Material {
  const document = html === null ? null : (parser.parseFromString(html, 'text/html') as unknown as Document);
  return { document, bodies: responses.map(({ body }) => body) };
}

function readMaterial(base: Pick<Base, 'url' | 'now' | 'responses'>, { document, bodies }: Material): Reading {
  const responses = base.responses.map((response, n) => ({ ...response, body: bodies[n] as string }));
  const page = { url: base.url, document, responses, now: base.now, today: dayOf(base.now) };
  return readJdBaitiao(page) ?? { kind: 'unreadable', why: 'layout-unknown' };
}

const bases: Base[] = readdirSync(join(folder, 'expected')).flatMap((name) => {
  const { url, at, files } = JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as {
    url: string;
    at: string;
    files: string[];
  };
  if (url.startsWith('https://example.com')) return [];
  const texts = files.map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
  const html = texts.find(([file]) => file.endsWith('.html'))?.[1] ?? null;
  const responses = texts.flatMap(([file, text]) =>
    file.endsWith('.json') ? (JSON.parse(text) as PageResponse[]) : [],
  );
  const base = { name, url: new URL(url), now: Date.parse(at), html, responses };
  return [{ ...base, reading: readMaterial(base, materialOf(base)) }];
});

const mutation = (kinds: readonly string[]): fc.Arbitrary<Mutation> =>
  fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(200), how: fc.nat(2000) });

function mutate(base: Base, mutations: readonly Mutation[]): Material {
  const material = materialOf(base);
  for (const { kind, at, how } of mutations) ALL[kind]?.(material, at, how);
  return material;
}

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;
const DAY = /\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|\d{1,2} ?月 ?\d{1,2} ?[日号]|\d{13}/g;

function checkSeen(reading: Reading, material: Material, today: Day): void {
  if (reading.kind !== 'bills') return;
  const seen = seenOn(material);
  const amounts = new Set([...seen.matchAll(NUMBER)].map(([text]) => parseFen(text)));
  const days = new Set(
    [...seen.matchAll(DAY)].map(([text]) =>
      parseDay(/\d{13}|[日号]$/.test(text) ? text : `${text.replace(/ ?[年月] ?/g, '-')}`.replaceAll(' ', ''), today),
    ),
  );
  for (const bill of reading.bills) {
    for (const fen of [bill.remainingFen, bill.totalFen, bill.minimumFen, bill.overdueFeeFen]) {
      if (fen !== null) expect(amounts, `${fen} fen stands on the page`).toContain(fen);
    }
    if (bill.dueDay && bill.dueDayIs === 'stated') expect(days).toContain(bill.dueDay);
    if (bill.statementDay) expect(days).toContain(bill.statementDay);
    if (bill.standing === 'settled') expect(seen).toMatch(/结 ?清|还 ?清|无[须需]|(?<![\d.,])0+(?:\.0+)?(?![\d.,])/);
  }
}

/** It has kept one of the two, or lost both. */
function mayBe({ family, dueDay, remainingFen }: ReadBill, bill: ReadBill): boolean {
  const isBare = dueDay === null && remainingFen === null && family === bill.family;
  return isBare || dueDay === bill.dueDay || remainingFen === bill.remainingFen;
}

/** What a person would miss, were it different. */
function gist(reading: Reading): string {
  if (reading.kind !== 'bills') return JSON.stringify(reading);
  const bills = reading.bills.map(({ dueDay, remainingFen, minimumFen, standing }) =>
    [dueDay, remainingFen, minimumFen, standing].join(),
  );
  return JSON.stringify([bills.sort(), reading.covered]);
}

it('no mutant makes up an amount, a day or a payment', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bases),
      fc.array(mutation(Object.keys(ALL)), { minLength: 1, maxLength: 5 }),
      async (base, mutations) => {
        await breathe();
        const material = mutate(base, mutations);
        checkSeen(readMaterial(base, material), material, dayOf(base.now));
      },
    ),
    { numRuns: Math.ceil(RUNS / 2) },
  );
});

it('losing information settles nothing and covers nothing more', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bases),
      fc.array(mutation(Object.keys(LOSSY)), { minLength: 1, maxLength: 2 }),
      async (base, mutations) => {
        await breathe();
        const material = mutate(base, mutations);
        const reading = readMaterial(base, material);
        if (reading.kind !== 'bills') return;
        // Without a value and the label behind it, the page itself says that nothing is owed (seed -1999038829).
        const saysZero = /应还:0\.00/.test(seenOn(material).replace(/\s/g, ''));
        const before = base.reading.kind === 'bills' ? base.reading : { bills: [], covered: [] };
        for (const family of reading.covered) expect(before.covered).toContain(family);
        for (const bill of before.bills) {
          if (bill.standing !== 'open') continue;
          const after = reading.bills.find(({ key }) => key === bill.key);
          if (after) expect(after.standing === 'settled' && !saysZero, `${bill.key} is settled`).toBe(false);
          else if (reading.covered.includes(bill.family)) {
            const found = reading.bills.some((other) => mayBe(other, bill));
            expect(found, `${bill.key} is still there`).toBe(true);
          }
        }
      },
    ),
    { numRuns: Math.ceil(RUNS / 4) },
  );
});

const FIELDS = ['remainingFen', 'totalFen', 'minimumFen', 'overdueFeeFen', 'dueDay', 'statementDay'] as const;

it('a figure in several elements is read whole or not at all', { timeout }, async () => {
  let [same, all] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bases.filter(({ html }) => html !== null)),
      fc.array(mutation(Object.keys(COSMETIC)), { maxLength: 1 }),
      fc.array(mutation(Object.keys(SPLIT)), { minLength: 1, maxLength: 3 }),
      async (base, cosmetic, splits) => {
        await breathe();
        const material = mutate(base, cosmetic);
        const whole = readMaterial(base, material);
        for (const { kind, at, how } of splits) SPLIT[kind]?.(material, at, how);
        const reading = readMaterial(base, material);
        all++;
        if (gist(reading) === gist(whole)) same++;
        if (reading.kind !== 'bills') return;
        // The reader that is left may be the one that was doubted; and wrapping may mend what the spaces tore (seed 1038343097).
        const bills = [base.reading, whole].flatMap((each) => (each.kind === 'bills' ? each.bills : []));
        const known = new Set<unknown>([null]);
        for (const bill of bills) {
          for (const field of FIELDS) known.add(bill[field]);
          for (const { values } of bill.doubts) for (const { value } of values) known.add(value);
        }
        for (const bill of reading.bills) for (const field of FIELDS) expect(known).toContain(bill[field]);
      },
    ),
    { numRuns: Math.ceil(RUNS / 4) },
  );
  console.log(`read fully though figures are split: ${((same / all) * 100).toFixed(2)} % of ${all}`);
});

it('a loan that lost its day and its amount is still there (seed 840832564)', () => {
  const base = bases.find(({ name }) => name === '2018-loan-null-plans.json')!;
  const lost = [43, 91].map((at): Mutation => ({ kind: 'drop-field', at, how: 0 }));
  const reading = readMaterial(base, mutate(base, lost));
  expect(reading).toMatchObject({ bills: [{ family: 'loan', dueDay: null, remainingFen: null, standing: 'unknown' }] });
});

it('a value whose own label is gone is not the next one’s (seed 840832564)', () => {
  const base = bases.find(({ name }) => name === 'labels-dl.json')!;
  const html = base.html!.replace('违约金：', '').replace('<dd>386.20元</dd>', '');
  const reading = readMaterial(base, materialOf({ html, responses: [] }));
  expect(reading).toMatchObject({ bills: [{ dueDay: '2026-09-14', remainingFen: null, standing: 'unknown' }] });
});

it('a day whose digits are as many elements as there are columns is no row of its own (seed 1094822476)', () => {
  const base = bases.find(({ name }) => name === 'labels-div-grid.json')!;
  const parts = '<div><div>2</div>0<div>2</div>6<div>-</div>0<div>8</div>-<div>0</div>5</div>';
  const html = base.html!.replace('2026-08-05', parts);
  expect(html).not.toBe(base.html);
  const reading = readMaterial(base, materialOf({ html, responses: [] }));
  expect(reading.kind === 'bills' && reading.bills.map(({ remainingFen }) => remainingFen)).toEqual([38620, null]);
});

it('the last digit of a row that is cut to pieces is not the next one’s amount, nor part of its day (seed 1748668315)', () => {
  const base = bases.find(({ name }) => name === 'labels-div-grid.json')!;
  const html = base
    .html!.replace('2026-09-05', '<b>20</b><b>26.</b><b>09.</b><b>05</b>')
    .replace('2026-09-14', '2026.09.14')
    .replace('386.20', '38<div>6.2</div>0');
  const reading = readMaterial(base, materialOf({ html, responses: [] }));
  const bills = reading.kind === 'bills' && reading.bills.map(({ dueDay, remainingFen }) => [dueDay, remainingFen]);
  expect(bills).toEqual([['2026-09-14', null], expect.anything()]);
});

it('spaces around a number do not part it from its decimals (seed 1038343097)', () => {
  const base = bases.find(({ name }) => name === 'labels-cards.json')!;
  const html = base.html!.replace('<b>12</b>', '<b> 12 </b>').replace('<i>.20</i>', '<i> .20</i>');
  expect(gist(readMaterial(base, materialOf({ html, responses: [] })))).toBe(gist(base.reading));
});

it('cosmetic changes are read through', { timeout }, async () => {
  let [same, all] = [0, 0];
  const changed = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bases.filter(({ html }) => html !== null)),
      fc.array(mutation(Object.keys(COSMETIC)), { minLength: 1, maxLength: 3 }),
      async (base, mutations) => {
        await breathe();
        const isSame = gist(readMaterial(base, mutate(base, mutations))) === gist(base.reading);
        all++;
        if (isSame) same++;
        else changed.set(base.name, (changed.get(base.name) ?? 0) + 1);
      },
    ),
    { numRuns: Math.ceil(RUNS / 4) },
  );
  const share = same / all;
  const worst = [...changed].sort((a, b) => b[1] - a[1]).slice(0, 8);
  console.log(
    `read fully after cosmetic mutations: ${(share * 100).toFixed(2)} % of ${all}`,
    worst.map(([name, n]) => `${name} ${n}`).join(', '),
  );
  expect(share).toBeGreaterThanOrEqual(0.99);
});
