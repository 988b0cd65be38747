/** Programs that a run starts, and ends again by their process group: never by name, never left behind. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { findCommand } from './find-browser.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The end of what it wrote to stderr, for error messages. */
  readonly errors: () => string;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks the whole group to end, and kills it after `graceMs`. */
  readonly end: (graceMs?: number) => Promise<void>;
  /** Kills the whole group at once, as a power cut would. */
  readonly kill: () => void;
}

const alive = new Set<number>();
process.on('exit', () => {
  for (const pid of alive) signalGroup(pid, 'SIGKILL');
});

/** Starts a program in its own process group; it ends with this process, even a killed one. Rejects when it cannot be started. */
export async function startProgram(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Running> {
  const path = findCommand(command) ?? (existsSync(command) ? command : null);
  if (!path) throw new Error(`${command} is not installed`);
  const leash = findCommand('setpriv');
  const [program, words] = leash ? [leash, ['--pdeathsig', 'SIGKILL', '--', path, ...args]] : [path, [...args]];
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], ...options, detached: true });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk).slice(-4000);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
  });
  const pid = child.pid as number;
  alive.add(pid);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', async (code) => {
      // What outlived the leader goes with it, and may write no more into its folder.
      signalGroup(pid, 'SIGKILL');
      for (let tries = 0; tries < 40 && groupLives(pid); tries++) await sleep(50);
      alive.delete(pid);
      resolve(code);
    });
  });
  return {
    child,
    pid,
    errors: () => errors,
    ended,
    kill: () => signalGroup(pid, 'SIGKILL'),
    end: async (graceMs = 3000) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      signalGroup(pid, 'SIGTERM');
      if ((await within(ended, graceMs)) === 'late') signalGroup(pid, 'SIGKILL');
      await within(ended, 3000);
    },
  };
}

/** The first line that the program writes to this extra file descriptor. */
export async function firstLine(running: Running, fd: number, timeoutMs: number, what: string): Promise<string> {
  const stream = running.child.stdio[fd] as NodeJS.ReadableStream;
  const line = new Promise<string>((resolve) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
  const first = await within(Promise.race([line, running.ended.then(() => null)]), timeoutMs);
  if (typeof first !== 'string' || first === 'late') {
    running.kill();
    throw new Error(`${what} did not start: ${running.errors().slice(-400)}`);
  }
  return first;
}

/** The promise's value, or `'late'` after so many milliseconds. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>;

/** Asks again until the answer is truthy; throws with `what` after the time-out. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  what: string,
  timeoutMs = 15_000,
  everyMs = 150,
): Promise<Truthy<T>> {
  const until = performance.now() + timeoutMs;
  let trouble = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer as Truthy<T>;
      trouble = '';
    } catch (error) {
      trouble = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    if (performance.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for ${what}${trouble}`);
    await sleep(everyMs);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a process of the group still runs; one that only waits to be reaped does not. False where there is no /proc. */
function groupLives(group: number): boolean {
  if (!existsSync('/proc/self/stat')) return false;
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, , pgrp] = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return Number(pgrp) === group && state !== 'Z';
    } catch {
      return false; // it ended while we looked
    }
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
