/** Answers that were once read wrongly: what contradicts itself, or says less than it seems to. All data made up. */
import { describe, expect, it, vi } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import { dayOf } from '../../src/core/day.ts';
import type { ReadBill, Reading } from '../../src/core/reading.ts';
import { parsePageMessage } from '../../src/messages/page.ts';
import { readJdBaitiao } from '../../src/sites/jd-baitiao/read.ts';
import type { PageResponse } from '../../src/sites/site.ts';

const now = Date.parse('2026-09-11T10:00:00+08:00');
const OK = { isSuccess: true, code: '00000', info: 'success' };
const PATHS = {
  issued: 'baitiao.jd.com/v3/ious/getBillList',
  unissued: 'baitiao.jd.com/v3/ious/queryNotOutAccount',
  detail: 'baitiao.jd.com/v3/ious/getBillOrderDetail',
  loans: 'baitiao.jd.com/v3/ious/getJtDetailList',
  privilege: 'baitiao.jd.com/v3/ious/getBtPrivilege',
  overview: 'trade.jr.jd.com/async/creditData.action',
  first: 'ms.jr.jd.com/gw/generic/bt/h5/m/firstScreenNew',
} as const;

function answer(path: keyof typeof PATHS, data: unknown, requestBody?: string): PageResponse {
  const body = typeof data === 'string' ? data : JSON.stringify(data);
  const url = `https://${PATHS[path]}`;
  return { url, method: 'POST', status: 200, body, ...(requestBody === undefined ? {} : { requestBody }) };
}

function read(responses: readonly PageResponse[], html: string | null = null): Reading | null {
  const url = new URL('https://baitiao.jd.com/v3/ious/list');
  return readJdBaitiao({ url, document: html === null ? null : parsePage(html), responses, now, today: dayOf(now) });
}

/** Each bill as `key remaining standing`, a `?` behind what is doubted; then what is covered. */
function seen(responses: readonly PageResponse[], html: string | null = null): string {
  const reading = read(responses, html);
  if (reading?.kind !== 'bills') return reading?.kind === 'unreadable' ? reading.why : `${reading?.kind}`;
  const bills = reading.bills.map(
    ({ key, remainingFen, standing, doubts }) => `${key} ${remainingFen} ${standing}${doubts.length ? '?' : ''}`,
  );
  return [...bills, [...reading.covered].sort().join('+')].join(' | ');
}

/** A reading that the background refuses would be lost without a word. */
function isTold(responses: readonly PageResponse[], html: string | null = null): readonly ReadBill[] {
  const reading = read(responses, html);
  expect(parsePageMessage({ from: 'page', siteId: 'jd-baitiao', reading })).not.toBeNull();
  return reading?.kind === 'bills' ? reading.bills : [];
}

const bill = (billId: string | null, sdpAmt: number, more: object = {}): object => ({
  ...(billId ? { billId, billDate: '2026-09-05 00:00:00', billLimitDate: '2026-09-14 00:00:00' } : {}),
  billAmt: 486.2,
  sdpAmt,
  ...more,
});
const issued = (billList: readonly object[] | null, more: object = {}): PageResponse =>
  answer('issued', { billList, currentPage: 1, totalCount: billList?.length ?? 0, result: OK, ...more });
const loans = (detailsInfo: readonly object[], more: object = {}, request?: string): PageResponse =>
  answer('loans', { detailsInfo, pageNum: 1, totalCount: detailsInfo.length, result: OK, ...more }, request);
const plan = (more: object): object => ({ planId: 'JP1', limitPayDate: '2026-09-20 00:00:00', amount: 1000, ...more });
const embedded = (data: object): string =>
  `<body><input id="assetsAggregated" value='${JSON.stringify({ result: OK, ...data })}'></body>`;

const OUT = { result: { isSuccess: false, code: '00001', info: '请先登录' } };
const CHALLENGED = { result: { isSuccess: false, code: '1', info: '请完成安全验证' } };
const ZEROS = embedded({ bill: { unPaidForAll: 0, overdueAmount: 0 }, bullion: { unPaidForAll: 0, overdueAmount: 0 } });

