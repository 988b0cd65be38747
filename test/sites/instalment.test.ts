import { describe, expect, it } from 'vitest';
import type { Day } from '../../src/core/day.ts';
import { parsePageMessage } from '../../src/messages/page.ts';
import { readerFor } from '../../src/sites/readers.ts';

const url = new URL('https://baitiao.jd.com/v3/ious/list');

function read(planedAmt: unknown) {
  const item = { billId: '900000000000000101', billLimitDate: '2026-09-14', sdpAmt: 386.2, billAmt: 686.2, planedAmt };
  const body = JSON.stringify({ billList: [item], totalCount: 1, result: { isSuccess: true } });
  const responses = [{ url: 'https://baitiao.jd.com/v3/ious/getBillList', method: 'POST', status: 200, body }];
  return readerFor(url)!.read({ url, document: null, responses, now: 0, today: '2026-09-06' as Day })!;
}

describe('the part of a bill that was moved to instalments', () => {
  it('is kept, and passes to the background', () => {
    const reading = read('300.00');
    expect(reading).toMatchObject({ bills: [{ remainingFen: 38620, instalmentFen: 30000 }] });
    expect(parsePageMessage({ from: 'page', siteId: 'jd-baitiao', reading })).not.toBeNull();
  });

  it.each([0, null, undefined, '--'])('is not told where there is none: %s', (none) => {
    const reading = read(none);
    expect(reading.kind === 'bills' && 'instalmentFen' in reading.bills[0]!).toBe(false);
  });
});
