/** A real reminder in one minute: through storage, alarm, wake, plan, delivery and ledger, not only the transport. */
import { askBill, type Bill } from '../core/bill.ts';
import { type Instant, MINUTE_MS } from '../core/day.ts';
import type { Ports } from './ports.ts';

export const SELF_TEST_ID = 'duly/self-test';
/** After this long an unanswered test is no longer planned. */
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS;

export async function startSelfTest({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<Instant> {
  const at = clock.now() + MINUTE_MS;
  await store.saveSelfTest({ at, wasSeen: null });
  return at;
}

/** The owner's word on whether it was seen. */
export async function answerSelfTest({ store }: Pick<Ports, 'store'>, wasSeen: boolean): Promise<void> {
  const test = await store.selfTest();
  if (test) await store.saveSelfTest({ ...test, wasSeen });
}

/** The test as the planner sees it: one slot, at its moment. */
export function selfTestBill(at: Instant, now: Instant): Bill[] {
  if (now - at > FORGOTTEN_MS) return [];
  return [askBill('self-test', { siteId: 'duly', account: 'self-test', key: `${at}`, title: '', since: at })];
}
