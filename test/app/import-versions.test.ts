/** Statement mails brought in any order, once or often: corrected ones, two cards, mails that tell little. All made up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import { importBills } from '../../src/app/import-bills.ts';
import { readImportFile } from '../../src/app/import-file.ts';
import { act } from '../../src/app/owner-acts.ts';
import type { Bill } from '../../src/core/bill.ts';
import { isPaidDisputed, isWatched } from '../../src/core/bill.ts';
import { DAY_MS } from '../../src/core/day.ts';
import { planImport } from '../../src/core/import/plan.ts';
import type { ImportedBill } from '../../src/core/import/rows.ts';
import { at } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const NOW = at('2026-08-20 10:00');

interface Written {
  readonly card?: string;
  readonly owed?: string;
  readonly minimum?: string;
  readonly due?: string;
  readonly statementDay?: string | null;
  /** August's day; null: a page saved from a mailbox, which has no date. */
  readonly sent?: number | null;
  readonly subject?: string;
}

async function read(written: Written): Promise<ImportedBill[]> {
  const { card, owed = '1,234.56', minimum, due = '2026-09-01', statementDay = '2026-08-13', sent = 14 } = written;
  const subject = written.subject ?? '招商银行信用卡电子账单';
  const body = [
    card === undefined ? '尊敬的客户' : `您尾号为${card}的信用卡`,
    ...(statementDay ? [`账单日 ${statementDay}`] : []),
    ...(due ? [`到期还款日 ${due}`] : []),
    `本期应还款额 ${owed}`,
    ...(minimum ? [`最低还款额 ${minimum}`] : []),
  ]
    .map((line) => `<p>${line}</p>`)
    .join('');
  const head =
    sent === null
      ? ''
      : `From: <a@message.cmbchina.com>\r\nSubject: ${subject}\r\nDate: ${sent} Aug 2026 08:00:00 +0800\r\nContent-Type: text/html; charset=utf-8\r\n\r\n`;
  const bytes = new TextEncoder().encode(sent === null ? `<html><title>${subject}</title>${body}</html>` : head + body);
  const file = { name: sent === null ? 'a.html' : 'a.eml', size: bytes.length, arrayBuffer: async () => bytes.buffer };
  const report = await readImportFile(file, { now: NOW, parseHtml: parsePage });
  if (report.kind !== 'rows') throw new Error(report.code);
  return report.rows.flatMap((row) => (row.kind === 'bill' ? [row.bill] : []));
}

/** The bills after each file was brought by itself, a day apart. */
function brought(files: readonly (readonly ImportedBill[])[], first: readonly Bill[] = []): Bill[] {
  const stored = new Map(first.map((bill) => [bill.id, bill]));
  files.forEach((bills, at) => {
    for (const { bill } of planImport(bills, [...stored.values()], NOW + at * DAY_MS)) stored.set(bill.id, bill);
  });
  return [...stored.values()];
}

const debts = (bills: readonly Bill[]): string[] =>
  bills.map((bill) => [bill.dueDay, bill.remainingFen, bill.minimumFen, bill.standing].join(' ')).sort();
const owed = (bills: readonly Bill[]): (number | null)[] =>
  bills.map(({ remainingFen }) => remainingFen).sort((a, b) => (a ?? -1) - (b ?? -1));
const files = (...written: Written[]): Promise<ImportedBill[][]> => Promise.all(written.map(read));

describe('of two mails of one statement the later one is right', () => {
  it.each([
    ['another amount', { card: '1234', owed: '1,334.56', sent: 16 }, '2026-09-01 133456  open'],
    ['another due day', { card: '1234', due: '2026-09-05', sent: 16 }, '2026-09-05 123456  open'],
    ['nothing left to pay', { card: '1234', owed: '0.00', sent: 16 }, '2026-09-01 0  settled'],
    ['no statement day', { card: '1234', owed: '1,334.56', statementDay: null, sent: 16 }, '2026-09-01 133456  open'],
  ])('%s', async (_, later, expected) => {
    const [first = [], second = []] = await files({ card: '1234' }, later);
    expect(debts(brought([first, second]))).toEqual([expected]);
    expect(debts(brought([second, first]))).toEqual([expected]);
    expect(debts(brought([[...second, ...first, ...second]]))).toEqual([expected]);
  });

  it('and says so, with what it was before', async () => {
    const [first = [], second = []] = await files({ card: '1234' }, { card: '1234', owed: '1,334.56', sent: 16 });
    const stored = brought([first]);
    expect(planImport(second, stored, NOW)).toMatchObject([
      { change: 'changed', standpoint: 'corrects', former: { remainingFen: 123456 }, bill: { remainingFen: 133456 } },
    ]);
    expect(planImport(first, brought([second]), NOW)).toMatchObject([{ change: 'same', standpoint: 'older' }]);
  });

  it('no minimum of the former amount is kept', async () => {
    const [first = [], second = []] = await files(
      { card: '1234', minimum: '61.73' },
      { card: '1234', owed: '99.00', sent: 16 },
    );
    expect(debts(brought([first, second]))).toEqual(['2026-09-01 9900  open']);
    expect(debts(brought([second, first]))).toEqual(['2026-09-01 9900  open']);
  });

  it('but one that hides its amount corrects none', async () => {
    const [first = [], second = []] = await files({ card: '1234' }, { card: '1234', owed: '****', sent: 16 });
    for (const order of [
      [first, second],
      [second, first],
    ])
      expect(debts(brought(order))).toEqual(['2026-09-01 123456  open']);
  });

  it('next month, and a month whose statement day was misread, are other statements', async () => {
    const given = await files(
      { card: '1234' },
      { card: '1234', statementDay: '2026-09-13', due: '2026-10-01', sent: 15 },
      { card: '1234', due: '2026-10-01', owed: '5.00', sent: 16 },
    );
    expect(owed(brought(given.slice(0, 2)))).toEqual([123456, 123456]);
    expect(owed(brought([given[0]!, given[2]!]))).toEqual([500, 123456]);
  });
});

