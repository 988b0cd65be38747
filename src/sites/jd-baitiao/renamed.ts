/**
 * Answers in which the site's names have changed: a due date and an amount are told by the vocabulary of their names.
 * What is found so is doubtful until the labels of the page say the same.
 */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import { type Family, standingFrom } from '../../core/reading.ts';
import { type Draft, dayKey, draft, freshKeys, NOTHING, type Part } from '../draft.ts';
import type { Answer } from './answers.ts';
import { type Fields, fieldsOf, textOf } from './json.ts';
import { type EndpointId, TITLE } from './manifest.ts';

/** Endpoints that list bills, and whose bills they are. */
const FAMILY_OF: Partial<Record<EndpointId, Family>> = {
  issued: 'issued',
  unissued: 'unissued',
  loans: 'loan',
  'first-screen': 'issued',
};

const DUE_NAME = /(?:due|limit|last|final|latest|repay|deadline|expir)\w*(?:date|day|time|pay)$|^(?:due|deadline)$/i;
const OWED_NAME =
  /(?:sdp|remain|left|rest|unpaid|unpay|should|owe|outstanding|wait|surplus|topay|need)\w*(?:amt|amount|money|balance|pay|fen|yuan)?$/i;
const OTHER_AMOUNT = /min|limit|avail|credit|fee|interest|plan|fund|asset|quota|rate|day|date|time|num|count|percent/i;

/** No name is longer; the two expressions above would search a long one from each of their words to its end. */
const LONGEST_NAME = 100;
/** Far above any answer of these endpoints. */
const MOST_OBJECTS = 5000;

/** `known` are the families of which the readers that know the names found a bill or evidence that there is none. */
export function readRenamed(answers: readonly Answer[], known: readonly Family[], today: Day): Part {
  const bills = new Map<string, Draft>();
  const taken = new Set<string>();
  const freshKey = freshKeys(taken);
  for (const { endpoint, verdict, data } of answers) {
    const family = FAMILY_OF[endpoint];
    if ((verdict !== 'good' && verdict !== 'strange') || !family || known.includes(family)) continue;
    for (const bill of objectsOf(data).flatMap((object) => guessed(object, family, today))) {
      // One debt may stand in several objects; two debts of one day differ in their amount.
      const debt = `${family} ${bill.dueDay} ${bill.remainingFen}`;
      if (bills.has(debt)) continue;
      const key = freshKey(bill.key);
      taken.add(key);
      bills.set(debt, { ...bill, key });
    }
  }
  return bills.size ? { ...NOTHING, bills: [...bills.values()] } : NOTHING;
}

function objectsOf(data: Fields): Fields[] {
  const found: Fields[] = [];
  const waiting: unknown[] = [data];
  for (let value = waiting.pop(); value !== undefined && found.length < MOST_OBJECTS; value = waiting.pop()) {
    const object = fieldsOf(value);
    if (object) found.push(object);
    if (typeof value !== 'object' || value === null) continue;
    for (const below of Object.values(value).slice(0, MOST_OBJECTS))
      if (typeof below === 'object' && below !== null) waiting.push(below);
  }
  return found;
}

/** One day and one amount in the same object, or nothing: two of a kind would be a choice, and a choice is a guess. */
function guessed(object: Fields, family: Family, today: Day): Draft[] {
  const days = new Set<Day>();
  const amounts = new Set<Fen>();
  for (const [name, value] of Object.entries(object)) {
    const text = name.length > LONGEST_NAME ? null : textOf(value);
    const day = text && DUE_NAME.test(name) ? parseDay(text, today) : null;
    if (day) days.add(day);
    const amount = text && OWED_NAME.test(name) && !OTHER_AMOUNT.test(name) ? parseFen(text) : null;
    if (amount !== null) amounts.add(amount);
  }
  const [dueDay] = days;
  const [owed] = amounts;
  if (days.size !== 1 || amounts.size !== 1 || dueDay === undefined || owed === undefined) return [];
  // A zero under a name that nobody knows is no evidence that nothing is owed.
  const remainingFen = owed > 0 ? owed : null;
  return [
    draft({
      family,
      source: 'responses',
      key: dayKey(dueDay, null, 'issued'),
      title: `${TITLE}账单`,
      dueDay,
      remainingFen,
      standing: standingFrom(remainingFen, false),
      doubts: [
        { field: 'dueDay', values: [{ source: 'responses', value: dueDay }] },
        { field: 'remainingFen', values: [{ source: 'responses', value: owed }] },
      ],
    }),
  ];
}
