/** A scenario as people write it for `npm run plan`: checked by hand, because a wrong one must say where it is wrong. */
import { type Day, hourIn, type Instant, SHANGHAI, toDay } from '../../src/core/day.ts';
import { type Fen, parseFen } from '../../src/core/money.ts';
import { DEFAULT_RULES, type Quiet, type Rules } from '../../src/core/rules.ts';

export class ScenarioError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ScenarioError';
    this.code = code;
  }
}

export interface ScenarioBill {
  readonly key: string;
  readonly title: string;
  readonly dueDay: Day | null;
  readonly remainingFen: Fen | null;
  readonly readAt: Instant;
}

export interface ScenarioAct {
  readonly at: Instant;
  readonly do: 'acknowledge' | 'paid' | 'unpaid' | 'mute' | 'unmute' | 'snooze' | 'close';
  readonly key: string;
  readonly until?: Instant;
}

export interface Scenario {
  readonly from: Instant;
  readonly to: Instant;
  readonly rules: Rules;
  readonly bills: readonly ScenarioBill[];
  readonly asleep: readonly (readonly [Instant, Instant])[];
  readonly acts: readonly ScenarioAct[];
}

const ACTS = ['acknowledge', 'paid', 'unpaid', 'mute', 'unmute', 'snooze', 'close'] as const;

/** Throws ScenarioError naming the place; nothing is guessed. */
export function parseScenario(raw: unknown): Scenario {
  const root = objectAt(raw, 'scenario');
  const from = instantAt(root.from, 'from');
  const to = instantAt(root.to, 'to');
  if (to < from) throw new ScenarioError('scenario-range', '"to" lies before "from"');
  return {
    from,
    to,
    rules: rulesAt(root.rules ?? {}),
    bills: listAt(root.bills ?? [], 'bills').map(billAt),
    asleep: listAt(root.asleep ?? [], 'asleep').map((span, i) => {
      const [start, end] = listAt(span, `asleep[${i}]`);
      return [instantAt(start, `asleep[${i}][0]`), instantAt(end, `asleep[${i}][1]`)] as const;
    }),
    acts: listAt(root.acts ?? [], 'acts').map(actAt),
  };
}

function objectAt(raw: unknown, where: string): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ScenarioError('scenario-object', `${where} is not an object`);
  return raw as Record<string, unknown>;
}

function listAt(raw: unknown, where: string): unknown[] {
  if (!Array.isArray(raw)) throw new ScenarioError('scenario-list', `${where} is not a list`);
  return raw;
}

/** ISO 8601; without a zone it is read in Asia/Shanghai, never in the zone of the machine. */
function instantAt(raw: unknown, where: string): Instant {
  const text = typeof raw === 'string' ? raw.trim() : '';
  const zoned = /^\d{4}-\d\d-\d\d$/.test(text)
    ? `${text}T00:00:00+08:00`
    : /(?:Z|[+-]\d\d:?\d\d)$/.test(text)
      ? text
      : `${text}+08:00`;
  const instant = /^\d{4}-/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(instant))
    throw new ScenarioError('scenario-instant', `${where} is not an ISO instant: ${JSON.stringify(raw)}`);
  return instant;
}

/** `10`, `10.5`, `"10"` or `"10:30"`. */
export function hourAt(raw: unknown, where: string): number {
  const clock = typeof raw === 'string' ? /^(\d{1,2})(?::(\d{2}))?$/.exec(raw.trim()) : null;
  const hour = clock ? Number(clock[1]) + Number(clock[2] ?? 0) / 60 : raw;
  if (typeof hour !== 'number' || !(hour >= 0 && hour < 24))
    throw new ScenarioError('scenario-hour', `${where} is not an hour of the day: ${JSON.stringify(raw)}`);
  return hour;
}

