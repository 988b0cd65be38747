/**
 * A browser's own clock, days away from the machine's, and movable while the browser runs.
 *
 * `shim` (both browsers) sets the wall clock and leaves timers alone: alarms that are due fire at the next start, and a
 * live move is seen by Date at once but rings no alarm that was armed before. `faketime` (Chromium only: Firefox hangs
 * before start) moves timers too, so that a live move also rings the alarms that it passes, within about two seconds.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MovableClock {
  /** To be spread into a browser's environment. */
  readonly env: Record<string, string>;
  readonly offsetMs: () => number;
  /** What the browser's Date shows now. */
  readonly now: () => number;
  /** Moves by this much from where it is; whole seconds. */
  advance(ms: number): void;
  moveTo(instant: number): void;
  close(): void;
}

export function createClock(kind: 'shim' | 'faketime', startOffsetMs = 0): MovableClock {
  const folder = mkdtempSync(join(tmpdir(), 'duly-clock-'));
  const file = join(folder, 'offset');
  let seconds = Math.round(startOffsetMs / 1000);
  const write = kind === 'shim' ? writeShim : writeFaketime;
  write(file, seconds);
  const move = (to: number) => {
    seconds = to;
    write(file, seconds);
  };
  return {
    env:
      kind === 'shim'
        ? { LD_PRELOAD: builtShim(), CLOCK_FILE: file }
        : {
            LD_PRELOAD: faketimeLibrary(),
            FAKETIME_TIMESTAMP_FILE: file,
            FAKETIME_CACHE_DURATION: '1',
            FAKETIME_DONT_RESET: '1',
          },
    offsetMs: () => seconds * 1000,
    now: () => Date.now() + seconds * 1000,
    advance: (ms) => move(seconds + Math.round(ms / 1000)),
    moveTo: (instant) => move(Math.round((instant - Date.now()) / 1000)),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** In place: the browser has this very file mapped. */
function writeShim(file: string, seconds: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(seconds));
  writeFileSync(file, bytes, { flag: existsSync(file) ? 'r+' : 'w' });
}

/** By rename: the library reads the file anew, and must never see half a line. */
function writeFaketime(file: string, seconds: number): void {
  writeFileSync(`${file}.new`, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  renameSync(`${file}.new`, file);
}

/** Compiled once into `.cache/`, again when its source is newer. */
function builtShim(): string {
  const source = join(import.meta.dirname, 'clock-shim.c');
  const cache = join(import.meta.dirname, '../../../.cache');
  const library = join(cache, 'clock-shim.so');
  if (!existsSync(library) || statSync(library).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(cache, { recursive: true });
    const fresh = `${library}.${process.pid}`;
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', fresh, source], { timeout: 60_000 });
    renameSync(fresh, library);
  }
  return library;
}

function faketimeLibrary(): string {
  for (const machine of ['x86_64', 'aarch64']) {
    const path = `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`;
    if (existsSync(path)) return path;
  }
  throw new Error('no libfaketime: apt-get install libfaketime');
}
