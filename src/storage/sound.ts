/**
 * Rows as the planner may trust them. A row that a crash, an old version or a hand damaged must not end the pass and
 * with it every other bill's reminders: what cannot be right becomes unknown, and unknown is reminded.
 */
import type { SelfTest, SiteState } from '../app/ports.ts';
import type { Bill, OwnerMarks } from '../core/bill.ts';
import { type Day, FIRST_LIVED, hourIn, type Instant, isInstant, startOf, toDay } from '../core/day.ts';
import type { Fen } from '../core/money.ts';
import { type Doubt, FAMILIES, SOURCES } from '../core/reading.ts';
import { KINDS, type LedgerEntry } from '../core/reminder/reminder.ts';
import { LONGEST_SNOOZE_MS } from '../core/reminder/snooze.ts';
import { type BillRules, DEFAULT_RULES, MOST_LEAD_DAYS, type Quiet, type Rules } from '../core/rules.ts';

/** No moment is known: the planner takes one that lies ahead as not binding. */
const NEVER = startOf('9000-01-01' as Day);

export function soundBill(row: Partial<Bill> & { readonly id: string }): Bill {
  const [siteId = '', account = '', key = ''] = row.id.split('/');
  const { missingSince, grewAt, instalmentFen, paidFen, ...rest } = row;
  const [instalment, paid] = [amount(instalmentFen), amount(paidFen)];
  const readAt = instant(row.readAt);
  return {
    ...rest,
    siteId: text(row.siteId) ?? siteId,
    account: text(row.account) ?? account,
    key: text(row.key) ?? key,
    family: FAMILIES.find((family) => family === row.family) ?? 'issued',
    title: text(row.title) ?? key,
    dueDay: day(row.dueDay),
    dueDayIs: row.dueDayIs === 'stated' ? 'stated' : 'estimated',
    statementDay: day(row.statementDay),
    totalFen: amount(row.totalFen),
    remainingFen: amount(row.remainingFen),
    minimumFen: amount(row.minimumFen),
    overdueFeeFen: amount(row.overdueFeeFen),
    standing: row.standing === 'open' || row.standing === 'settled' ? row.standing : 'unknown',
    doubts: Array.isArray(row.doubts) ? row.doubts.filter(isDoubt) : [],
    source: SOURCES.find((source) => source === row.source) ?? 'labels',
    owedSince: instant(row.owedSince) ?? readAt ?? NEVER,
    readAt: readAt ?? 0,
    ...(instalment === null ? {} : { instalmentFen: instalment }),
    ...(paid === null ? {} : { paidFen: paid }),
    ...(instant(missingSince) === null ? {} : { missingSince }),
    ...(instant(grewAt) === null ? {} : { grewAt }),
    owner: soundMarks(row.owner),
  };
}

/** Readings weigh them against each other: one that is no doubt would end every reading of its account. */
function isDoubt(raw: Partial<Doubt> | null): boolean {
  return (
    typeof raw?.field === 'string' &&
    Array.isArray(raw.values) &&
    raw.values.every((said: unknown) => typeof said === 'object' && said !== null)
  );
}

function soundMarks(marks: OwnerMarks | undefined): OwnerMarks {
  const { paidAt, mutedAt, hiddenAt, snoozedAt, snoozedUntil, note, statement, statementAt, rules, rulesSince } =
    marks ?? {};
  return {
    ...(instant(paidAt) === null ? {} : { paidAt }),
    ...(instant(mutedAt) === null ? {} : { mutedAt }),
    ...(instant(hiddenAt) === null ? {} : { hiddenAt }),
    ...(isSnooze(instant(snoozedAt), instant(snoozedUntil)) ? { snoozedAt, snoozedUntil } : {}),
    ...(text(note) === null ? {} : { note }),
    ...(text(statement) === null ? {} : { statement }),
    ...(instant(statementAt) === null ? {} : { statementAt }),
    ...(rules === undefined ? {} : { rules: soundBillRules(rules) }),
    ...(instant(rulesSince) === null ? {} : { rulesSince }),
  };
}

