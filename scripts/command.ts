/** Runs the project's tools from its root. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

export interface CommandOptions {
  readonly env?: Record<string, string>;
  /** Ends the whole process group after so long; 10 minutes when absent. */
  readonly timeoutMs?: number;
  /** How far it gives way to others, as `nice` counts. */
  readonly priority?: number;
  /** Where its stdout goes: this program's `stdout` (default), or `stderr` when our stdout is data. */
  readonly output?: 'stdout' | 'stderr';
}

/** The exit code; 124 after the time-out. Its words pass through. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.output === 'stderr' ? 2 : 'inherit', 'inherit'],
    detached: true,
  });
  try {
    if (options.priority && child.pid) setPriority(child.pid, options.priority);
  } catch {
    // It has ended already, or this system has no such order: then it runs as any other.
  }
  const stop = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // The group has ended already.
    }
  };
  const passOn = (signal: NodeJS.Signals) => stop(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, passOn);
  let isLate = false;
  let killer: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    isLate = true;
    stop('SIGTERM');
    killer = setTimeout(() => stop('SIGKILL'), 10_000);
  }, options.timeoutMs ?? 600_000);
  return new Promise((ended) => {
    const end = (code: number) => {
      clearTimeout(timer);
      clearTimeout(killer);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, passOn);
      ended(isLate ? 124 : code);
    };
    child.once('error', (error) => {
      console.error(`${command} cannot be started: ${error.message}`);
      end(127);
    });
    child.once('exit', (code, signal) => end(code ?? (signal ? 130 : 1)));
  });
}

/** A tool of node_modules, on this Node. */
export function tool(name: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  return run(join(ROOT, 'node_modules/.bin', name), args, {
    ...options,
    // Their first lines ask for `node`: give them this one.
    env: { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH ?? ''}`, ...options.env },
  });
}
