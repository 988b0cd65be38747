/** Which readings of a living page are worth telling: what is new, and no failure of a page that is still filling. */
import type { Instant } from '../../core/day.ts';
import type { Reading } from '../../core/reading.ts';

/** Bills are told at once; anything else has to stand for so long. */
const UNREADABLE_STANDS_MS = 8_000;
const STANDS_MS = 2_000;
/** … and the page has to have rested for so long, */
const REST_MS = 3_000;
/** … unless it never rests. */
const LONGEST_MS = 30_000;

export interface Moment {
  readonly now: number;
  /** When the page last changed or received an answer. */
  readonly lastChangeAt: number;
  readonly isLoaded: boolean;
  readonly path: string;
}

export type Weighed = { readonly send: Reading } | { readonly againMs: number } | null;

export interface Outbox {
  weigh(reading: Reading, moment: Moment): Weighed;
  /** The background has it: the same is not told again. */
  told(reading: Reading): void;
  /** It has not: from then on the same may be told again. */
  refused(again: Instant): void;
}

export function outbox(): Outbox {
  let told = '';
  let toldAgainAt: Instant | null = null;
  let waiting = '';
  let since = 0;
  let billsOn = '';
  return {
    weigh: (reading, { now, lastChangeAt, isLoaded, path }) => {
      const text = essence(reading);
      if (text === told && toldAgainAt !== null)
        return now < toldAgainAt ? { againMs: toldAgainAt - now } : { send: reading };
      if (reading.kind === 'bills') {
        billsOn = path;
        waiting = '';
        return text === told ? null : { send: reading };
      }
      // Another tab of a page whose bills were read is not a page that cannot be read.
      const isOtherTab = reading.kind === 'unreadable' && isQuiet(reading.why) && billsOn === path;
      if (text === told || isOtherTab) {
        waiting = '';
        return null;
      }
      if (text !== waiting) {
        waiting = text;
        since = now;
      }
      const stands = since + (reading.kind === 'unreadable' ? UNREADABLE_STANDS_MS : STANDS_MS);
      const at = isLoaded ? Math.max(stands, Math.min(lastChangeAt + REST_MS, since + LONGEST_MS)) : since + LONGEST_MS;
      return now >= at ? { send: reading } : { againMs: at - now };
    },
    told: (reading) => {
      told = essence(reading);
      toldAgainAt = null;
      waiting = '';
    },
    refused: (again) => {
      toldAgainAt = again;
    },
  };
}

function isQuiet(why: string): boolean {
  return why === 'layout-unknown' || why === 'still-loading' || why === 'amounts-hidden';
}

/** The reading without what does not matter: the order in which a page lists its bills. */
function essence(reading: Reading): string {
  if (reading.kind !== 'bills') return JSON.stringify(reading);
  const bills = reading.bills.map((bill) => JSON.stringify(bill)).sort();
  return JSON.stringify({ ...reading, bills, covered: [...reading.covered].sort() });
}
