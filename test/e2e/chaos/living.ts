/** A browser that a chaos run may start, strike and start again: always on one profile, one screen, one moved clock. */
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../browsers/chromium.ts';
import type { MovableClock } from '../browsers/clock.ts';
import type { Display } from '../browsers/display.ts';
import { ADDON_ORIGIN, type FirefoxSession, launchFirefox } from '../browsers/firefox.ts';
import { eventually, sleep, within } from '../browsers/process.ts';
import { duly } from '../duly.ts';

export interface Living {
  /** The extension, asked from a page of its own that runs none of its code and wakes nothing by being open. */
  readonly extension: ReturnType<typeof duly>;
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

export interface Mortal {
  /** Rejects when it is killed meanwhile. */
  start(): Promise<Living>;
  /** SIGKILL, also in the middle of a start; returns at once, false when nothing runs yet. */
  kill(): boolean;
  /** Resolves when the killed one is gone. */
  gone(): Promise<void>;
}

export interface Stage {
  readonly extensionDir: string;
  readonly profileDir: string;
  readonly display: Display;
  readonly clock: MovableClock;
}

/** The extension is installed in the profile, so that alarms survive a restart as they do for a real owner. */
export function mortalChromium({ extensionDir, profileDir, display, clock }: Stage): Mortal {
  let killed: number | null = null;
  return {
    start: () => inTime(startOnce(), 'Chromium to start'),
    kill: () => {
      const pid = lockedBy(profileDir);
      if (pid === null) return false;
      process.kill(pid, 'SIGKILL');
      killed = pid;
      return true;
    },
    gone: async () => {
      await eventually(() => killed === null || !isAlive(killed), 'the killed Chromium to be gone');
      await sleep(300); // its children see the broken pipe
    },
  };

  async function startOnce(): Promise<Living> {
    const browser = await launchChromium({
      extensionDir,
      profileDir,
      seeded: true,
      headless: false,
      env: { ...display.env, ...clock.env },
    });
    const page = await browser.openExtensionPage('manifest.json');
    const devtools = await browser.context.newCDPSession(page);
    await devtools.send('ServiceWorker.enable');
    return {
      extension: duly((remote, arg) =>
        inTime(page.evaluate(remote as (arg: unknown) => unknown, arg), 'the extension to answer'),
      ),
      stopWorker: async () => void (await inTime(devtools.send('ServiceWorker.stopAllWorkers'), 'the worker to stop')),
      close: () => browser.close(),
    };
  }
}

/** What waits for a browser that was killed may wait for ever: it is given up, and the step says so. */
async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  const answer = await within(promise, 60_000);
  if (answer === 'late') throw new Error(`waited a minute in vain for ${what}`);
  return answer as T;
}

/** Firefox forgets its alarms with every end, so only what follows a start can be shown. */
export function mortalFirefox({ extensionDir, profileDir, display, clock }: Stage): Mortal {
  let firefox: FirefoxSession | null = null;
  const start = async (): Promise<Living> => {
    firefox = await launchFirefox({
      profileDir,
      headless: false,
      env: { ...display.env, ...clock.env },
      // A third crash would otherwise end in a question about safe mode.
      prefs: { 'toolkit.startup.max_resumed_crashes': -1, 'browser.sessionstore.resume_from_crash': false },
    });
    const session = firefox;
    if ((await session.backgroundState()) === 'absent') await session.install(extensionDir, true);
    await session.navigate(`${ADDON_ORIGIN}/manifest.json`);
    return {
      extension: duly((remote, arg) => session.exec(remote as (arg: unknown) => unknown, arg)),
      stopWorker: async () => void (await session.terminateBackground()),
      close: () => session.close(),
    };
  };
  return {
    start,
    kill: () => {
      if (!firefox) return false;
      process.kill(-firefox.pid, 'SIGKILL');
      return true;
    },
    gone: async () => {
      await firefox?.ended;
      firefox = null;
    },
  };
}

/** The profile's lock is a link to `host-pid`; null while no living browser holds it. */
function lockedBy(profileDir: string): number | null {
  try {
    const pid = Number(readlinkSync(join(profileDir, 'SingletonLock')).split('-').at(-1));
    return pid > 1 && isAlive(pid) ? pid : null;
  } catch {
    return null; // no lock yet
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
