/** A made-up person's bills, put into the real IndexedDB past the extension: for pictures, measurements and long lists. */
import type { SiteState } from '../../src/app/ports.ts';
import { type Bill, billId, watchDayOf } from '../../src/core/bill.ts';
import { addDays, DAY_MS, type Day, dayOf, HOUR_MS, type Instant, startOf } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';

export type Rows = Readonly<Record<string, readonly object[]>>;

interface Debt {
  readonly siteId: string;
  readonly title: string;
  readonly dueIn: number | null;
  readonly fen: number | null;
  readonly part?: Partial<Bill>;
}

const DEBTS: readonly Debt[] = [
  { siteId: 'jd-baitiao', title: '白条 11 月账单', dueIn: 2, fen: 128_055, part: { minimumFen: 12_806 as Fen } },
  { siteId: 'hand', title: '向小陈借的钱', dueIn: 5, fen: 60_000, part: { source: 'hand' } },
  { siteId: 'bank-cmb', title: '招商银行信用卡', dueIn: 9, fen: 346_720, part: { source: 'labels' } },
  { siteId: 'jd-baitiao', title: '手机分期 第 4/12 期', dueIn: 16, fen: 41_658, part: { family: 'loan' } },
  {
    siteId: 'jd-baitiao',
    title: '白条未出账',
    dueIn: 33,
    fen: 23_900,
    part: { dueDayIs: 'estimated', family: 'unissued' },
  },
  { siteId: 'jd-baitiao', title: '白条 10 月账单', dueIn: -28, fen: 0, part: { standing: 'settled' } },
  { siteId: 'jd-baitiao', title: '白条 9 月账单', dueIn: -58, fen: 0, part: { standing: 'settled' } },
];
const ENGLISH = [
  'Baitiao, November',
  'Owed to Chen',
  'CMB credit card',
  'Phone, instalment 4/12',
  'Baitiao, not issued yet',
  'Baitiao, October',
  'Baitiao, September',
];

/** A few bills of every kind, and what was told of the first. */
export function homeRows(now: Instant, language: 'zh' | 'en' = 'zh'): Rows {
  const bills = DEBTS.map((debt, i) => row(language === 'en' ? { ...debt, title: ENGLISH[i]! } : debt, `m${i}`, now));
  const [first] = bills;
  const account = { account: 'default', why: null, at: now - 3 * HOUR_MS, lastMonthly: null, signedOutSince: null };
  const read = { billsReadAt: now - 3 * HOUR_MS, issuedReadAt: now - 3 * HOUR_MS };
  const sites: SiteState[] = ['jd-baitiao'].map((siteId) => ({
    ...account,
    ...read,
    siteId,
    kind: 'bills',
  }));
  return { bills, sites, ledger: told(first!, now) };
}

/** In a title, each as it stands: nothing of it may run, turn a page round or push it out of shape. */
export const HOSTILE = `<img src=x onerror="document.title='ran'">\u202e${'长'.repeat(470)}🧧`;

const HARD: readonly Debt[] = [
  {
    siteId: 'jd-baitiao',
    title: '逾期的账单',
    dueIn: -10,
    fen: 100_000,
    part: { overdueFeeFen: 700 as Fen, minimumFen: 10_000 as Fen },
  },
  {
    siteId: 'jd-baitiao',
    title: '前后不一致的账单',
    dueIn: 0,
    fen: 50_000,
    part: {
      doubts: [
        {
          field: 'remainingFen',
          values: [
            { source: 'responses', value: 50_000 },
            { source: 'labels', value: 5_000 },
          ],
        },
      ],
    },
  },
  { siteId: 'jd-baitiao', title: '不再列出的账单', dueIn: 1, fen: 8_000, part: { standing: 'unknown' } },
  { siteId: 'jd-baitiao', title: '金额未知的账单', dueIn: 3, fen: null },
  { siteId: 'hand', title: '没有还款日的账单', dueIn: null, fen: 4_200, part: { source: 'hand' } },
  { siteId: 'file', title: '最大的金额', dueIn: 2, fen: 9_999_999_999, part: { source: 'file' } },
  { siteId: 'hand', title: '一分钱', dueIn: 4, fen: 1, part: { source: 'hand' } },
  { siteId: 'jd-baitiao', title: '标记过已还的账单', dueIn: 6, fen: 20_000 },
  { siteId: 'jd-baitiao', title: '不再提醒的账单', dueIn: 8, fen: 30_000 },
];

