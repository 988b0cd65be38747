/** Bills from files, written in one transaction: all of them, or none. */
import { planImport } from '../core/import/plan.ts';
import type { ImportedBill } from '../core/import/rows.ts';
import { monthlyState } from './edit-bill.ts';
import type { Ports, SiteState } from './ports.ts';

export interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
}

/** `isMonthly`: next month's statement of each lender is expected, and asked for. */
export async function importBills(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  bills: readonly ImportedBill[],
  isMonthly: boolean,
): Promise<Imported> {
  const now = clock.now();
  let imported: Imported = { added: 0, changed: 0, same: 0 };
  await store.rewriteBills((known) => {
    const planned = planImport(bills, known.bills, now);
    const count = (change: string): number => planned.filter((one) => one.change === change).length;
    imported = { added: count('new'), changed: count('changed'), same: count('same') };
    const put = planned.filter(({ change }) => change !== 'same').map(({ bill }) => bill);
    const statements = isMonthly ? planned.map(({ bill }) => bill).filter(({ siteId }) => siteId === 'statement') : [];
    const states = new Map(known.states.map((state) => [`${state.siteId}/${state.account}`, state]));
    const putStates = new Map<string, SiteState>();
    for (const bill of statements) {
      const name = `${bill.siteId}/${bill.account}`;
      const former = putStates.get(name) ?? states.get(name);
      const isLatest = bill.dueDay !== null && bill.dueDay > (former?.lastMonthly?.dueDay ?? '');
      if (isLatest) putStates.set(name, monthlyState(bill, bill.account, now));
    }
    return { put, putStates: [...putStates.values()] };
  });
  return imported;
}