function rulesAt(raw: unknown): Rules {
  const given = objectAt(raw, 'rules');
  const zone = given.zone === undefined ? SHANGHAI : String(given.zone);
  try {
    hourIn(zone, 0);
  } catch {
    throw new ScenarioError('scenario-zone', `rules.zone is not a known time zone: ${zone}`);
  }
  const leads = given.leadDays === undefined ? DEFAULT_RULES.leadDays : listAt(given.leadDays, 'rules.leadDays');
  return {
    leadDays: leads.map((lead) => {
      if (!Number.isInteger(lead) || (lead as number) < 0)
        throw new ScenarioError('scenario-lead', `rules.leadDays has no count of days: ${JSON.stringify(lead)}`);
      return lead as number;
    }),
    beforeHour: hourAt(given.beforeHour ?? DEFAULT_RULES.beforeHour, 'rules.beforeHour'),
    dueHours: listAt(given.dueHours ?? DEFAULT_RULES.dueHours, 'rules.dueHours').map((hour, i) =>
      hourAt(hour, `rules.dueHours[${i}]`),
    ),
    overdueHour: hourAt(given.overdueHour ?? DEFAULT_RULES.overdueHour, 'rules.overdueHour'),
    quiet: given.quiet === undefined || given.quiet === null ? null : quietAt(given.quiet),
    zone,
    since: Number.MIN_SAFE_INTEGER,
  };
}

/** `{"from":"22:00","to":"07:00"}`, `{"fromHour":22,"toHour":7}`, `[22, 7]` or `"22:00-07:00"`. */
function quietAt(raw: unknown): Quiet {
  const text = typeof raw === 'string' ? raw.split(/[-–~]/) : raw;
  const [from, to] = Array.isArray(text) ? text : [];
  if (Array.isArray(text)) return { fromHour: hourAt(from, 'rules.quiet[0]'), toHour: hourAt(to, 'rules.quiet[1]') };
  const given = objectAt(raw, 'rules.quiet');
  return {
    fromHour: hourAt(given.fromHour ?? given.from ?? given.start, 'rules.quiet.from'),
    toHour: hourAt(given.toHour ?? given.to ?? given.end, 'rules.quiet.to'),
  };
}

function billAt(raw: unknown, index: number): ScenarioBill {
  const where = `bills[${index}]`;
  const given = objectAt(raw, where);
  const { key, title, dueDay, remainingFen, readAt } = given;
  if (typeof key !== 'string' || key === '') throw new ScenarioError('scenario-key', `${where}.key is missing`);
  const day = typeof dueDay === 'string' ? toDay(dueDay) : null;
  if (dueDay !== null && dueDay !== undefined && !day)
    throw new ScenarioError('scenario-day', `${where}.dueDay is no day of the calendar: ${JSON.stringify(dueDay)}`);
  const owed = remainingFen ?? null;
  if (
    owed !== null &&
    (!Number.isSafeInteger(owed) || (owed as number) < 0 || parseFen((owed as number) / 100) === null)
  ) {
    throw new ScenarioError('scenario-amount', `${where}.remainingFen is not a count of fen: ${JSON.stringify(owed)}`);
  }
  return {
    key,
    title: typeof title === 'string' ? title : key,
    dueDay: day,
    remainingFen: owed as Fen | null,
    readAt: instantAt(readAt, `${where}.readAt`),
  };
}

function actAt(raw: unknown, index: number): ScenarioAct {
  const where = `acts[${index}]`;
  const given = objectAt(raw, where);
  const act = ACTS.find((name) => name === given.do);
  if (!act)
    throw new ScenarioError('scenario-act', `${where}.do is none of ${ACTS.join(', ')}: ${JSON.stringify(given.do)}`);
  if (typeof given.key !== 'string') throw new ScenarioError('scenario-key', `${where}.key is missing`);
  const until = given.until === undefined ? undefined : instantAt(given.until, `${where}.until`);
  if (act === 'snooze' && until === undefined)
    throw new ScenarioError('scenario-until', `${where} snoozes but has no "until"`);
  return {
    at: instantAt(given.at, `${where}.at`),
    do: act,
    key: given.key,
    ...(until === undefined ? {} : { until }),
  };
}
