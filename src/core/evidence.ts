/**
 * The story of one bill, in order: what was read, promised, sent, refused, seen, and what its owner did and says. Only
 * what the owner chose is in it, and nothing of any other bill. docs/evidence.md describes what this becomes as a file.
 */
import type { Bill } from './bill.ts';
import { type Contact, maskedText } from './contact.ts';
import { HOUR_MS, type Instant } from './day.ts';
import { type DeviceFacts, entryEvents, promises } from './evidence-ledger.ts';
import { type Fen, formatFen } from './money.ts';
import type { Json } from './record/record.ts';
import { KINDS, type LedgerEntry, type Reminder } from './reminder/reminder.ts';

export const EVIDENCE_SCHEMA = 'duly-evidence';
export const EVIDENCE_VERSION = 1;
/** Letters of the owner's own statement. */
export const MOST_STATEMENT = 5000;

/** What may be left out. When a thing happened is always told, and so is everything that happened. */
export const EVIDENCE_FIELDS = [
  /** The bill's title and the site it is of. */
  'title',
  'amounts',
  /** The owner's own words. */
  'statement',
  /** What the owner did to the bill. */
  'acts',
  /** Why something failed or came late. */
  'failures',
  /** By which way a reminder was sent. */
  'channels',
  /** From which browser it was sent, by the name that the owner gave it. */
  'devices',
  /** The check of the phone number and of the lender's SMS. */
  'contact',
] as const;
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number];

/** Of things of one moment, this is their order. */
export const EVENTS = [
  'read',
  'gone-from-page',
  'contact-read',
  'contact-changed',
  'contact-said',
  'promised',
  'fired',
  'armed',
  'accepted',
  'failed',
  'withdrawn',
  'seen',
  'not-received',
  'act',
  'statement',
] as const;
export type EvidenceEventName = (typeof EVENTS)[number];

export type Facts = Readonly<Record<string, Json>>;

export interface EvidenceEvent {
  /** Asia/Shanghai, to the millisecond: `2026-09-14T10:00:00.000+08:00`; null where no moment is known. */
  readonly at: string | null;
  readonly what: EvidenceEventName;
  readonly facts: Facts;
}

export interface EvidenceHead {
  readonly schema: typeof EVIDENCE_SCHEMA;
  readonly version: typeof EVIDENCE_VERSION;
  readonly madeAt: string | null;
  readonly chosen: readonly EvidenceField[];
  readonly leftOut: readonly EvidenceField[];
  readonly bill: Facts;
  readonly count: number;
}

export interface EvidenceDraft {
  readonly head: EvidenceHead;
  readonly events: readonly EvidenceEvent[];
}

export interface EvidenceAct {
  readonly id: string;
  readonly do: string;
  readonly via: string;
  readonly at: Instant;
  readonly until: Instant | null;
}

export interface EvidenceSources {
  readonly bill: Bill;
  /** Null: no site of any list, as for a bill that its owner wrote. */
  readonly siteTitle: string | null;
  /** Entries of other bills are left alone. */
  readonly ledger: readonly LedgerEntry[];
  /** What the planner still owes for this bill, and what it promises next. */
  readonly planned: readonly Reminder[];
  readonly acts: readonly EvidenceAct[];
  readonly contact: Contact;
  /** The kind of a channel, in place of the random name by which the ledger knows it. */
  readonly channelOf: (id: string) => string;
  /** The browser, in place of its random name. */
  readonly deviceOf: (id: string) => DeviceFacts;
  readonly now: Instant;
}

/** Before it is put in order; `key` tells events of one moment and kind apart, and stays here. */
export interface Loose {
  readonly at: Instant;
  readonly what: EvidenceEventName;
  readonly key: string;
  readonly facts: Facts;
}

export function evidenceOf(sources: EvidenceSources, given: readonly EvidenceField[]): EvidenceDraft {
  const chosen = EVIDENCE_FIELDS.filter((field) => given.includes(field));
  const has = (field: EvidenceField): boolean => chosen.includes(field);
  const own = sources.ledger.filter(({ billId }) => billId === sources.bill.id);
  const loose = [
    ...readings(sources.bill, has),
    ...(has('contact') ? contactEvents(sources.contact) : []),
    ...promises(sources, own),
    ...own.flatMap((entry) => entryEvents(entry, sources, has)),
    ...(has('acts') ? actEvents(sources.acts) : []),
    ...(has('statement') ? statementEvents(sources.bill) : []),
  ];
  const events = loose.sort(inOrder).map(({ at, what, facts }) => ({ at: momentText(at), what, facts }));
  const head: EvidenceHead = {
    schema: EVIDENCE_SCHEMA,
    version: EVIDENCE_VERSION,
    madeAt: momentText(sources.now),
    chosen,
    leftOut: EVIDENCE_FIELDS.filter((field) => !has(field)),
    bill: billFacts(sources, has),
    count: events.length,
  };
  return { head, events };
}

