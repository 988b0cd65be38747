/** Bills from files, written in one transaction: all of them, or none. And taken back in one. */
import { type Bill, MOST_BINNED } from '../core/bill.ts';
import { type PlannedBill, planImport } from '../core/import/plan.ts';
import type { ImportedBill } from '../core/import/rows.ts';
import { canonical, type Json } from '../core/record/record.ts';
import { monthlyState } from './edit-bill.ts';
import type { BillsChange, BillsKnown, Ports, SiteState } from './ports.ts';

export interface Imported {
  /** What `undoImport` asks for; null where nothing was written. */
  readonly id: string | null;
  readonly added: number;
  readonly changed: number;
}

/** What an import wrote, and what stood there before: null where nothing did. */
interface Wrote {
  readonly former: Bill | null;
  readonly bill: Bill;
}

export interface LastImport {
  readonly id: string;
  readonly bills: readonly Wrote[];
  readonly states: readonly { readonly former: SiteState | null; readonly state: SiteState }[];
}

export interface Undone {
  readonly undone: number;
  /** Bills that were changed since the import: they stay as they are. */
  readonly kept: number;
}

type Doors = Pick<Ports, 'store' | 'clock' | 'ids'>;

/** `isMonthly`: next month's statement of each lender is expected, and asked for. */
export async function importBills(
  { store, clock, ids }: Doors,
  given: readonly ImportedBill[],
  isMonthly: boolean,
): Promise<Imported> {
  const [now, id] = [clock.now(), ids.next()];
  let imported: Imported = { id: null, added: 0, changed: 0 };
  await store.rewriteBills((known) => {
    const planned = planImport(given, known.bills, now);
    const bills = writtenBy(planned);
    const states = isMonthly ? monthlyStates(planned, known.states, now) : [];
    if (bills.length + states.length === 0) return null;
    const added = bills.filter(({ former }) => former === null).length;
    imported = { id: bills.length > 0 ? id : null, added, changed: bills.length - added };
    const put = bills.map(({ bill }) => bill);
    return { put, putStates: states.map(({ state }) => state), lastImport: { id, bills, states } };
  });
  return imported;
}

/** Of a bill that the files bring more than once, what it was before all of them and what it is after. */
function writtenBy(planned: readonly PlannedBill[]): LastImport['bills'] {
  const written = new Map<string, Wrote>();
  for (const { change, former, bill } of planned) {
    const first = written.get(bill.id) ?? { former };
    if (change !== 'same') written.set(bill.id, { former: first.former, bill });
  }
  return [...written.values()];
}

function monthlyStates(
  planned: readonly PlannedBill[],
  known: readonly SiteState[],
  now: number,
): LastImport['states'] {
  const states = new Map(known.map((state) => [nameOf(state), state]));
  const put = new Map<string, LastImport['states'][number]>();
  for (const { bill } of planned) {
    const former = states.get(nameOf(bill)) ?? null;
    const latest = put.get(nameOf(bill))?.state ?? former;
    const isLatest = bill.dueDay !== null && bill.dueDay > (latest?.lastMonthly?.dueDay ?? '');
    if (bill.siteId === 'statement' && isLatest)
      put.set(nameOf(bill), { former, state: monthlyState(bill, bill.account, now) });
  }
  return [...put.values()];
}

/** Null when it is not the last import, or was taken back already. */
export async function undoImport({ store, clock }: Pick<Doors, 'store' | 'clock'>, id: string): Promise<Undone | null> {
  let undone: Undone | null = null;
  await store.rewriteBills((known) => {
    if (known.lastImport?.id !== id) return null;
    const { change, ...counts } = takenBack(known.lastImport, known, clock.now());
    undone = counts;
    return change;
  });
  return undone;
}

/** What the owner deleted since stays deleted, what they or another reading changed since stays as it is. */
function takenBack(
  done: LastImport,
  { bills, states, bin }: BillsKnown,
  now: number,
): Undone & { readonly change: BillsChange } {
  const stored = new Map(bills.map((bill) => [bill.id, bill]));
  const untouched: Wrote[] = [];
  const kept: Wrote[] = [];
  for (const wrote of done.bills) {
    const since = stored.get(wrote.bill.id);
    if (isSame(since, wrote.bill)) untouched.push(wrote);
    else if (since || wrote.former) kept.push(wrote);
  }
  // The next statement of a lender whose bill stays is still asked for.
  const own = done.states.filter(
    ({ state }) =>
      isSame(
        states.find((known) => nameOf(known) === nameOf(state)),
        state,
      ) && !kept.some(({ bill }) => nameOf(bill) === nameOf(state)),
  );
  const remove = untouched.flatMap(({ former, bill }) => (former ? [] : [bill]));
  const binned = new Set(bin.map(({ bill }) => bill.id));
  const added = remove.filter((bill) => !binned.has(bill.id)).map((bill) => ({ bill, state: null, at: now }));
  const change: BillsChange = {
    put: untouched.flatMap(({ former }) => former ?? []),
    remove: remove.map((bill) => bill.id),
    putStates: own.flatMap(({ former }) => former ?? []),
    removeStates: own.flatMap(({ former, state }) => (former ? [] : [state])),
    // Behind what the owner deleted one by one, which a whole file must not push out.
    bin: [...bin, ...added].slice(0, MOST_BINNED),
    lastImport: null,
  };
  return { undone: untouched.length, kept: kept.length, change };
}

function nameOf({ siteId, account }: Pick<SiteState, 'siteId' | 'account'>): string {
  return `${siteId}/${account}`;
}

function isSame(one: Bill | SiteState | undefined, other: Bill | SiteState): boolean {
  return one !== undefined && canonical(one as unknown as Json) === canonical(other as unknown as Json);
}
