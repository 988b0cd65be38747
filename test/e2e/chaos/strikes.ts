/** Where a step puts the clock, and when it strikes whom. */
import { sleep } from '../browsers/process.ts';
import { type Kind, type Scene, shownIn } from './chaos.ts';
import { mortalChromium, mortalFirefox } from './living.ts';

/** Milliseconds from now until a strike, or from the next notice on the bus: there lies the gap between acceptance and record. */
interface Aim {
  readonly at: 'moment' | 'notice';
  readonly afterMs: number;
}

const NOTICE_PATIENCE_MS = 6000;

async function aimed(scene: Scene, aim: Aim): Promise<void> {
  if (aim.at === 'notice') {
    const before = shownIn(scene.display);
    const until = performance.now() + NOTICE_PATIENCE_MS;
    while (shownIn(scene.display) === before && performance.now() < until) await sleep(1);
  }
  await sleep(Math.max(0, aim.afterMs));
}

/** A kill, and a start; sometimes the clock moves on while nothing runs, and sometimes the start is killed too. */
async function killAndStart(scene: Scene, isDownLong: boolean): Promise<void> {
  const { mortal, clock, dice, tally } = scene;
  mortal.kill();
  tally.browserKills++;
  await mortal.gone();
  if (isDownLong) clock.moveTo(past(scene, dice.int(0, 2)));
  if (dice.chance(0.2)) {
    const start = mortal.start().catch(() => null); // it was killed on its way
    await Promise.race([start, aimed(scene, dice.pick([after(dice.int(300, 4000)), onNotice(dice.int(0, 30))]))]);
    const isKilled = mortal.kill();
    const living = await start;
    if (living && !isKilled) {
      scene.living = living;
      return;
    }
    tally.browserKills++;
    await mortal.gone();
  }
  scene.living = await mortal.start();
}

const after = (afterMs: number): Aim => ({ at: 'moment', afterMs });
const onNotice = (afterMs: number): Aim => ({ at: 'notice', afterMs });

/** Some minutes after the moment that lies this many slots ahead: the machine slept through them. */
function past({ moments, clock, dice }: Scene, ahead: number): number {
  const coming = moments.filter((at) => at > clock.now());
  const moment = coming[Math.min(ahead, coming.length - 1)] ?? clock.now();
  return moment + dice.int(0, 300_000);
}

/** Chromium under faketime: a moved clock rings the alarms that it passes, so a step may also be a slot kept in peace. */
export const chromiumChaos: Kind = {
  name: 'chromium',
  clock: 'faketime',
  mortal: mortalChromium,
  step: async (scene, next) => {
    const { clock, dice, tally } = scene;
    const deed = dice.pick(['peace', 'worker', 'browser', 'worker on notice', 'browser on notice', 'browser down']);
    if (deed === 'browser down') {
      await killAndStart(scene, true);
      return deed;
    }
    const isAsleep = dice.chance(0.3);
    clock.moveTo(isAsleep ? past(scene, dice.int(0, 1)) : next - dice.int(1500, 3500));
    const name = `${deed}${isAsleep ? ', slept' : ''}`;
    if (deed === 'peace') {
      if (!isAsleep) await sleep(Math.max(0, next + 500 - clock.now()));
      return name;
    }
    // Around the slot, or around the ring of an alarm that was slept past.
    const strike = isAsleep ? dice.int(0, 2500) : next - clock.now() + dice.int(-700, 1300);
    await aimed(scene, deed.endsWith('notice') ? onNotice(dice.int(0, 30)) : after(strike));
    if (deed.startsWith('worker')) {
      tally.workerStops++;
      await scene.living.stopWorker();
      // The slot itself may still lie ahead.
      await sleep(Math.max(0, Math.min(next + 500 - clock.now(), 5000)));
    } else await killAndStart(scene, dice.chance(0.3));
    return name;
  },
};

/** Firefox under the shim: it is down while the clock moves, and struck after its start or around a slot. */
export const firefoxChaos: Kind = {
  name: 'firefox',
  clock: 'shim',
  mortal: mortalFirefox,
  step: async (scene, next) => {
    const { clock, dice, mortal, tally } = scene;
    mortal.kill();
    tally.browserKills++;
    await mortal.gone();
    const isAsleep = dice.chance(0.4);
    clock.moveTo(isAsleep ? past(scene, dice.int(0, 2)) : next - dice.int(14_000, 20_000));
    scene.living = await mortal.start();
    const deed = dice.pick(['peace', 'worker', 'worker on notice', 'browser on notice']);
    if (deed === 'browser on notice') {
      await aimed(scene, onNotice(dice.int(0, 30)));
      await killAndStart(scene, false);
    } else if (deed !== 'peace') {
      await aimed(scene, deed === 'worker' ? after(dice.int(0, 3000)) : onNotice(dice.int(0, 30)));
      tally.workerStops++;
      await scene.living.stopWorker();
    }
    // Its alarms ring by the real time that passes; the start itself may have taken longer than the way to the slot.
    await sleep(Math.min(Math.max(0, next + 500 - clock.now()), 20_000));
    return `${deed}${isAsleep ? ', slept' : ''}`;
  },
};
