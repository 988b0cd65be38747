/**
 * A bill as a record. What one reading said is one field: facts of two readings are never mixed into a bill that no
 * page showed. Each of the owner's marks is a field of its own.
 */
import { type Bill, isSaidOwed, type OwnerMarks } from '../bill.ts';
import type { Day, Instant } from '../day.ts';
import type { BillRules } from '../rules.ts';
import type { Projected, Values } from './capture.ts';
import type { Json } from './record.ts';

export const BILL = 'bill';

/** Marks that are shared. Any other mark of a row stays on this device, and outlives what others send. */
const SHARED = [
  'paidAt',
  'mutedAt',
  'snoozedAt',
  'snoozedUntil',
  'note',
  'statement',
  'statementAt',
  'rules',
  'rulesSince',
] as const;

export function billValues(bill: Bill): Values {
  const { id, account, owedSince, owner } = bill;
  const { paidAt, mutedAt, snoozedAt, snoozedUntil, note, statement, statementAt, rules, rulesSince } = owner;
  // Who put the bill off knew this day: a browser that meets the bill later must hear it.
  const isFirstReading = owedSince === bill.readAt && snoozedAt === undefined;
  return {
    page: pageOf(bill) as unknown as Json,
    account: account === accountIn(id) ? null : account,
    owed: isFirstReading ? null : [owedSince, bill.dueDay],
    paidAt: paidAt ?? null,
    mutedAt: mutedAt ?? null,
    snooze: snoozedAt === undefined || snoozedUntil === undefined ? null : [snoozedAt, snoozedUntil],
    note: note ?? null,
    statement: statement === undefined && statementAt === undefined ? null : [statement ?? null, statementAt ?? null],
    rules:
      rules === undefined && rulesSince === undefined ? null : ([rules ?? null, rulesSince ?? null] as unknown as Json),
  };
}

export function billProjected(bill: Bill, understood?: () => Values): Projected {
  const { readAt, missingSince, owner } = bill;
  return {
    kind: BILL,
    id: bill.id,
    values: billValues(bill),
    editedAt: {
      page: Math.max(readAt, missingSince ?? readAt),
      owed: readAt,
      paidAt: owner.paidAt,
      mutedAt: owner.mutedAt,
      snooze: owner.snoozedAt,
      statement: owner.statementAt,
      rules: owner.rulesSince,
    },
    ...(understood && { understood }),
  };
}

/**
 * The bill that a live record tells of, over `former` as it stands here. Null while nobody's reading of it has come.
 * What a record brought back to life without its reading (`page`) is read from `former`, and so captured anew.
 */
export function billFrom(id: string, values: Values, former: Bill | null): Bill | null {
  const page = isObject(values.page) ? pageOf(values.page as unknown as Bill) : former && pageOf(former);
  if (!page) return null;
  const account = typeof values.account === 'string' ? values.account : accountIn(id);
  const bill = { ...page, id, account, owner: marksFrom(values, former?.owner) };
  return { ...bill, owedSince: owedSince(bill, values.owed ?? null, former) };
}

function pageOf(bill: Bill): Omit<Bill, 'id' | 'account' | 'owedSince' | 'owner' | 'asks'> {
  const { id: _id, account: _account, owedSince: _owed, owner: _owner, asks: _asks, ...page } = bill;
  return page;
}

/** The promise of an earlier reading for this same day holds, whichever browser gave it. */
function owedSince(bill: Omit<Bill, 'owedSince'>, owed: Json, former: Bill | null): Instant {
  const [since, day] = pairIn<Instant, Day | null>(owed);
  const shared = typeof since === 'number' && day === bill.dueDay ? since : bill.readAt;
  const isSamePromise = former && former.dueDay === bill.dueDay && isSaidOwed(former) && isSaidOwed(bill);
  return isSamePromise ? Math.min(former.owedSince, shared) : shared;
}

function marksFrom(values: Values, former: OwnerMarks = {}): OwnerMarks {
  const local = Object.fromEntries(
    Object.entries(former).filter(([name]) => !(SHARED as readonly string[]).includes(name)),
  );
  const [snoozedAt, snoozedUntil] = pairIn<Instant, Instant>(values.snooze);
  const [statement, statementAt] = pairIn<string, Instant>(values.statement);
  const [rules, rulesSince] = pairIn<BillRules, Instant>(values.rules);
  return {
    ...local,
    ...given('paidAt', values.paidAt),
    ...given('mutedAt', values.mutedAt),
    ...given('snoozedAt', snoozedAt),
    ...given('snoozedUntil', snoozedUntil),
    ...given('note', values.note),
    ...given('statement', statement),
    ...given('statementAt', statementAt),
    ...given('rules', rules),
    ...given('rulesSince', rulesSince),
  };
}

/** Nothing where another version means something else by the field. */
function pairIn<A, B>(value: Json | undefined): [A?, B?] {
  return Array.isArray(value) ? (value as unknown as [A?, B?]) : [];
}

function given(name: (typeof SHARED)[number], value: unknown): Partial<OwnerMarks> {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** `site/account/key`; a key may hold slashes of its own. */
function accountIn(id: string): string {
  return id.split('/')[1] ?? '';
}

function isObject(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