describe('a page of nobody', () => {
  it.each([
    ['an empty list beside a refusal to tell', [issued([]), answer('unissued', OUT)], null, 'signed-out'],
    ['zeros of the page', [answer('unissued', OUT)], ZEROS, 'signed-out'],
    [
      'zeros of an answer',
      [answer('privilege', { outstandingAmount: 0, result: OK }), answer('issued', OUT)],
      null,
      'signed-out',
    ],
    ['zeros beside a challenge', [answer('unissued', CHALLENGED)], ZEROS, 'challenge'],
    ['zeros beside words', [], ZEROS.replace('<body>', '<body><p>您尚未登录</p>'), 'signed-out'],
    ['zeros beside other words', [issued([])], '<body><p>请先登录</p></body>', 'signed-out'],
  ] as const)('%s', (_name, responses, html, kind) => {
    expect(seen(responses, html)).toBe(kind);
  });

  it('keeps the bills that came before, and covers nothing by zeros', () => {
    expect(seen([issued([bill('B1', 386.2)]), answer('issued', OUT)], ZEROS)).toBe('B1 38620 open | issued');
    expect(seen([issued([bill('B1', 0)]), answer('issued', OUT)], ZEROS)).toBe('B1 0 settled | issued');
  });
});

describe('a total of zero', () => {
  it('covers nothing beside an open bill of its family', () => {
    const html = embedded({ bill: { unPaidForAll: 0, curBillShouldPayAmount: 386.2, billLimitPay: '2026-09-14' } });
    expect(seen([], html)).toBe('due:2026-09-14 38620 open | ');
    const privilege = answer('privilege', { outstandingAmount: 0, result: OK });
    expect(seen([issued([bill('B1', 12)], { totalCount: 2 }), privilege])).toBe('B1 1200 open | ');
  });

  it('covers nothing beside a list that goes on', () => {
    expect(seen([issued([bill('B1', 0)], { totalCount: 2 })], ZEROS)).toBe('B1 0 settled | loan');
  });

  it('covers its families where nothing contradicts', () => {
    expect(seen([], ZEROS)).toBe('issued+loan+unissued');
  });
});

it('a zero of a page that was left open for a day covers nothing', () => {
  const at = new URL('https://baitiao.jd.com/v3/ious/list');
  const document = parsePage(ZEROS);
  const look = (openMs: number): Reading | null => {
    vi.stubGlobal('document', document);
    vi.stubGlobal('performance', { timeOrigin: now - openMs, now: () => openMs });
    const reading = readJdBaitiao({ url: at, document, responses: [issued([bill('B1', 0)])], now, today: dayOf(now) });
    vi.unstubAllGlobals();
    return reading;
  };
  expect(look(3_600_000)).toMatchObject({ covered: ['issued', 'unissued', 'loan'] });
  expect(look(86_400_000)).toMatchObject({ covered: ['issued'] });
});

