/**
 * A hybrid logical clock: stamps that sort as text in causal order, whatever the machine's clock does. A stamp is
 * `<ms, 12 hex>-<counter, 4 hex>-<device>`. Time is passed in, never fetched.
 */
import { type Instant, MINUTE_MS } from '../day.ts';

export type Stamp = string;

/** The highest moment that this device has given or merged. */
export interface RecordClock {
  readonly device: string;
  readonly ms: Instant;
  readonly counter: number;
}

/** A stamp that lies farther ahead is kept and merged only once this device's clock has caught up. */
export const DRIFT_MS = 5 * MINUTE_MS;

const MOST_COUNTER = 0xffff;
const MOST_MS = 0xffff_ffff_ffff;
const SHAPE = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/;

/** `device`: this browser's random name, of which a stamp carries the first part. */
export function newClock(device: string): RecordClock {
  return { device: device.slice(0, 12), ms: 0, counter: 0 };
}

export function isStamp(text: unknown): text is Stamp {
  return typeof text === 'string' && SHAPE.test(text);
}

export function stampOf({ ms, counter, device }: RecordClock): Stamp {
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${device}`;
}

export function msOf(stamp: Stamp): Instant {
  return Number.parseInt(stamp.slice(0, 12), 16);
}

export function isStampOf(stamp: Stamp, device: string): boolean {
  return stamp.slice(18) === device.slice(0, 12);
}

export interface Ticked {
  readonly clock: RecordClock;
  readonly stamp: Stamp;
}

/** A new stamp, greater than every one that this clock gave or merged, even when the machine's clock was set back. */
export function tick(clock: RecordClock, now: Instant): Ticked {
  const at = instantIn(now);
  const next =
    at > clock.ms
      ? { ...clock, ms: at, counter: 0 }
      : clock.counter < MOST_COUNTER
        ? { ...clock, counter: clock.counter + 1 }
        : { ...clock, ms: clock.ms + 1, counter: 0 };
  return { clock: next, stamp: stampOf(next) };
}

/** The stamp of an edit whose moment is known, before this device's clock ever ticked for it. */
export function stampAt(device: string, at: Instant): Stamp {
  return stampOf({ device, ms: instantIn(at), counter: 0 });
}

/** Stamps given after this are greater than `stamp`. What lies too far ahead is not merged, and so raises nothing: `isTooFarAhead` says so. */
export function raised(clock: RecordClock, stamp: Stamp): RecordClock {
  const ms = msOf(stamp);
  const counter = Number.parseInt(stamp.slice(13, 17), 16);
  return ms > clock.ms || (ms === clock.ms && counter > clock.counter) ? { ...clock, ms, counter } : clock;
}

export function isTooFarAhead(stamp: Stamp, now: Instant): boolean {
  return msOf(stamp) - instantIn(now) > DRIFT_MS;
}

function instantIn(now: Instant): Instant {
  return Math.min(MOST_MS, Math.max(0, Math.floor(now)));
}
