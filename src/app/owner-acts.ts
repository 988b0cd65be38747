/** What the owner does to a bill or a notice. Each act has its undo, and none of them is a guess of ours. */
import type { BillId } from '../core/bill.ts';
import type { Instant } from '../core/day.ts';
import type { Seen } from '../core/reminder/reminder.ts';
import type { Ports } from './ports.ts';

export type OwnerAct =
  | { readonly do: 'paid' | 'unpaid' | 'mute' | 'unmute' | 'unsnooze'; readonly billId: BillId }
  | { readonly do: 'snooze'; readonly billId: BillId; readonly until: Instant };

/** False when there is no such bill. */
export function act({ store, clock }: Pick<Ports, 'store' | 'clock'>, owner: OwnerAct): Promise<boolean> {
  const now = clock.now();
  return store.mark(owner.billId, (marks) => {
    switch (owner.do) {
      case 'paid':
        return { ...marks, paidAt: now };
      case 'unpaid':
        return { ...marks, paidAt: undefined };
      case 'mute':
        return { ...marks, mutedAt: now };
      case 'unmute':
        return { ...marks, mutedAt: undefined };
      case 'snooze':
        return { ...marks, snoozedAt: now, snoozedUntil: owner.until };
      case 'unsnooze':
        return { ...marks, snoozedAt: undefined, snoozedUntil: undefined };
    }
  });
}

/** What became of a notice. Closing it acknowledges nothing. */
export async function see({ store, clock }: Pick<Ports, 'store' | 'clock'>, noticeId: string, seen: Seen): Promise<BillId[]> {
  const entries = await store.recordSeen(noticeId, seen, clock.now());
  return [...new Set(entries.map((entry) => entry.billId))];
}

/** Acknowledges this bill's part of the latest notice that named it; false when there was none. */
export async function acknowledge(ports: Pick<Ports, 'store' | 'clock'>, billId: BillId): Promise<boolean> {
  const entries = await ports.store.ledgerOf([billId]);
  const delivered = entries.filter((entry) => entry.outcome === 'accepted');
  const latest = delivered.reduce<(typeof delivered)[number] | null>((a, b) => (a && a.firedAt >= b.firedAt ? a : b), null);
  if (!latest) return false;
  await ports.store.recordSeen(latest.noticeId, 'acknowledged', ports.clock.now(), billId);
  return true;
}