describe('whole lists', () => {
  it('one bill told twice in different words is one', () => {
    expect(seen([issued([bill('B1', 12), bill('B1', 12, { canPlan: '1' })])])).toBe('B1 1200 open | ');
  });

  it('two entries without id or day are two bills, and no whole list', () => {
    expect(seen([issued([bill(null, 12), bill(null, 12)])])).toBe('issued 1200 open | issued:2 1200 open | ');
  });

  it('the list of all and that of unpaid loans do not fill each other up', () => {
    const first = { jdOrderNo: 'L1', plans: [plan({})] };
    const other = { jdOrderNo: 'L2', plans: [plan({ planId: 'JP2', amount: 20 })] };
    const all = loans([first], { totalCount: 2 }, 'pageNum=1&funCode=ALL');
    expect(seen([all, loans([other], { totalCount: 2 }, 'pageNum=1&funCode=UPAY')])).toBe(
      'JP1 100000 open | JP2 2000 open | ',
    );
    expect(seen([all, loans([first, other], {}, '{"pageNum":1,"funCode":"UPAY"}')])).toBe(
      'JP1 100000 open | JP2 2000 open | loan',
    );
  });

  it('a loan in both lists is one bill', () => {
    const loan = { jdOrderNo: 'L1', outstandingAmount: 20, currentDueDate: '2026-09-20', currentShouldPay: 20 };
    const both = [
      loans([loan], {}, 'pageNum=1&funCode=ALL'),
      loans([{ ...loan, currShowPage: 2 }], {}, 'pageNum=1&funCode=UPAY'),
    ];
    expect(seen(both)).toBe('loan:2026-09-20 2000 open | loan');
  });

  it('are whole with their last page, whatever total the first one gives', () => {
    const first = issued([bill('B1', 12)], { pageCount: 2 });
    expect(seen([first])).toBe('B1 1200 open | ');
    const other = issued([bill('B2', 20)], { pageCount: 2, currentPage: 2 });
    expect(seen([first, other])).toBe('B1 1200 open | B2 2000 open | issued');
  });

  it('a bill or a plan is as the page that came last has it, whichever page or list that is', () => {
    const [first, second] = [1, 2].map(
      (currentPage) => (sdpAmt: number) => issued([bill('B1', sdpAmt)], { currentPage, totalCount: 2 }),
    );
    expect(seen([first!(12), second!(12), first!(0)])).toBe('B1 0 settled | ');
    const list = (code: string, more: object): PageResponse =>
      loans([{ jdOrderNo: 'L1', plans: [plan(more)] }], {}, `pageNum=1&funCode=${code}`);
    const paid = list('ALL', { status: '1', finishPayDate: '2026-09-11 09:00:00' });
    expect(seen([list('ALL', {}), list('UPAY', {}), paid])).toBe('loan');
  });

  it('a carried-over bill is as the detail that came last has it', () => {
    const detail = (billId: string, sdpAmt: number): PageResponse =>
      answer('detail', { lastbill: { sdpAmt, billLimitDate: '2026-08-14' }, result: OK }, `billId=${billId}`);
    expect(seen([issued([bill('B1', 12)]), detail('B1', 210), detail('B2', 0)])).toBe(
      'B1 1200 open | due:2026-08-14 0 settled | issued',
    );
  });

  it('a bill of which nothing but its lines was seen, twice, is one', () => {
    const lines = { billList: [{ sdpAmt: 12 }], result: OK };
    const [all, newest] = ['billId=B7', 'billId=B7&billType=1'].map((sent) => answer('detail', lines, sent));
    expect(seen([all!, newest!])).toBe('B7 null unknown | ');
  });

  it('that are none, beside a zero that they contradict, are no reading', () => {
    const zero = embedded({ bill: { unPaidForAll: 0 } });
    expect(seen([issued(null, { totalCount: null })], zero)).toBe('layout-unknown');
  });

  it('of which a page with nothing but paid plans was seen tell what is paid', () => {
    const paid = plan({ status: '1', finishPayDate: '2026-09-01' });
    const reading = read([loans([{ jdOrderNo: 'L1', plans: [paid] }], { totalCount: 2 })]);
    expect(reading).toMatchObject({ kind: 'bills', bills: [], covered: [], paidKeys: ['JP1'] });
  });

  it('of a thousand paid plans and more are told nevertheless', () => {
    const plans = Array.from({ length: 1200 }, (_, n) => plan({ planId: `JP${n}`, finishPayDate: '2026-08-19' }));
    isTold([loans([{ jdOrderNo: 'L1', plans }]), issued([bill('B1', 12)])]);
  });
});

