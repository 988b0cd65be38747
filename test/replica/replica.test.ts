import { request } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Account, dayAfter, makeAccount, remainingFenOf } from './account.ts';
import { type Replica, startReplica } from './server.ts';

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

let replica: Replica;
beforeAll(async () => {
  replica = await startReplica({ today: '2026-09-11' });
});
afterAll(() => replica.close());

function ask(method: 'GET' | 'POST', host: string, path: string, form = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: replica.port, method, path, headers: { host }, rejectUnauthorized: false },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', body }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(form);
  });
}

const post = async (name: string, form = '') =>
  JSON.parse((await ask('POST', 'baitiao.jd.com', `/v3/ious/${name}`, form)).body);

it('shows one bill due in three days, one settled, one not yet issued', async () => {
  replica.setAccount('two-bills');
  const { billList, totalCount, result } = await post('getBillList', 'pageNum=1&pageSize=10');
  expect(result.isSuccess).toBe(true);
  expect(totalCount).toBe(2);
  expect(billList[0]).toMatchObject({
    billLimitDate: '2026-09-14 00:00:00',
    billDate: '2026-09-05 00:00:00',
    sdpAmt: 386.2,
    billAmt: 486.2,
    minPayAmt: 48.62,
  });
  expect(billList[1]).toMatchObject({ sdpAmt: 0, status: '2' });
  expect(await post('queryNotOutAccount')).toMatchObject({
    billNOTOut: { sdpAmt: 800, billDate: '2026-10-05 00:00:00' },
  });
});

it('puts the sums into a single-quoted hidden input', async () => {
  const { body } = await ask('GET', 'baitiao.jd.com', '/v3/ious/list?from=myzc-left-jrbt');
  const value = /<input type="hidden" id="assetsAggregated" value='([^']*)'>/.exec(body)?.[1] ?? '';
  expect(JSON.parse(value)).toMatchObject({
    unPaidForAll: 1186.2,
    bill: { curBillShouldPayAmount: 386.2 },
    result: { isSuccess: true },
  });
  for (const tab of ['已出账单', '未出账单', '还款流水', '退款记录', '消费明细']) expect(body).toContain(tab);
});

it('pages a long list, each bill once', async () => {
  replica.setAccount('many-bills');
  const pages = await Promise.all([1, 2, 3].map((pageNum) => post('getBillList', `pageNum=${pageNum}&pageSize=10`)));
  expect(pages.map((page) => page.billList.length)).toEqual([10, 10, 3]);
  expect(pages[0]).toMatchObject({ totalCount: 23, pageCount: 3 });
  expect(new Set(pages.flatMap((page) => page.billList.map((bill: { billId: string }) => bill.billId))).size).toBe(23);
});

it('sends a signed-out visitor to the sign-in page and back', async () => {
  replica.setAccount('signed-out');
  const away = await ask('GET', 'baitiao.jd.com', '/v3/ious/list');
  expect(away.status).toBe(302);
  expect(away.location).toBe(
    'https://passport.jd.com/new/login.aspx?ReturnUrl=https%3A%2F%2Fbaitiao.jd.com%2Fv3%2Fious%2Flist',
  );
  expect((await post('getBillList')).result.isSuccess).toBe(false);
  const back = await ask(
    'POST',
    'passport.jd.com',
    '/uc/loginService?ReturnUrl=https%3A%2F%2Fbaitiao.jd.com%2Fv3%2Fious%2Flist',
  );
  expect(back.location).toBe('https://baitiao.jd.com/v3/ious/list');
  expect((await post('getBillList')).result.isSuccess).toBe(true);
});

it('never sends a visitor to another site after signing in', async () => {
  const back = await ask('POST', 'passport.jd.com', '/uc/loginService?ReturnUrl=https%3A%2F%2Fevil.example%2F');
  expect(back.location).toBe('https://baitiao.jd.com/v3/ious/list');
});

it('tells an account without 白条 from one that owes nothing', async () => {
  replica.setAccount('no-account');
  expect((await ask('GET', 'baitiao.jd.com', '/v3/ious/list')).body).toContain('暂未开通白条');
  replica.setAccount('empty');
  expect((await post('getBillList')).totalCount).toBe(0);
});

it('moves its bills with its day', async () => {
  replica.setAccount('overdue');
  replica.setToday('2026-10-01');
  expect((await post('getBillList')).billList[0]).toMatchObject({
    billLimitDate: '2026-09-29 00:00:00',
    realOverDays: '2',
  });
});

it('keeps due day = statement day + 9 on every day of two years', () => {
  for (let at = 0; at < 730; at++) {
    const today = dayAfter('2027-01-01', at);
    const { issued, unissued } = makeAccount('two-bills', today) as Account;
    expect(issued[0]?.dueDay).toBe(dayAfter(today, 3));
    for (const bill of issued) {
      expect(bill.dueDay).toBe(dayAfter(bill.billDay, 9));
      expect(remainingFenOf(bill)).toBeGreaterThanOrEqual(0);
    }
    expect((unissued?.billDay ?? '') > today).toBe(true);
  }
});