describe('in doubt both stay', () => {
  it.each<[string, Written, Written]>([
    ['no card is named', {}, { owed: '99.00', sent: 16 }],
    ['only one names its card', { card: '1234' }, { owed: '99.00', sent: 16 }],
    ['one has no date', { card: '1234' }, { card: '1234', owed: '99.00', sent: null }],
    ['both were sent at one moment', { card: '1234' }, { card: '1234', owed: '99.00' }],
    [
      'one was passed on',
      { card: '1234' },
      { card: '1234', owed: '99.00', sent: 16, subject: 'Fwd: 招商银行电子账单' },
    ],
  ])('%s', async (_, one, other) => {
    const [first = [], second = []] = await files(one, other);
    for (const order of [
      [first, second],
      [second, first],
      [second, first, second, first],
    ])
      expect(owed(brought(order))).toEqual([9900, 123456]);
    expect(planImport(second, brought([first]), NOW)).toMatchObject([{ change: 'new', standpoint: 'in-doubt' }]);
  });

  it('two cards are no doubt', async () => {
    const [first = [], second = []] = await files({ card: '1234' }, { card: '5678', owed: '99.00', sent: 16 });
    expect(planImport(second, brought([first]), NOW)[0]).not.toHaveProperty('standpoint');
    expect(owed(brought([first, second]))).toEqual([9900, 123456]);
  });

  describe('two cards whose marks happen to agree', () => {
    // Of two digits: one pair of cards in 97 has the same.
    const CARDS = ['1234', '1268'] as const;

    it('are two bills: no card has two statements of other amounts in the days that statements are mailed', async () => {
      const [one = [], other = []] = await files({ card: CARDS[0] }, { card: CARDS[1], owed: '99.00', sent: 15 });
      expect(one[0]!.key, 'the marks agree').toBe(other[0]!.key);
      for (const order of [
        [one, other],
        [other, one],
        [one, other, one, other],
      ])
        expect(owed(brought(order))).toEqual([9900, 123456]);
      expect(planImport(other, brought([one]), NOW)).toMatchObject([{ change: 'new', standpoint: 'in-doubt' }]);
    });

    it('and a later mail, of which nobody can tell whose it is, takes the place of neither', async () => {
      const [one = [], other = [], later = []] = await files(
        { card: CARDS[0] },
        { card: CARDS[1], owed: '99.00', sent: 15 },
        { card: CARDS[1], owed: '50.00', sent: 18 },
      );
      expect(owed(brought([one, other, later, later]))).toEqual([5000, 9900, 123456]);
      expect(owed(brought([one, other, other.map((bill) => ({ ...bill, sentAt: later[0]!.sentAt! }))]))).toEqual([
        9900, 123456,
      ]);
    });
  });

  it('the account that both are paid from is no card of theirs', async () => {
    for (const words of ['还款账户 尾号9999', '约定还款账号：6217 **** **** 9999', '扣款卡 尾号9999']) {
      const given = await files({ owed: `1,234.56</p><p>${words}` }, { owed: `99.00</p><p>${words}`, sent: 16 });
      expect(owed(brought(given)), words).toEqual([9900, 123456]);
    }
  });
});

describe('a bill that an earlier version stored is known again', () => {
  const KEYS = ['statement:cmb:2026-09-01', 'statement:cmb:2026-09-01:2'];
  it.each([undefined, '1234'])('by its key, its day and its amount: card %s', async (card) => {
    const [given = []] = await files(card === undefined ? {} : { card });
    const [now] = brought([given]);
    for (const key of [...KEYS, now!.key]) {
      const { sentAt: _, ...former } = {
        ...now!,
        key,
        id: `statement/cmb/${key}`,
        owner: { note: '我的', paidAt: NOW },
      };
      const bills = brought([given, given], [former]);
      expect(bills.map(({ id, owner, remainingFen }) => [id, owner, remainingFen])).toEqual([
        [former.id, former.owner, 123456],
      ]);
      expect(isPaidDisputed(bills[0]!)).toBe(false);
    }
  });

  it('and takes the mark of its card, so that another card is another bill', async () => {
    const [one = [], other = [], plain = []] = await files({ card: '1234' }, { card: '5678' }, {});
    const former = brought([plain]).map(({ sentAt: _, ...bill }) => bill);
    const bills = brought([one, other, one, other], former);
    expect(bills).toHaveLength(2);
    expect(new Set(bills.map(({ id }) => id)).size).toBe(2);
  });
});

