/**
 * A statement mail as a reading: the generic label reader over an inert document, and rows of values where a lender's
 * order is known. RMB alone counts. Null: no statement. No card number is kept, and no end of one.
 */
import { addDays, DAY_MS, type Day, dayOf, type Instant } from '../../core/day.ts';
import { type Fen, halfWidth } from '../../core/money.ts';
import { type Reading, standingFrom } from '../../core/reading.ts';
import { type Draft, draft } from '../draft.ts';
import { cardsIn, tailsIn } from '../labels/card.ts';
import { BREAK, piecesOf } from '../labels/pieces.ts';
import { type LabelReading, readLabels } from '../labels/read.ts';
import { amountOf, isPaid, tellsLeft, withoutNew, withoutTotals, withoutWhole, withoutZero } from './amounts.ts';
import { corrected } from './corrections.ts';
import { dueDayIn, hasDashForDue, isBefore, isFormer, monthIn, statementDayFor, statementDaysIn } from './days.ts';
import { markForeign, tellsForeign, tellsForeignBelow } from './foreign.ts';
import { withoutInstalments } from './instalments.ts';
import { isDaily, isStatementSubject, speaksOfDebt } from './kind.ts';
import { lenderOf } from './lender.ts';
import { type Mail, showSheetHidden } from './mail.ts';
import { hideMonths, showUntold } from './months.ts';
import { type CardDraft, named } from './name.ts';
import { hidePaid } from './paid.ts';
import { alignProducts } from './products.ts';
import type { LenderProfile } from './profiles.ts';
import { rowsOf, type ValueRow } from './rows.ts';
import { reword } from './wording.ts';

export type StatementRemark = 'foreign-amount' | 'sign-unclear' | 'instalment-within';

export interface StatementReading {
  readonly lender: string;
  readonly lenderId: string;
  readonly reading: Reading;
  /** Null where the mail does not say, or is one that somebody else passed on: its date is then not the statement's. */
  readonly sentAt: Instant | null;
  readonly remarks: readonly StatementRemark[];
}

/** Beside an amount that is hidden or could not be read, a word of payment may be another debt's. */
const UNREAD = /应还[^。;,\d*]{0,12}(?:\*{2}|\d)/;
/** A statement that was passed on within another mail; one that came as an attachment has its own date. */
const PASSED_ON_SUBJECT = /^ *(?:转发|转寄|答复|回复|fwd?|re) ?:/i;
const PASSED_ON = /(?:原始|转发的?)邮件|(?:Original|Forwarded) message|(?:发件人|From) ?: ?\S/i;
/** A mail that says it was sent before this has no date, whatever stands there. */
const FIRST_MAIL = Date.parse('2000-01-01T00:00:00+08:00');
/** A statement without any date was issued before now and falls due soon at the latest: years are reckoned from here. */
const USUAL_AGE_DAYS = 120;
/** More than a statement of a thousand rows has: a larger mail costs one walk as far as this, and is not searched. */
const MAX_CHARS = 600_000;
const MAX_NODES = 200_000;
/** So much of a mail that is too large is looked at for its lender and its month. */
const BEGINNING = 10_000;

