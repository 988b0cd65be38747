/** 坚果云 answers 600 requests in 30 minutes and then none: they are counted here, over restarts of the background too. */
import type { Instant } from '../core/day.ts';

export interface Spent {
  /** Requests by the minute in which they began. */
  readonly minutes: Readonly<Record<number, number>>;
}

export interface Meter {
  load(): Promise<Spent | null>;
  save(spent: Spent): Promise<void>;
}

export interface Budget {
  readonly most: number;
  readonly windowMs: number;
  readonly meter: Meter;
}

const MINUTE = 60_000;

/** Takes one request out of the budget; otherwise how long there is none. */
export async function take({ most, windowMs, meter }: Budget, now: Instant): Promise<{ waitMs: number }> {
  const minute = Math.floor(now / MINUTE);
  const oldest = minute - Math.ceil(windowMs / MINUTE);
  const spent = Object.entries((await meter.load())?.minutes ?? {})
    .map(([at, count]) => [Number(at), count] as const)
    // A clock that was set back leaves minutes of the future: they count as now.
    .filter(([at]) => at > oldest)
    .map(([at, count]) => [Math.min(at, minute), count] as const);
  const sum = spent.reduce((all, [, count]) => all + count, 0);
  if (sum >= most) return { waitMs: (Math.min(...spent.map(([at]) => at)) - oldest) * MINUTE };
  const minutes: Record<number, number> = {};
  for (const [at, count] of spent) minutes[at] = (minutes[at] ?? 0) + count;
  minutes[minute] = (minutes[minute] ?? 0) + 1;
  await meter.save({ minutes });
  return { waitMs: 0 };
}
