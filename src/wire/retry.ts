/** Nobody took what a page tells: when to try again, after so many refusals in a row. */
export function retryAfterMs(refusals: number): number {
  return RETRY_MS[refusals] ?? SELDOM_MS;
}

/** The background starts, or is busy. */
export const RETRY_MS = [1_000, 10_000, 60_000] as const;
/** Something is wrong that the owner may mend, such as a full disk. What the page shows gets too old to be told one day. */
const SELDOM_MS = 600_000;