/** Overdue, doubtful, unknown, marked, the least and the most; the account page asks to sign in. */
export function hardRows(now: Instant): Rows {
  const marks: Readonly<Record<number, Bill['owner']>> = {
    5: { note: '备注' },
    7: { paidAt: now - 9 * HOUR_MS },
    8: { mutedAt: now - HOUR_MS },
  };
  const bills = HARD.map(({ part, ...debt }, i) =>
    row({ ...debt, part: { ...part, ...(marks[i] ? { owner: marks[i] } : {}) } }, `h${i}`, now),
  );
  const { sites = [] } = homeRows(now);
  return {
    bills: bills.map((bill, i) => (i === 2 ? { ...bill, missingSince: now - HOUR_MS } : bill)),
    sites: sites.map((site) => ({ ...site, kind: 'signed-out', signedOutSince: now - HOUR_MS })),
    ledger: told(bills[0]!, now).map((entry) => ({ ...entry, outcome: 'failed', failure: 'notifications-off' })),
  };
}

/** One bill of `HOSTILE` words, of which a notice was told. */
export function hostileRows(now: Instant): Rows {
  const debt: Debt = { siteId: 'hand', title: HOSTILE, dueIn: 2, fen: 9_999_999_999 };
  const bill = row({ ...debt, part: { source: 'hand', owner: { note: HOSTILE, statement: HOSTILE } } }, 'x', now);
  return { bills: [bill], ledger: told(bill, now) };
}

/** `count` open bills, `each` day with some. */
export function manyRows(count: number, now: Instant): Rows {
  const bills = Array.from({ length: count }, (_, i) =>
    row({ siteId: 'jd-baitiao', title: `账单 ${i + 1}`, dueIn: 2 + (i % 300), fen: 10_000 + i }, `n${i}`, now),
  );
  return { bills };
}

function row({ siteId, title, dueIn, fen, part }: Debt, key: string, now: Instant): object {
  const today = dayOf(now);
  const dueDay: Day | null = dueIn === null ? null : addDays(today, dueIn);
  // Today, also in the first hours of a day: the page's late fee is one of so many days.
  const readAt = Math.max(now - 3 * HOUR_MS, startOf(today));
  const bill: Bill = {
    id: billId(siteId, 'default', key),
    siteId,
    account: 'default',
    family: 'issued',
    key,
    title,
    dueDay,
    dueDayIs: 'stated',
    statementDay: dueDay && addDays(dueDay, -10),
    totalFen: fen as Fen | null,
    remainingFen: fen as Fen | null,
    minimumFen: null,
    overdueFeeFen: null,
    standing: 'open',
    doubts: [],
    source: 'responses',
    owedSince: readAt,
    readAt,
    owner: {},
    ...part,
  };
  const watchDay = watchDayOf(bill);
  return watchDay === undefined ? bill : { ...bill, watchDay };
}

function told(bill: object, now: Instant): LedgerEntry[] {
  const { id, dueDay } = bill as Bill;
  return [7, 3].map((lead, i): LedgerEntry => {
    const at = now - (5 - i * 4) * DAY_MS;
    const reminderId = `${id}|before|${dueDay}|-${lead}`;
    return {
      id: `${reminderId}|desktop|made-up`,
      reminderId,
      billId: id,
      kind: 'before',
      day: dueDay!,
      channel: 'desktop',
      device: 'made-up',
      noticeId: reminderId,
      plannedAt: at,
      firedAt: at + i * HOUR_MS,
      outcome: 'accepted',
      settledAt: at + i * HOUR_MS,
      failure: null,
      lateMs: i * HOUR_MS,
      lateWhy: i ? 'asleep' : null,
      seen: i ? 'acknowledged' : 'unknown',
      seenAt: i ? at + 2 * HOUR_MS : null,
    };
  });
}

/** Runs in a page of the extension; the database must be there already. */
export function putRows(rows: Record<string, object[]>): Promise<void> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open('duly');
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction(Object.keys(rows), 'readwrite');
      for (const [table, all] of Object.entries(rows)) for (const one of all) writing.objectStore(table).put(one);
      writing.onerror = () => failed(writing.error);
      writing.oncomplete = () => {
        opening.result.close();
        done();
      };
    };
  });
}
