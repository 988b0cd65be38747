/** How large the records of a long life are: what a first join must carry. */
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { addDays, DAY_MS } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import { ackProjected } from '../../../src/core/record/ack-record.ts';
import { billProjected } from '../../../src/core/record/bill-record.ts';
import { capture } from '../../../src/core/record/capture.ts';
import { newClock } from '../../../src/core/record/clock.ts';
import { entry } from '../../contracts/store-contract.ts';
import { at, bill, day } from '../made-up.ts';

const NOW = at('2026-09-12 09:00');
const account = 'a3f1c29b5be0d7e4a3f1c29b5be0d7e4a3f1c29b5be0d7e4a3f1c29b5be0d7e4';

it('10 000 bills with two acknowledgements each: at most 13 MB of text, 1.2 MB compressed; the bills alone 600 kB', () => {
  let dice = 7;
  const roll = (below: number): number => {
    dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0;
    return dice % below;
  };
  const bills = Array.from({ length: 10_000 }, (_, index) => {
    const key = `${20_000_000_000 + index * 7919 + roll(5000)}`;
    const dueDay = addDays(day('2026-09-14'), -(index % 700));
    const readAt = NOW - (index % 700) * DAY_MS - roll(3_600_000);
    const totalFen = roll(500_000) as Fen;
    const owner = index % 3 ? { paidAt: readAt + roll(9_000_000) } : {};
    const id = `jd-baitiao/${account}/${key}`;
    return bill({
      id,
      siteId: 'jd-baitiao',
      account,
      key,
      dueDay,
      statementDay: addDays(dueDay, -9),
      readAt,
      owedSince: readAt,
      totalFen,
      remainingFen: 0 as Fen,
      standing: 'settled',
      owner,
    });
  });
  const acks = bills.flatMap((each) =>
    ['-3', '10'].map((slot) => {
      const reminderId = `${each.id}|due-today|${each.dueDay}|${slot}`;
      const [plannedAt, firedAt, seenAt] = [each.readAt, each.readAt + roll(9000), each.readAt + roll(900_000)];
      return entry({
        id: `${reminderId}|desktop|device-a`,
        reminderId,
        billId: each.id,
        day: each.dueDay!,
        noticeId: reminderId,
        plannedAt,
        firedAt,
        seen: 'acknowledged',
        seenAt,
      });
    }),
  );
  const clock = newClock('3f2504e0-4f89-41d3-9a0c-0305e82c3301');
  const ofBills = capture(
    new Map(),
    bills.map((each) => billProjected(each)),
    clock,
    NOW,
  ).changed;
  const ofAcks = capture(new Map(), acks.map(ackProjected), clock, NOW).changed;
  const [billText, allText] = [JSON.stringify(ofBills), JSON.stringify([...ofBills, ...ofAcks])];
  const [billGz, allGz] = [gzipSync(billText).length, gzipSync(allText).length];
  expect(ofBills.length + ofAcks.length).toBe(30_000);
  expect(billGz).toBeLessThan(600_000);
  expect(allText.length).toBeLessThan(13_000_000);
  expect(allGz).toBeLessThan(1_200_000);
});
