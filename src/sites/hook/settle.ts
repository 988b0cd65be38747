/** When to look at a page that keeps changing: once it has settled, once per change, never in a loop. */

/** No change for so long: the page has settled. */
const SETTLE_MS = 600;
/** A page that never rests is still read. */
const LONGEST_MS = 5_000;
/** Looks that found nothing new make the next one wait longer, up to this. */
const FIRST_GAP_MS = 1_000;
const LONGEST_GAP_MS = 60_000;
const MOST_PER_MINUTE = 20;
const MINUTE = 60_000;

export interface Timers {
  now(): number;
  after(ms: number, job: () => void): unknown;
  cancel(timer: unknown): void;
}

/** `again`: look once more after so many milliseconds, even if nothing changes. */
export type Found = { readonly isNew: boolean; readonly againMs?: number };

export interface Settling {
  /** The page's content changed by itself. */
  changed(): void;
  /** Something that tells more than a change: an answer came, the owner clicked, the address changed. */
  called(): void;
  /** Milliseconds for which a further `changed()` makes no difference. */
  deafForMs(): number;
  stop(): void;
}

export function settling(look: () => Found, { now, after, cancel }: Timers): Settling {
  let timer: unknown = null;
  let timerAt = 0;
  let first: number | null = null;
  let last = 0;
  let gap = 0;
  let againAt: number | null = null;
  let isStopped = false;
  const looks: number[] = [];

  const dueAt = (): number | null => {
    const settled = first === null ? null : Math.min(last + SETTLE_MS, first + LONGEST_MS);
    const wanted = settled === null ? againAt : againAt === null ? settled : Math.min(settled, againAt);
    if (wanted === null) return null;
    const former = looks.at(-1) ?? Number.NEGATIVE_INFINITY;
    const full = looks.length < MOST_PER_MINUTE ? 0 : (looks[0] ?? 0) + MINUTE;
    return Math.max(wanted, againAt === wanted ? 0 : former + gap, full);
  };
  const arm = (): void => {
    const at = dueAt();
    if (isStopped || at === null || (timer !== null && timerAt <= at)) return;
    if (timer !== null) cancel(timer);
    timerAt = at;
    timer = after(Math.max(0, at - now()), ring);
  };
  const ring = (): void => {
    timer = null;
    const at = dueAt();
    if (isStopped || at === null) return;
    if (at > now()) {
      arm();
      return;
    }
    first = null;
    againAt = null;
    looks.push(now());
    if (looks.length > MOST_PER_MINUTE) looks.shift();
    const { isNew, againMs } = look();
    gap = isNew ? 0 : Math.min(LONGEST_GAP_MS, Math.max(FIRST_GAP_MS, gap * 2));
    if (againMs !== undefined) againAt = now() + againMs;
    arm();
  };
  const changed = (): void => {
    last = now();
    first ??= last;
    if (timer === null) arm();
  };
  return {
    changed,
    called: () => {
      last = now();
      // What waited only because nothing new was expected starts to settle now.
      if (gap > 0) first = last;
      first ??= last;
      gap = 0;
      arm();
    },
    deafForMs: () => (first === null ? 0 : Math.max(0, (looks.at(-1) ?? 0) + gap - SETTLE_MS - now())),
    stop: () => {
      isStopped = true;
      if (timer !== null) cancel(timer);
      timer = null;
    },
  };
}