describe('marked as paid', () => {
  const paidAfter = async (later: Written): Promise<Bill[]> => {
    const store = memoryStore();
    const { ports } = portsOver(store, { now: NOW });
    const [first = [], second = []] = await files({ card: '1234' }, { card: '1234', sent: 16, ...later });
    await importBills(ports, first, false);
    await act(ports, { do: 'paid', billId: (await store.allBills())[0]!.id, via: 'popup' });
    ports.at(NOW + 60_000);
    await importBills(ports, second, false);
    return store.allBills();
  };

  it('a bill that a later mail makes higher is owed again', async () => {
    const [bill, ...others] = await paidAfter({ owed: '1,334.56' });
    expect(others).toEqual([]);
    expect(isWatched(bill!)).toBe(true);
    expect(bill).toMatchObject({ remainingFen: 133456, owedSince: NOW + 60_000 });
  });

  it.each<[string, Written]>([
    ['lower', { owed: '1,134.56' }],
    ['no other', {}],
    ['better known', { minimum: '61.73' }],
  ])('one that it makes %s stays paid, and says nothing', async (_, later) => {
    const [bill, ...others] = await paidAfter(later);
    expect(others).toEqual([]);
    expect(isWatched(bill!) || isPaidDisputed(bill!)).toBe(false);
  });
});

describe('laws', () => {
  const CARDS = [undefined, '1234', '5678'];
  const AMOUNTS = ['1,234.56', '99.00', '0.00', '****'];

  it('the same files end in the same bills, in whatever order, once or often, together or one by one', async () => {
    const known = new Map<string, ImportedBill[]>();
    for (const card of CARDS)
      for (const owed of AMOUNTS)
        for (const sent of [14, 16, 17, null])
          for (const due of ['2026-09-01', '2026-09-05', '2026-10-01']) {
            const written = { card, owed, sent, due, statementDay: due < '2026-10' ? '2026-08-13' : '2026-09-13' };
            known.set(JSON.stringify(written), await read(written as Written));
          }
    const all = [...known.values()];
    // One card's mails of one moment tell one amount.
    const isClear = (chosen: readonly ImportedBill[][]): boolean => {
      const at = (bill: ImportedBill) => `${bill.key.replace(/:2026.*/, '')} ${bill.statementDay} ${bill.sentAt}`;
      const marked = chosen.flat().filter(({ key, sentAt }) => key.includes(':c') && sentAt !== null);
      return new Set(marked.map(at)).size === new Set(marked).size;
    };
    const worlds = fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 6 }).filter(isClear);
    const orders = worlds.chain((given) =>
      fc.record({
        given: fc.constant(given),
        other: fc.shuffledSubarray([...given, ...given], { minLength: 0 }),
        rest: fc.shuffledSubarray(given, { minLength: given.length }),
      }),
    );
    fc.assert(
      fc.property(orders, ({ given, other, rest }) => {
        const bills = brought(given);
        const another = brought([...other, ...rest]);
        expect(debts(another)).toEqual(debts(bills));
        expect(debts(brought([[...rest, ...other].flat()]))).toEqual(debts(bills));
        expect(new Set(another.map(({ id }) => id)).size).toBe(another.length);
        // Brought once more, nothing changes.
        expect(brought(given, bills)).toEqual(bills);
      }),
      { numRuns: Number(process.env.LAWS_RUNS ?? 2000) },
    );
  }, 60_000);

  it('no bill is lost: of each card and month, the latest amount is there, and every amount that nothing outdates', async () => {
    const written = CARDS.flatMap((card) =>
      AMOUNTS.slice(0, 3).flatMap((owed, nth) =>
        [[14, 16, 17][nth]!, null].map((sent) => ({ card, owed, sent }) as Written),
      ),
    );
    const all = await Promise.all(written.map(async (each) => ({ ...each, bills: await read(each) })));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (given) => {
        const left = owed(brought(given.map(({ bills }) => bills)));
        for (const { card, sent, bills } of given) {
          const isOutdated =
            card !== undefined && sent !== null && given.some((one) => one.card === card && (one.sent ?? 0) > sent!);
          if (!isOutdated) expect(left).toContain(bills[0]!.remainingFen);
        }
        const cards = (of: string | undefined) => given.filter(({ card }) => card === of);
        const most = CARDS.reduce((sum, card) => {
          const dated = cards(card).filter(({ sent }) => sent !== null);
          const undated = cards(card).filter(({ sent }) => sent === null);
          const amounts = new Set(cards(card).map((one) => one.owed)).size;
          return sum + (card === undefined ? amounts : Math.min(1, dated.length) + undated.length);
        }, 0);
        expect(left.length, 'no bill is doubled').toBe(most);
      }),
      { numRuns: Number(process.env.LAWS_RUNS ?? 2000) },
    );
  });
});