/** `document`: the mail's body, parsed inert by whoever calls. */
export function readStatement(mail: Mail, document: Document, now: Instant): StatementReading | null {
  const { subject } = mail;
  const seen = textOf(document);
  const plain = showSheetHidden(document, seen.text) ? textOf(document) : seen;
  if (isDaily(subject, plain.text)) return null;
  const mailedAt = sentAtOf(mail, now);
  const isPassedOn = PASSED_ON_SUBJECT.test(halfWidth(subject)) || PASSED_ON.test(plain.text);
  const written = mailedAt !== null && !isPassedOn ? null : monthIn(`${subject} ${plain.text}`, dayOf(mailedAt ?? now));
  const mailedOn = written ?? (mailedAt === null ? null : dayOf(mailedAt));
  const today = mailedOn ?? addDays(dayOf(now), -USUAL_AGE_DAYS);
  const profile = lenderOf(mail, plain.text);
  const lender = { lender: profile.name, lenderId: profile.id, sentAt: isPassedOn ? null : mailedAt };
  const isTooLarge = plain.isTooLarge || !markForeign(document);
  if (isTooLarge && !isStatementSubject(subject)) return null;
  if (isTooLarge) return { ...lender, reading: { kind: 'unreadable', why: 'page-too-large' }, remarks: [] };
  alignProducts(document);
  reword(document, plain.text, mailedOn);
  const hidden = [...hidePaid(document, today), ...hideMonths(document, monthOf(plain.text, mailedOn))];
  const { text } = textOf(document);
  const beside = labelsOf(document, profile, today, text);
  const rows = (profile.rows ?? []).flatMap((cells) => rowsOf(text, cells, today));
  const told = [...beside.bills.map(amountOf), ...rows.map(({ owed }) => owed)].filter((fen) => fen !== null);
  const { hasShown, leftFens } = showUntold(hidden, told);
  const { bills: labelled, why, isSignUnclear } = hasShown ? labelsOf(document, profile, today, text) : beside;
  const all = withoutTotals(corrected(billsOf(labelled, rows, text, today, profile), plain.text, today), plain.text);
  const hasForeign = tellsForeign(text);
  const isZeroUnclear = hasForeign || tellsForeignBelow(text);
  const read = withoutInstalments(all, text)
    .map((bill) => (isZeroUnclear ? withoutZero(bill) : bill))
    .map((bill) => withoutWhole(bill, all, text));
  // A mail of one bill may name its card anywhere; what a bill is paid from and for stands behind.
  const ofCard = read.length === 1 ? read.map((bill) => ({ ...bill, card: bill.card ?? cardOf(subject, text) })) : read;
  const bills = [...ofCard, ...leftFens.map(leftOf)];
  const isDebt = bills.length > 0 || labelled.some((bill) => (amountOf(bill) ?? 0) > 0);
  const isMine = isStatementSubject(subject) || bills.some(hasAmount) || (isDebt && speaksOfDebt(subject, text));
  if (!isMine) return null;
  const remarks: StatementRemark[] = [];
  if (hasForeign) remarks.push('foreign-amount');
  if (isSignUnclear) remarks.push('sign-unclear');
  if (read.length < all.length) remarks.push('instalment-within');
  const reading: Reading = bills.length
    ? { kind: 'bills', bills: named(bills, profile), covered: [], accountMarker: null }
    : { kind: 'unreadable', why: why ?? 'layout-unknown' };
  return { ...lender, reading, remarks };
}

/** Of the statement, where the mail tells it. */
function monthOf(text: string, mailedOn: Day | null): string | null {
  return mailedOn && (statementDaysIn(text, mailedOn)[0] ?? mailedOn).slice(0, 7);
}

function cardOf(subject: string, text: string): string | null {
  return cardsIn(subject)[0] ?? tailsIn(text)[0] ?? null;
}

function sentAtOf({ sentAt }: Mail, now: Instant): Instant | null {
  return sentAt !== null && sentAt >= FIRST_MAIL && sentAt <= now + DAY_MS ? sentAt : null;
}

function hasAmount(bill: Draft): boolean {
  return bill.remainingFen !== null || bill.minimumFen !== null;
}

function textOf(document: Document): { readonly text: string; readonly isTooLarge: boolean } {
  const root = document.body ?? document.documentElement;
  if (!root) return { text: '', isTooLarge: false };
  const { pieces, isTooLarge } = piecesOf(root, undefined, MAX_NODES);
  const text = pieces.map((piece) => `${piece.text.replaceAll(BREAK, ' ')} `).join('');
  if (!isTooLarge && text.length <= MAX_CHARS) return { text: halfWidth(text), isTooLarge };
  return { text: halfWidth(text.slice(0, BEGINNING)), isTooLarge: true };
}

interface Labelled {
  readonly bills: readonly CardDraft[];
  readonly why: Extract<Reading, { kind: 'unreadable' }>['why'] | null;
  readonly isSignUnclear: boolean;
}

/**
 * What a lender is known to mean by a sign is believed unless the signs read the other way give both an amount and a
 * minimum. Of any other lender nobody can tell. The amount is unknown then.
 */
function labelsOf(document: Document, profile: LenderProfile, today: Day, text: string): Labelled {
  const look = (debtIsNegative: boolean | undefined) =>
    readLabels(document, {
      today,
      title: profile.name,
      dueAfterStatementDays: null,
      source: 'file',
      ...(debtIsNegative === undefined ? {} : { debtIsNegative }),
    });
  const isInverse = profile.debtIsNegative === true;
  const amounts = ({ part }: LabelReading): string => part.bills.map(amountOf).join();
  const hasBoth = (bill: Draft): boolean => (amountOf(bill) ?? 0) > 0 && (bill.minimumFen ?? 0) > 0;
  const meant = look(isInverse);
  const isNothingLeft = meant.part.bills.some((bill) => amountOf(bill) === 0);
  const isContradicted = isNothingLeft && look(!isInverse).part.bills.some(hasBoth);
  const isKnown = profile.hosts.length > 0;
  // Most mails are read once: of a known lender, whose signs contradict nothing, nothing else is asked.
  const unsigned = isKnown && !isContradicted ? meant : look(undefined);
  const isSignUnclear = isContradicted || amounts(meant) !== amounts(unsigned);
  const { part, why, cards } = isSignUnclear && !isInverse ? unsigned : meant;
  const read = part.bills.map(
    (bill, at): CardDraft => ({
      ...withoutNew(bill, part.bills, text),
      card: cards[at] ?? null,
    }),
  );
  const unknown = { remainingFen: null, totalFen: null, minimumFen: null, standing: 'unknown' } as const;
  const bills = isSignUnclear && isInverse ? read.map((bill) => ({ ...bill, ...unknown })) : read;
  return { bills, why, isSignUnclear };
}