/** Total: no two events that differ are equal in it, so that the order of what came in is of no account. */
function inOrder(a: Loose, b: Loose): number {
  const [atA, atB] = [isMoment(a.at) ? a.at : -Infinity, isMoment(b.at) ? b.at : -Infinity];
  if (atA !== atB) return atA - atB;
  const rank = EVENTS.indexOf(a.what) - EVENTS.indexOf(b.what);
  return rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

export type Has = (field: EvidenceField) => boolean;

function billFacts({ bill, siteTitle }: EvidenceSources, has: Has): Facts {
  const { title, dueDay, dueDayIs, standing, statementDay, owner } = bill;
  return {
    dueDay,
    dueDayIs,
    statementDay,
    standing,
    ownerSays: owner.paidAt !== undefined ? 'paid' : owner.mutedAt !== undefined ? 'muted' : null,
    ...(has('title') ? { title, site: siteTitle } : {}),
    ...(has('amounts') ? amountsOf(bill) : {}),
  };
}

function amountsOf({ totalFen, remainingFen, minimumFen, overdueFeeFen }: Bill): Facts {
  const yuan = (amount: Fen | null): string | null => (amount === null ? null : formatFen(amount));
  return {
    totalYuan: yuan(totalFen),
    remainingYuan: yuan(remainingFen),
    minimumYuan: yuan(minimumFen),
    lateFeeYuan: yuan(overdueFeeFen),
  };
}

function readings(bill: Bill, has: Has): Loose[] {
  const { owedSince, readAt, missingSince, source, dueDay, dueDayIs } = bill;
  const last: Loose = {
    at: readAt,
    what: 'read',
    key: '2',
    facts: {
      by: source,
      dueDay,
      dueDayIs,
      ...(has('amounts') ? { remainingYuan: amountsOf(bill).remainingYuan! } : {}),
    },
  };
  const first: Loose[] =
    owedSince < readAt ? [{ at: owedSince, what: 'read', key: '1', facts: { isFirst: true, dueDay } }] : [];
  const gone: Loose[] =
    missingSince === undefined ? [] : [{ at: missingSince, what: 'gone-from-page', key: '', facts: {} }];
  return [...first, last, ...gone];
}

function contactEvents({ phone, readAt, changedAt, answers }: Contact): Loose[] {
  const said = (['phone', 'sms'] as const).flatMap((topic): Loose[] => {
    const { said, saidAt } = answers[topic];
    return said === null || saidAt === null
      ? []
      : [{ at: saidAt, what: 'contact-said', key: topic, facts: { topic, said } }];
  });
  return [
    ...(readAt !== null && phone
      ? [{ at: readAt, what: 'contact-read' as const, key: '', facts: { phone: maskedText(phone) } }]
      : []),
    ...(changedAt === null ? [] : [{ at: changedAt, what: 'contact-changed' as const, key: '', facts: {} }]),
    ...said,
  ];
}

function actEvents(acts: readonly EvidenceAct[]): Loose[] {
  return acts
    .filter((act) => act.do !== 'statement')
    .map(({ id, do: name, via, at, until }): Loose => {
      return {
        at,
        what: 'act',
        key: id,
        facts: { act: name, via, ...(until === null ? {} : { until: momentText(until) }) },
      };
    });
}

function statementEvents({ owner, readAt }: Bill): Loose[] {
  const { statement, statementAt } = owner;
  if (!statement) return [];
  return [{ at: statementAt ?? readAt, what: 'statement', key: '', facts: { text: statement } }];
}

/** As far as a Date reaches. */
const LATEST_MS = 8.64e15;

function isMoment(at: Instant): boolean {
  return Number.isFinite(at) && Math.abs(at) < LATEST_MS - 24 * HOUR_MS;
}

export function momentText(at: Instant): string | null {
  return isMoment(at) ? new Date(at + 8 * HOUR_MS).toISOString().replace('Z', '+08:00') : null;
}

/** The inverse of `momentText`. */
export function momentOf(text: string | null): Instant | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** For words: a reminder's kind as it stands in a file. */
export function kindIn(facts: Facts): (typeof KINDS)[number] | null {
  return KINDS.find((kind) => kind === facts.reminder) ?? null;
}
