/** The browser found its database damaged, and began an empty one without a word: what the owner has to know of it. */
import { askBill, type Bill } from './bill.ts';
import { DAY_MS, type Instant, isInstant } from './day.ts';

export interface Lost {
  readonly at: Instant;
  /** When the copy was made that brought the bills back; null: there was none that could be read. */
  readonly copiedAt: Instant | null;
  /** How many came back. */
  readonly bills: number;
  /** The key of a vault is in no copy: this browser has to join again. */
  readonly wasSyncing: boolean;
}

/** Asked until the owner has seen it. It is this browser's own: no other one hears of it. */
export function lostBills(lost: Lost | null, device: string): Bill[] {
  if (!lost) return [];
  // The planner asks at ten on the day after: so it comes today, or at the first ten o'clock.
  const since = lost.at - DAY_MS;
  return [askBill('records-lost', { siteId: 'duly-lost', account: device, key: `${lost.at}`, title: '', since })];
}

export function soundLost(raw: unknown): Lost | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { at, copiedAt, bills, wasSyncing } = raw as Partial<Lost>;
  if (!isInstant(at)) return null;
  return {
    at,
    copiedAt: isInstant(copiedAt) ? copiedAt : null,
    bills: Number.isSafeInteger(bills) ? bills! : 0,
    wasSyncing: wasSyncing === true,
  };
}