/**
 * Every statement of the mail: those that it passes on are why it was brought, and an older one below a newer is kept as
 * well. It may still be owed; the owner sees it as past before anything is written, and one left out would be missed.
 */
function billsOf(
  labelled: readonly CardDraft[],
  rows: readonly ValueRow[],
  text: string,
  today: Day,
  { dashIsNothingDue }: LenderProfile,
): CardDraft[] {
  const ofAnyDay = labelled.filter((bill) => !bill.isSum && (bill.dueDay !== null || bill.statementDay !== null));
  const hasLeft = tellsLeft(text);
  const dated = ofAnyDay.filter(({ card, dueDay, statementDay }) => {
    const days = ofAnyDay.map((other) => (other.card === card ? other.statementDay : null));
    return dueDay !== null || hasLeft || !isFormer(statementDay, days);
  });
  const dueDay = dated.find((bill) => bill.dueDay !== null)?.dueDay ?? dueDayIn(text, today);
  const isNothingDue = dashIsNothingDue === true && dueDay === null && hasDashForDue(text);
  const days = statementDaysIn(text, today);
  const statementDay = statementDayFor(dueDay, days);
  const fromRows = rows.map((row): CardDraft => {
    const remainingFen = row.owed === null ? null : (Math.max(0, row.owed) as Fen);
    return made({
      card: row.card,
      dueDay: row.dueDay ?? dueDay,
      statementDay: row.statementDay ?? statementDay,
      remainingFen,
      minimumFen: row.minimum === null ? null : (Math.max(0, row.minimum) as Fen),
      isNothingDue,
    });
  });
  if (fromRows.length) return doubted(fromRows, dated);
  const undated = labelled.filter((bill) => !bill.isSum && !ofAnyDay.includes(bill) && amountOf(bill) !== null);
  const read = dated.length ? dated : dueDay !== null || isNothingDue ? undated : [];
  const bills = read.map((bill) =>
    made({
      card: bill.card,
      dueDay: bill.dueDay ?? dueDay,
      statementDay: bill.statementDay ?? statementDayFor(bill.dueDay ?? dueDay, days),
      remainingFen: isPaid(bill, today) ? null : amountOf(bill),
      minimumFen: bill.minimumFen,
      isNothingDue,
      isSettled: bill.standing === 'settled' && !isPaid(bill, today) && !UNREAD.test(text),
    }),
  );
  if (bills.length || (dueDay === null && !isNothingDue)) return bills;
  return [made({ card: null, dueDay, statementDay, remainingFen: null, minimumFen: null, isNothingDue })];
}

interface Made extends Pick<CardDraft, 'card' | 'dueDay' | 'statementDay' | 'remainingFen' | 'minimumFen'> {
  readonly isNothingDue?: boolean;
  readonly isSettled?: boolean;
}

/** Of a former month: its day is past, or was moved, and the mail tells neither. */
function leftOf(remainingFen: Fen): CardDraft {
  return made({ card: null, dueDay: null, statementDay: null, remainingFen, minimumFen: null });
}

/** Less to pay than must be paid, and a statement day that is not before its due day, were misread. */
function made({ card, isNothingDue = false, isSettled = false, ...fields }: Made): CardDraft {
  const isContradicted = fields.remainingFen !== null && (fields.minimumFen ?? 0) > fields.remainingFen;
  const remainingFen = isContradicted ? null : fields.remainingFen;
  const { dueDay } = fields;
  const statementDay = fields.statementDay && isBefore(fields.statementDay, dueDay) ? fields.statementDay : null;
  const standing = standingFrom(remainingFen, (isSettled && !isContradicted) || isNothingDue);
  const told = { ...fields, statementDay, remainingFen, standing };
  return { ...draft({ family: 'issued', source: 'file', key: '', title: '', ...told }), card };
}

/** A row and the labels that tell different amounts of the one bill: both are kept. */
function doubted(rows: CardDraft[], labelled: readonly Draft[]): CardDraft[] {
  const [row, bill] = [rows[0], labelled[0]];
  if (!row || !bill || rows.length > 1 || labelled.length > 1) return rows;
  const other = amountOf(bill);
  if (other === null || row.remainingFen === null || other === row.remainingFen) return rows;
  const values = [
    { source: 'file', value: row.remainingFen },
    { source: 'labels', value: other },
  ] as const;
  return [{ ...row, doubts: [{ field: 'remainingFen', values }] }];
}
