/**
 * What the rules promise, counted day by day with a calendar and Intl. Written apart from src/core/reminder on purpose:
 * it is the oracle of the laws, so it may be slow and must stay naive.
 */
import type { Rules } from '../../../src/core/rules.ts';

export interface Promised {
  /** As the ledger names it. */
  readonly id: string;
  readonly kind: string;
  /** The moment the rules name, before quiet hours. */
  readonly promised: number;
  /** The moment it may sound, after quiet hours. */
  readonly at: number;
}

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

export const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
export const dayAt = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
export const beginOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

const clocks = new Map<string, Intl.DateTimeFormat>();
const hours = new Map<string, number>();
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}

/** The hour that a clock in `zone` shows, in quarters. */
function shownHour(zone: string, at: number): number {
  const key = `${zone} ${at}`;
  const known = hours.get(key);
  if (known !== undefined) return known;
  const clock = clockOf(zone);
  const [h, m] = clock.format(at).split(':').map(Number) as [number, number];
  hours.set(key, h + m / 60);
  return h + m / 60;
}

const moments = new Map<string, number>();
/** The quarter of this Shanghai day at which the clock in `zone` shows `hour`. */
export function momentOf(day: string, hour: number, zone: string): number {
  const key = `${day} ${hour} ${zone}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const found: number[] = [];
  for (let at = beginOf(day); at < beginOf(day) + DAY_MS; at += QUARTER_MS)
    if (shownHour(zone, at) === hour) found.push(at);
  if (found.length !== 1) throw new Error(`the laws keep away from daylight saving: ${key}`);
  moments.set(key, found[0]!);
  return found[0]!;
}

const silences = new Map<string, number>();
/** Quarter by quarter until the silence is over. */
export function afterQuiet(at: number, { quiet, zone }: Rules): number {
  if (!quiet || quiet.fromHour === quiet.toHour) return at;
  const key = `${at} ${quiet.fromHour} ${quiet.toHour} ${zone}`;
  const known = silences.get(key);
  if (known !== undefined) return known;
  let sound = at;
  const isSilent = (hour: number) =>
    quiet.fromHour < quiet.toHour
      ? quiet.fromHour <= hour && hour < quiet.toHour
      : hour >= quiet.fromHour || hour < quiet.toHour;
  while (isSilent(shownHour(zone, sound))) sound = (Math.floor(sound / QUARTER_MS) + 1) * QUARTER_MS;
  silences.set(key, sound);
  return sound;
}

/** Every promise for one dated bill up to the day after `until`. */
export function promisesFor(
  billId: string,
  dueDay: string,
  rules: Rules,
  fromDay: string,
  until: number,
  met: { readonly at: number; readonly now: number; readonly grewAt: number | null } | null = null,
): Promised[] {
  const promises: Promised[] = [];
  const add = (kind: string, day: string, hour: number, slot: string) =>
    addAt(kind, momentOf(day, hour, rules.zone), slot);
  const addAt = (kind: string, promised: number, slot: string) => {
    const quiet = afterQuiet(promised, rules);
    const isPastDueDay = kind !== 'overdue' && quiet >= beginOf(dayAfter(dueDay, 1));
    promises.push({ id: `${billId}|${kind}|${dueDay}|${slot}`, kind, promised, at: isPastDueDay ? promised : quiet });
  };
  // Met, or grown, in the evening of its due day: it is said at once, since no hour of that day is left to say it.
  const known = Math.max(0, ...[met?.at ?? 0, met?.grewAt ?? 0].filter((each) => met && each <= met.now));
  const hours = dayAt(known) === dueDay ? rules.dueHours : [];
  if (hours.length > 0 && hours.every((hour) => momentOf(dueDay, hour, rules.zone) < known))
    addAt('due-today', known, known === met!.grewAt ? 'grown' : 'read');
  // Met as overdue, after the hour of that day.
  const metOn = met && dayAt(met.at);
  if (met && metOn && met.at <= met.now && metOn > dueDay && momentOf(metOn, rules.overdueHour, rules.zone) < met.at)
    addAt('overdue', met.at, `+${Math.round((Date.parse(metOn) - Date.parse(dueDay)) / DAY_MS)}`);
  let daysLeft = 0;
  let day = fromDay;
  while (dayAfter(day, daysLeft) < dueDay) daysLeft++;
  while (dayAfter(day, daysLeft) > dueDay) daysLeft--;
  for (; beginOf(day) <= until + DAY_MS; day = dayAfter(day, 1), daysLeft--) {
    if (daysLeft > 0 && rules.leadDays.includes(daysLeft)) add('before', day, rules.beforeHour, `-${daysLeft}`);
    if (daysLeft === 0) for (const hour of rules.dueHours) add('due-today', day, hour, `${hour}`);
    if (daysLeft < 0) add('overdue', day, rules.overdueHour, `+${-daysLeft}`);
  }
  return promises;
}

/** What has no day asks on the day after it was met and on every third day from there. */
export function asksFor(
  billId: string,
  kind: string,
  metAt: number,
  rules: Rules,
  now: number,
  until: number,
): Promised[] {
  const promises: Promised[] = [];
  // Met in the future: the clock was wrong, the rhythm of three days stays.
  let met = metAt;
  while (met > now) met -= 3 * DAY_MS;
  for (
    let day = dayAfter(dayAt(met), 1), count = 0;
    beginOf(day) <= until + 2 * DAY_MS;
    day = dayAfter(day, 1), count++
  ) {
    if (count % 3 !== 0) continue;
    const promised = momentOf(day, rules.beforeHour, rules.zone);
    promises.push({ id: `${billId}|${kind}|${day}|ask`, kind, promised, at: afterQuiet(promised, rules) });
  }
  return promises;
}