describe('words of success', () => {
  const debt = { dueDate: '2026-09-14', remainAmount: '386.20' };

  it('under a name that nobody knows: a debt is doubted, and a zero or an empty list is no evidence', () => {
    const renamed = (data: object): string => seen([answer('issued', { code: 0, msg: '成功', data })]);
    expect(renamed({ list: [debt] })).toBe('due:2026-09-14 38620 open? | ');
    expect(renamed({ list: [{ ...debt, remainAmount: 0 }] })).toBe('due:2026-09-14 null unknown? | ');
    expect(renamed({ list: [] })).toBe('answer-refused');
    expect(seen([answer('issued', { billList: [], totalCount: 0 })])).toBe('answer-refused');
    expect(seen([answer('first', { code: '0', data: debt })])).toBe('due:2026-09-14 38620 open? | ');
  });

  it('under new names, too: two debts of one day are two', () => {
    const list = (...amounts: number[]): object => ({
      list: amounts.map((remainAmount) => ({ ...debt, remainAmount })),
    });
    expect(seen([answer('issued', list(12)), answer('loans', list(20, 12, 20))])).toBe(
      'due:2026-09-14 1200 open? | due:2026-09-14:2 2000 open? | due:2026-09-14:3 1200 open? | ',
    );
  });

  it('that are words of failure: nothing beside them is a debt', () => {
    const refused = { result: { isSuccess: false, code: '1' }, list: [debt] };
    expect(seen([answer('issued', refused)])).toBe('answer-refused');
    expect(seen([answer('issued', { msg: '请先登录', list: [debt] })])).toBe('signed-out');
    expect(seen([answer('first', { resultCode: 5, data: debt })])).toBe('answer-refused');
  });
});

it('three readers that disagree in everything doubt each field once', () => {
  const block = { bill: { curBillShouldPayAmount: 300, curBillShouldPayMinAmount: 30, billLimitPay: '2026-09-15' } };
  const words =
    '<p>9月账单 已结清</p><p>最后还款日 2026-09-16</p><p>剩余应还 200.00元</p><p>最低还款 20.00元</p><p>账单金额 999.00元</p>';
  const answers = [issued([bill('B1', 386.2, { status: '2', minPayAmt: 48.62, isCurBill: '1' })])];
  const html = embedded(block).replace('</body>', `<div>${words}</div></body>`);
  const [first] = isTold(answers, html);
  expect(first?.doubts.map(({ field }) => field).sort()).toEqual([
    'dueDay',
    'minimumFen',
    'remainingFen',
    'standing',
    'totalFen',
  ]);
  expect(first?.doubts.find(({ field }) => field === 'dueDay')?.values).toEqual([
    { source: 'responses', value: '2026-09-14' },
    { source: 'embedded', value: '2026-09-15' },
    { source: 'labels', value: '2026-09-16' },
  ]);
});

describe('a plan', () => {
  const one = (more: object): string => seen([loans([{ jdOrderNo: 'L1', plans: [plan(more)] }])]);

  it('of which nothing was paid is not settled by a zero', () => {
    expect(one({ payAmount: 0, status: '0', shouldPayAmount: 0 })).toBe('JP1 null unknown? | loan');
  });

  it('that is paid but for a fee stays open', () => {
    const paid = {
      status: '1',
      payAmount: 1000,
      finishPayDate: '2026-09-10',
      shouldPayAmount: 0,
      shouldPayOverAmount: 12,
    };
    expect(one(paid)).toBe('JP1 1200 open? | loan');
    const reading = read([loans([{ jdOrderNo: 'L1', plans: [plan(paid)] }])]);
    expect(reading?.kind === 'bills' && reading.paidKeys).toEqual([]);
  });
});

describe('the coming bill', () => {
  it('of zero beside a total above zero is open and doubted', () => {
    const data = { billNOTOut: { billId: 'N1', billDate: '2026-10-05 00:00:00', sdpAmt: 0 }, sdpAmt: 800 };
    expect(seen([answer('unissued', data)])).toBe('N1 80000 open? | unissued');
  });

  it('of an answer that says no is not believed', () => {
    expect(seen([answer('unissued', { isSuccess: 'false', billNOTOut: null, sdpAmt: 0 })])).toBe('answer-refused');
  });
});

