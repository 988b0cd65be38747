import { expect, it } from 'vitest';
import type { Day } from '../../src/core/day.ts';
import { MOST_BILLS } from '../../src/core/reading.ts';
import { parsePageMessage } from '../../src/messages/page.ts';
import { readerFor } from '../../src/sites/readers.ts';

const url = new URL('https://baitiao.jd.com/v3/ious/list');

function readingOf(count: number) {
  const billList = Array.from({ length: count }, (_, at) => ({
    billId: `a${at}`,
    sdpAmt: 1.1,
    billLimitDate: '2026-09-20',
  }));
  const body = JSON.stringify({ result: { isSuccess: true }, currentPage: 1, totalCount: count, billList });
  const responses = [{ url: 'https://baitiao.jd.com/v3/ious/getBillList', method: 'POST', status: 200, body }];
  return readerFor(url)!.read({ url, document: null, responses, now: 0, today: '2026-09-06' as Day });
}

it('more bills than the background takes from one page are a page that cannot be read, and the owner hears of it', () => {
  expect(readingOf(MOST_BILLS)).toMatchObject({ kind: 'bills' });
  const reading = readingOf(MOST_BILLS + 1);
  expect(reading).toEqual({ kind: 'unreadable', why: 'page-too-large' });
  expect(parsePageMessage({ from: 'page', siteId: 'jd-baitiao', reading })).not.toBeNull();
});