/** A longer one no owner can ask for: it would be silence without an end. */
function isSnooze(since: Instant | null, until: Instant | null): boolean {
  return since !== null && until !== null && until - since <= LONGEST_SNOOZE_MS;
}

function soundBillRules(raw: unknown): BillRules {
  const { leadDays, beforeHour, dueHours, overdueHour } = soundRules(raw);
  return { leadDays, beforeHour, dueHours, overdueHour };
}

export function soundRules(raw: unknown): Rules {
  const given: Partial<Rules> = typeof raw === 'object' && raw !== null ? raw : {};
  return {
    leadDays: list(given.leadDays, isLead, DEFAULT_RULES.leadDays),
    beforeHour: isHour(given.beforeHour) ? given.beforeHour : DEFAULT_RULES.beforeHour,
    // A due day that is told at no hour would pass in silence.
    dueHours: someOf(list(given.dueHours, isHour, DEFAULT_RULES.dueHours), DEFAULT_RULES.dueHours),
    overdueHour: isHour(given.overdueHour) ? given.overdueHour : DEFAULT_RULES.overdueHour,
    quiet: isQuiet(given.quiet) ? given.quiet : null,
    ...(isQuiet(given.quietBefore) ? { quietBefore: given.quietBefore } : {}),
    zone: isZone(given.zone) ? given.zone : DEFAULT_RULES.zone,
    since: instant(given.since) ?? DEFAULT_RULES.since,
    ...(given.adapts === false ? { adapts: false } : {}),
  };
}

export function soundState(state: SiteState): SiteState {
  const { lastMonthly } = state;
  const dueDay = day(lastMonthly?.dueDay);
  const signedOutSince = instant(state.signedOutSince);
  return {
    ...state,
    lastMonthly: lastMonthly && dueDay ? { ...lastMonthly, dueDay, statementDay: day(lastMonthly.statementDay) } : null,
    billsReadAt: instant(state.billsReadAt),
    issuedReadAt: instant(state.issuedReadAt),
    signedOutSince: signedOutSince && Math.max(FIRST_LIVED, signedOutSince),
  };
}

/** What the planner reads of an entry. None where nobody can say when it was told: then it was not. */
export function soundEntry(row: LedgerEntry): LedgerEntry[] {
  const { formerFailures, ...entry } = row;
  if (instant(row.firedAt) === null || instant(row.plannedAt) === null) return [];
  const failures = Array.isArray(formerFailures) ? formerFailures.filter((each) => instant(each?.at) !== null) : [];
  return [
    {
      ...entry,
      kind: KINDS.find((kind) => kind === row.kind) ?? 'before',
      settledAt: instant(row.settledAt),
      seenAt: instant(row.seenAt),
      ...(failures.length > 0 && { formerFailures: failures }),
    },
  ];
}

export function soundSelfTest(test: SelfTest | null | undefined): SelfTest | null {
  return test && instant(test.at) !== null ? test : null;
}

export function soundInstant(value: unknown): Instant | null {
  return instant(value);
}

export function soundFen(value: unknown): Fen | null {
  return amount(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function day(value: unknown): Day | null {
  return typeof value === 'string' ? toDay(value) : null;
}

function amount(value: unknown): Fen | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as Fen) : null;
}

function instant(value: unknown): Instant | null {
  return isInstant(value) ? value : null;
}

/** A list of which nothing is right is no choice of the owner's. */
function list<T>(
  values: readonly T[] | undefined,
  isRight: (value: T) => boolean,
  otherwise: readonly T[],
): readonly T[] {
  if (!Array.isArray(values)) return otherwise;
  const right = values.filter(isRight);
  return right.length || !values.length ? right : otherwise;
}

function isLead(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST_LEAD_DAYS;
}

function isHour(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 24;
}

function isQuiet(value: Quiet | null | undefined): value is Quiet {
  return typeof value === 'object' && value !== null && isHour(value.fromHour) && isHour(value.toHour);
}

function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string') return false;
  try {
    hourIn(zone, 0);
    return true;
  } catch {
    return false; // RangeError is how Intl says that it does not know the zone
  }
}

function someOf<T>(found: readonly T[], otherwise: readonly T[]): readonly T[] {
  return found.length > 0 ? found : otherwise;
}
