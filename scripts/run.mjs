/**
 * `node scripts/run.mjs TASK …args`: the first step of every README command. Plain JavaScript on Node ≥ 20 with no
 * node_modules: brings node_modules in step with package-lock.json, then runs `scripts/TASK.ts` on the pinned Node 22.
 * Its own words go to stderr, so that stdout is the task's alone; exit code and signals pass through.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node22 = join(root, 'node_modules/.bin/node');
const lock = join(root, '.cache/install.lock');

const [task, ...args] = process.argv.slice(2);
if (!task || !/^[a-z-]+$/.test(task) || !existsSync(join(root, 'scripts', `${task}.ts`))) {
  console.error(`run: no task ${JSON.stringify(task ?? '')} in scripts/`);
  process.exit(2);
}

install();
const node = existsSync(node22) ? node22 : process.execPath;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${task}.ts`), ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`run: cannot start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));

/** One installer at a time: the others wait until it has left, then look again. */
function install() {
  for (let waited = 0; needed().length > 0; waited++) {
    mkdirSync(dirname(lock), { recursive: true });
    if (waited < 600 && !takeLock()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      continue;
    }
    try {
      for (const [why, command] of needed()) {
        console.error(`run: ${why}: npm ${command.join(' ')}`);
        const npm = spawnSync('npm', command, { cwd: root, stdio: ['ignore', 2, 2] });
        if (npm.status === 0) continue;
        console.error(`run: npm ${command[0]} failed${npm.error ? ` (${npm.error.message})` : ''}`);
        process.exit(npm.status || 1);
      }
    } finally {
      rmSync(lock, { force: true });
    }
    if (needed().length > 0 && !usable()) {
      console.error(`run: still not in order after installing: ${needed()[0][0]}`);
      process.exit(1);
    }
    return;
  }
}

/** The steps that are missing, each with its reason. */
function needed() {
  const why = outOfStep();
  if (why) return [[why, ['ci', '--no-audit', '--no-fund', '--ignore-scripts=false']]];
  const steps = [];
  if (!existsSync(node22)) steps.push(['Node 22 is missing', ['rebuild', 'node', '--ignore-scripts=false']]);
  if (!existsSync(join(root, '.wxt/tsconfig.json'))) {
    steps.push(['.wxt is missing', ['exec', '--offline', '--', 'wxt', 'prepare']]);
  }
  return steps;
}

/** Node itself is recent enough to strip types, so a missing Node 22 is no reason to stop. */
function usable() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return outOfStep() === null && (major > 22 || (major === 22 && minor >= 18));
}

/** Why node_modules is not what package-lock.json asks for; null when it is. */
function outOfStep() {
  const wanted = packages(join(root, 'package-lock.json'));
  if (!wanted) return null;
  const present = packages(join(root, 'node_modules/.package-lock.json'));
  if (!present) return 'node_modules is missing';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const there = present[path];
    if (there ? there.version !== entry.version : !entry.optional && !entry.devOptional && !entry.peer) {
      return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is missing`;
    }
  }
  return null;
}

function packages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}

/** False while a living process holds the lock. */
function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    // Taken: by a living process, or left behind by a dead one.
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (holder && existsSync('/proc') && !existsSync(`/proc/${holder}`)) rmSync(lock, { force: true });
    return false;
  }
}
