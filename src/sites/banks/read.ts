/** A bank's page by its labels alone. It covers no family: what it does not list may stand on another of its pages. */
import type { Reading } from '../../core/reading.ts';
import { readLabels } from '../labels/read.ts';
import { type PageView, type SiteManifest, toReadBill } from '../site.ts';

/** Null on a page without a bill: most pages of a bank are none. */
export function readBank({ title }: SiteManifest, { document, today }: PageView): Reading | null {
  if (!document) return null;
  const { part, why } = readLabels(document, { today, title, dueAfterStatementDays: null });
  if (part.bills.length) {
    const bills = part.bills.map(toReadBill).map((bill) => ({ ...bill, title: named(bill.title, title) }));
    return { kind: 'bills', bills, covered: [], accountMarker: null };
  }
  return why === 'amounts-hidden' ? { kind: 'unreadable', why } : null;
}

/** Every bank has a 9月账单: the bank's name stands before it. */
function named(title: string, bank: string): string {
  return title.startsWith(bank) ? title : `${bank} ${title}`;
}