describe('the overview', () => {
  const overview = (more: object): string =>
    seen([
      answer('overview', { actStatus: 2, jtActStatus: 2, creditWaitPay: '0.00', jtCreditWaitPay: '0.00', ...more }),
    ]);

  it('白条 that was never activated is no account, unless something is owed or 金条 is active', () => {
    expect(overview({})).toBe('no-account');
    expect(overview({ jtCreditWaitPay: '20.00' })).toBe('sum:jintiao 2000 open | ');
    expect(overview({ creditWaitPay: '12.00' })).toBe('sum:baitiao 1200 open | loan');
    expect(overview({ jtActStatus: 1 })).toBe('loan');
  });

  it('an overdue amount without a total is a debt of which nothing else is known', () => {
    const overdue = { actStatus: 3, creditWaitPay: null, delinquencyBalance: '88.00' };
    expect(overview(overdue)).toBe('sum:baitiao null unknown | loan');
  });

  it('says of nothing that it is paid where 旅游白条 is owed', () => {
    expect(overview({ actStatus: 3, tourCreditWaitPay: '500.00' })).toBe('layout-unknown');
  });
});

describe('the first screen of the app', () => {
  const first = (title: string, amount: string): string =>
    seen([answer('first', { resultCode: 0, resultData: { data: { bill: { title, amount } } } })]);

  it.each([
    ['9月待还', '386.20', 'current 38620 open | '],
    ['剩余待还', '386.20', 'sum:baitiao 38620 open | '],
    ['剩余待还', '0.00', 'issued+unissued'],
    ['全部待还', '386.20', 'sum:baitiao 38620 open | '],
    ['未来7天待还', '0.00', 'layout-unknown'],
    ['7日内待还', '0.00', 'layout-unknown'],
    ['近7日待还', '20.00', 'layout-unknown'],
    ['逾期待还', '0.00', 'layout-unknown'],
    ['逾期待还', '12.00', 'current 1200 open | '],
  ])('%s %s', (title, amount, is) => {
    expect(first(title, amount)).toBe(is);
  });

  it.each(['9月待还', '全部待还'])('%s: a zero of a 白条 that is not opened is that of no bill', (title) => {
    const data = (state: string, amount: string): object => ({ quota: { state }, bill: { title, amount } });
    const shown = (state: string, amount: string): string =>
      seen([answer('first', { resultCode: 0, resultData: { data: data(state, amount) } })]);
    expect(shown('0', '0.00')).toBe('layout-unknown');
    expect(shown('0', '12.00')).toContain('1200 open');
    expect(shown('1', '0.00')).not.toBe('layout-unknown');
  });
});

describe('bytes and names', () => {
  it('a mark before good JSON does not matter', () => {
    const { body } = issued([bill('B1', 12)]);
    expect(seen([answer('issued', `\ufeff${body}`)])).toBe('B1 1200 open | issued');
  });

  it.each([
    ['the one name in the head', '<ul><li id="ttbar"><a class="nickname">甲</a></li></ul>', '甲'],
    ['two names', '<p class="nickname">甲</p><p class="nickname">乙</p>', null],
    ['a name in comments', '<div class="comment-item"><b class="nickname">甲</b></div>', null],
    ['a name in the main part', '<main><b class="nickname">甲</b></main>', null],
  ])('%s', (_name, html, marker) => {
    const reading = read([issued([bill('B1', 12)])], `<body>${html}</body>`);
    expect(reading?.kind === 'bills' && reading.accountMarker).toBe(marker);
  });

  it('an account is told by its own number where no name is shown', () => {
    const privilege = answer('privilege', { creditAccountId: '12340001', outstandingAmount: 12, result: OK });
    const reading = read([privilege]);
    expect(reading?.kind === 'bills' && reading.accountMarker).toBe('12340001');
    expect(JSON.stringify(reading?.kind === 'bills' && reading.bills)).not.toContain('12340001');
  });
});
