/**
 * A browser, a screen that records what it is asked to show, a clock that is moved from slot to slot, and kills at
 * random moments. After each step the browser is left alone until it had the wake that the design promises it.
 */
import type { Promised } from '../../core/laws/promises.ts';
import { createClock, type MovableClock } from '../browsers/clock.ts';
import { type Display, openDisplay } from '../browsers/display.ts';
import { eventually, sleep } from '../browsers/process.ts';
import { removeFolder, temporaryFolder } from '../browsers/temporary-folder.ts';
import { type Dice, diceOf } from './dice.ts';
import type { Living, Mortal, Stage } from './living.ts';
import { accepted, type Figures, type Kept, type Tally, tallyOf } from './tally.ts';
import { settleIn, type World, worldOf } from './world.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly bills: number;
  /** The run ends with the step in which this many kills, of the browser and of the worker, are reached, or with the last promise of the world. */
  readonly kills: number;
  /** So does it with the step in which this much time has passed. */
  readonly mostMs: number;
  readonly extensionDir: string;
  /** One line for every step. */
  readonly say?: (line: string) => void;
}

export interface Kind {
  readonly name: string;
  readonly clock: 'shim' | 'faketime';
  readonly mortal: (stage: Stage) => Mortal;
  /** One step towards the next moment of `scene`; leaves a browser running. Returns its name. */
  readonly step: (scene: Scene, next: number) => Promise<string>;
}

export interface Scene {
  readonly dice: Dice;
  readonly clock: MovableClock;
  readonly display: Display;
  readonly mortal: Mortal;
  readonly tally: Tally;
  readonly promises: readonly Promised[];
  readonly moments: readonly number[];
  living: Living;
}

const DAYS_AFTER_THE_LAST = 3;
/** A pass that died looks again after five minutes. */
const RETRY_MS = 302_000;
/** So long a browser that was left alone may take for a wake that is due: a loaded machine is slow, not wrong. */
const WAKE_PATIENCE_MS = 40_000;
const STRUCK_PATIENCE_MS = 7_000;
/** The browser reads a moved clock up to a second later. */
const GRACE_MS = 1000;

export async function runChaos(kind: Kind, options: ChaosOptions): Promise<Figures> {
  const { seed, bills, kills, mostMs, extensionDir, say = () => {} } = options;
  const dice = diceOf(seed);
  const world = worldOf(dice, bills, Date.now());
  const display = await openDisplay({ dunst: true });
  const clock = createClock(kind.clock, world.startAt - Date.now());
  const profileDir = temporaryFolder(`chaos-${kind.name}`);
  const mortal = kind.mortal({ extensionDir, profileDir, display, clock });
  let scene: Scene | null = null;
  try {
    const living = await mortal.start();
    await eventually(() => living.extension.status(), 'the first answer');
    const promises = await settleIn(living.extension, world, endOf(world));
    const moments = [...new Set(promises.map(({ at }) => at))].sort((a, b) => a - b);
    scene = { dice, clock, display, mortal, tally: tallyOf(), promises, moments, living };
    if (kind.name === 'firefox') {
      // An orderly end once: the add-on's own records are written late.
      await living.close();
      scene.living = await mortal.start();
    }
    let kept: Kept[] = [];
    const until = performance.now() + mostMs;
    for (let count = 1; killsOf(scene.tally) < kills && performance.now() < until; count++) {
      const next = moments.find((at) => at > clock.now() + 6000);
      if (next === undefined) break;
      const name = await kind.step(scene, next);
      kept = await settle(scene);
      const line = scene.tally.close(kept, shownIn(display));
      say(
        `${String(count).padStart(4)}  ${new Date(clock.now() + 28_800_000).toISOString().slice(0, 19)}  ${name}: ${line}`,
      );
    }
    return scene.tally.figures(promises, kept, clock.now() - WAKE_PATIENCE_MS);
  } finally {
    await scene?.living.close().catch(() => {}); // it may be the one that was killed last
    await display.close();
    clock.close();
    await removeFolder(profileDir);
  }
}

const killsOf = ({ browserKills, workerStops }: Tally): number => browserKills + workerStops;

function endOf({ bills }: World): number {
  const lastDay = bills
    .map(({ dueDay }) => dueDay)
    .sort()
    .at(-1)!;
  return Date.parse(`${lastDay}T00:00:00+08:00`) + DAYS_AFTER_THE_LAST * 86_400_000;
}

export function shownIn(display: Display): number {
  return display.notified.filter(({ app }) => /Chromium|Firefox/.test(app)).length;
}

/**
 * Waits until every promise whose moment has passed is accepted. After a strike the wake may be the retry of the pass
 * that died, so the clock is moved there. What is open then has missed its first wake. Returns the ledger.
 */
async function settle(scene: Scene): Promise<Kept[]> {
  const { clock, tally, moments } = scene;
  // A slot of this very moment is due only when the grace below is over.
  if (moments.some((at) => at <= clock.now() && at > clock.now() - GRACE_MS)) await sleep(GRACE_MS);
  let kept = await waitForWake(scene, STRUCK_PATIENCE_MS);
  if (openOf(scene, kept).length > 0) {
    clock.advance(RETRY_MS);
    kept = await waitForWake(scene, WAKE_PATIENCE_MS);
  }
  for (const { id } of openOf(scene, kept)) tally.missed.add(id);
  await sleep(400); // the bus is read by another process
  return kept;
}

async function waitForWake(scene: Scene, patienceMs: number): Promise<Kept[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const kept = await ledgerOf(scene);
    if (openOf(scene, kept).length === 0 || performance.now() > until) return kept;
    await sleep(250);
  }
}

/** A browser that has just started may let the first question time out. */
function ledgerOf({ living }: Scene): Promise<Kept[]> {
  return eventually(
    async () => (await living.extension.rows('ledger')) as unknown as Kept[],
    'the ledger',
    WAKE_PATIENCE_MS,
  );
}

function openOf({ promises, clock, tally }: Scene, kept: readonly Kept[]): Promised[] {
  const ids = new Set(accepted(kept).map(({ reminderId }) => reminderId));
  return promises.filter(({ id, at }) => at <= clock.now() - GRACE_MS && !ids.has(id) && !tally.missed.has(id));
}
