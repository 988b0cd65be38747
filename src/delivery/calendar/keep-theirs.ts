/**
 * An entry that the owner touched in their calendar and that Duly must change: Duly's fields win (words, day, alarms at
 * the promised moments); what they added stays: other properties (a place, a colour, a category), their own alarms, and
 * the mark that an alarm of ours was already answered.
 */
import { folded, OWN_ALARM, unfolded } from './ics.ts';

/** Ours, or what would silence the day or turn it into several. */
const OURS =
  /^(?:BEGIN|END|UID|DTSTAMP|LAST-MODIFIED|DTSTART|DTEND|DURATION|SUMMARY|DESCRIPTION|TRANSP|STATUS|RRULE|RDATE|EXDATE|RECURRENCE-ID)[;:]/i;
const ANSWER = /^ACKNOWLEDGED[;:]/i;
/** Nobody adds so much by hand. */
const MOST_LINES = 200;

export function keepTheirs(ours: string, theirs: string): string {
  const found = eventIn(unfolded(theirs));
  const added = found.properties.filter((line) => !OURS.test(line)).slice(0, MOST_LINES);
  const theirOwn = found.alarms.filter((alarm) => !alarm.includes(OWN_ALARM)).slice(0, MOST_LINES);
  const answered = new Map(found.alarms.map((alarm) => [triggerOf(alarm), alarm.filter((line) => ANSWER.test(line))]));
  const event = eventIn(unfolded(ours));
  const alarms = [
    ...event.alarms.map((alarm) => [
      ...alarm.slice(0, -1),
      ...(answered.get(triggerOf(alarm)) ?? []),
      ...alarm.slice(-1),
    ]),
    ...theirOwn.filter((alarm) => !event.alarms.some((own) => triggerOf(own) === triggerOf(alarm))),
  ];
  const lines = [...event.head, ...event.properties, ...added, ...alarms.flat(), ...event.foot];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

interface Event {
  readonly head: readonly string[];
  readonly properties: readonly string[];
  /** Each with its BEGIN and END. */
  readonly alarms: readonly (readonly string[])[];
  readonly foot: readonly string[];
}

/** The first event of the text, and what stands around it. */
function eventIn(lines: readonly string[]): Event {
  const start = lines.findIndex((line) => /^BEGIN:VEVENT$/i.test(line));
  const end = lines.findIndex((line, at) => at > start && /^END:VEVENT$/i.test(line));
  if (start < 0 || end < 0) return { head: lines, properties: [], alarms: [], foot: [] };
  const properties: string[] = [];
  const alarms: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines.slice(start + 1, end)) {
    if (/^BEGIN:/i.test(line)) open = [];
    (open ?? properties).push(line);
    if (open && /^END:/i.test(line)) {
      if (/^END:VALARM$/i.test(line)) alarms.push(open);
      open = null;
    }
  }
  return { head: lines.slice(0, start + 1), properties, alarms, foot: lines.slice(end) };
}

function triggerOf(alarm: readonly string[]): string {
  return (alarm.find((line) => /^TRIGGER[;:]/i.test(line)) ?? '').replace(/^.*:/, '');
}
