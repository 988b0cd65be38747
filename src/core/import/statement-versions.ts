/**
 * Which stored bill a statement mail speaks of. A statement is known again by its lender, the mark of its card and its
 * due or statement day; of two mails of one statement the later one is right. Where a mail names no card, or does not
 * say when it was sent, nobody can tell a correction from another card's bill: both stay, since one bill too many is
 * seen and one too few is not.
 */
import type { Bill } from '../bill.ts';
import { dayOf, daysBetween, type Instant, isInstant } from '../day.ts';
import { SAME_BILL_DAYS } from '../reading.ts';

export type Version = Pick<Bill, 'key' | 'dueDay' | 'statementDay' | 'remainingFen' | 'sentAt'>;

export interface Met {
  /** The bill that the mail speaks of; null: one that is not stored. */
  readonly former: Bill | null;
  /** A bill of this lender and month is stored that may be the same one, or another card's. */
  readonly isInDoubt: boolean;
}

/** `ofLender`: the stored bills of the mail's lender. */
export function met(given: Version, ofLender: readonly Bill[]): Met {
  const { nth } = nameOf(given.key);
  const alike = ofLender
    .filter((bill) => isSameMonth(bill, given) && !areOtherCards(bill, given) && nameOf(bill.key).nth >= nth)
    .sort((a, b) => nameOf(a.key).nth - nameOf(b.key).nth);
  const [version, ...others] = alike.filter((bill) => isVersion(bill, given));
  // Which of several it is a later word on, its amount alone can tell.
  const former =
    (others.length ? null : version) ??
    alike.find((bill) => isSameDebt(bill, given)) ??
    alike.find((bill) => isOfFormerKey(bill, given));
  return { former: former ?? null, isInDoubt: !former && alike.length > 0 };
}

/** A mail that tells no amount corrects none; of two that do, or do not, the later one is right. */
export function isNewer(given: Version, bill: Version): boolean {
  const tells = given.remainingFen !== null;
  return tells === (bill.remainingFen !== null) ? sentAtOf(given) >= sentAtOf(bill) : tells;
}

/** Of cards that the mails tell apart. */
export function areOtherCards(one: Version, other: Version): boolean {
  const [mark, otherMark] = [nameOf(one.key).mark, nameOf(other.key).mark];
  return mark !== null && otherMark !== null && mark !== otherMark;
}

export function isMarked({ key }: Pick<Version, 'key'>): boolean {
  return nameOf(key).mark !== null;
}

/** A key of the same name that nothing has yet. */
export function freeKey(key: string, isTaken: (key: string) => boolean): string {
  const { base, nth } = nameOf(key);
  for (let n = nth; ; n++) {
    const free = n === 1 ? base : `${base}:${n}`;
    if (!isTaken(free)) return free;
  }
}

/** `statement:<lender>[:<card's mark>]:<day>[:<which of the bills that are named alike>]`. */
const KEY = /^(statement:.*?(?::(c\d{1,2}))?:(?:\d{4}-\d\d-\d\d|undated))(?::(\d+))?$/;

interface Name {
  readonly base: string;
  /** Null: the mail names no card. */
  readonly mark: string | null;
  readonly nth: number;
}

function nameOf(key: string): Name {
  const [, base, mark, nth] = KEY.exec(key) ?? [];
  return { base: base ?? key, mark: mark ?? null, nth: Number(nth ?? 1) };
}

function isSameMonth(one: Version, other: Version): boolean {
  const isSameStatement = one.statementDay === other.statementDay;
  if (one.dueDay === other.dueDay) return one.dueDay !== null || isSameStatement;
  if (one.statementDay === null || !isSameStatement) return false;
  return (
    one.dueDay === null || other.dueDay === null || Math.abs(daysBetween(one.dueDay, other.dueDay)) <= SAME_BILL_DAYS
  );
}

/** A statement is mailed so soon after its day; reminders and corrections follow. */
const ISSUED_WITHIN_DAYS = 2;

/** Two amounts of one moment, or of two statements as they were issued, are no correction, but cards whose marks agree. */
function isVersion(bill: Version, given: Version): boolean {
  if (!isMarked(bill) || !isMarked(given)) return false;
  if (!isInstant(bill.sentAt) || !isInstant(given.sentAt)) return false;
  const areApart = bill.sentAt !== given.sentAt && !(isAsIssued(bill) && isAsIssued(given));
  return areApart || isSameAmount(bill, given);
}

function isAsIssued({ statementDay, sentAt }: Version): boolean {
  return statementDay !== null && isInstant(sentAt) && daysBetween(statementDay, dayOf(sentAt)) <= ISSUED_WITHIN_DAYS;
}

function isSameDebt(bill: Version, given: Version): boolean {
  const isSameDay = bill.dueDay === given.dueDay || bill.dueDay === null || given.dueDay === null;
  if (isMarked(bill) !== isMarked(given) || !isSameDay || !isSameAmount(bill, given)) return false;
  // A page without a date may be any version of a dated mail.
  return !isMarked(bill) || isInstant(bill.sentAt) === isInstant(given.sentAt);
}

/** Stored before bills kept when their mail was sent, perhaps before their keys had the mark of a card. */
function isOfFormerKey(bill: Version, given: Version): boolean {
  return bill.sentAt === undefined && isSameAmount(bill, given);
}

/** An amount that a mail of the same card hides is no other one. */
function isSameAmount(one: Version, other: Version): boolean {
  if (one.remainingFen === other.remainingFen) return true;
  return isMarked(one) && isMarked(other) && (one.remainingFen === null || other.remainingFen === null);
}

function sentAtOf({ sentAt }: Version): Instant {
  return isInstant(sentAt) ? sentAt : Number.NEGATIVE_INFINITY;
}
