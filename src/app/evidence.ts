/** What is kept for an appeal: the story of one bill as a chain, the owner's own words, and "this one never came". */
import type { BillId, OwnerMarks } from '../core/bill.ts';
import { type EvidenceField, evidenceOf } from '../core/evidence.ts';
import { chained, type Evidence, type EvidenceCheck, verifyEvidence } from '../core/evidence-chain.ts';
import { missed, unmissed } from '../core/missed.ts';
import { recipeIdOf } from '../core/recipe.ts';
import { DESKTOP } from '../core/reminder/chain.ts';
import { siteById } from '../sites/index.ts';
import { lookAhead } from './look-ahead.ts';
import type { Ports } from './ports.ts';

type Doors = Pick<Ports, 'store' | 'clock' | 'ids' | 'sync'>;

/** Null when there is no such bill. */
export async function evidenceFor(
  { store, clock, ids, sync }: Doors,
  billId: BillId,
  fields: readonly EvidenceField[],
): Promise<Evidence | null> {
  const bill = await store.bill(billId);
  if (!bill) return null;
  const [ledger, acts, contact, recipes, ahead, names] = await Promise.all([
    store.ledgerOf([billId]),
    store.actsOf(billId),
    store.contact(),
    store.recipes(),
    lookAhead({ store, clock }),
    sync?.names(),
  ]);
  const { plan, channels, device, sync: joined } = ahead;
  const services = new Map(channels.list.map(({ id, service }) => [id, service]));
  const taught = recipes.find(({ id }) => id === recipeIdOf(bill.siteId));
  const draft = evidenceOf(
    {
      bill,
      siteTitle: siteById(bill.siteId)?.title ?? taught?.title ?? null,
      ledger,
      planned: [...plan.due, ...plan.next],
      acts,
      contact,
      // A channel that was removed is known by its random name alone, which says nothing to anyone.
      channelOf: (id) => (id === DESKTOP ? id : (services.get(id) ?? 'removed')),
      deviceOf: (id) => {
        const isThis = id === device;
        const other = joined.told?.devices.find((each) => each.device === names?.get(id));
        const deviceName = isThis ? joined.label : other?.label;
        return { device: isThis ? 'this' : 'other', ...(deviceName ? { deviceName } : {}) };
      },
      now: clock.now(),
    },
    fields,
  );
  return chained(draft, ids.hash);
}

export function checkEvidence({ ids }: Pick<Ports, 'ids'>, text: string): Promise<EvidenceCheck> {
  return verifyEvidence(text, ids.hash);
}

/** One act for all changes of one statement: it is saved at every pause of the typing. False when there is no such bill. */
export function saveStatement({ store, clock }: Doors, billId: BillId, text: string): Promise<boolean> {
  const now = clock.now();
  const act = {
    id: `statement|${billId}`,
    billId,
    do: 'statement',
    via: 'dashboard',
    at: now,
    until: null,
  } as const;
  return store.mark(act, ({ statement: _, statementAt: _at, ...marks }): OwnerMarks => {
    return text.trim() === '' ? marks : { ...marks, statement: text, statementAt: now };
  });
}

/** False when there is no such entry of this bill. */
export async function sayMissed(
  { store, clock }: Doors,
  billId: BillId,
  entryId: string,
  isMissed: boolean,
): Promise<boolean> {
  if (!(await store.ledgerOf([billId])).some(({ id }) => id === entryId)) return false;
  const now = clock.now();
  await store.amend([entryId], (entry) => (isMissed ? missed(entry, now) : unmissed(entry)));
  return true;
}
