/** `npm run setup`: the system packages that the demo and the tests need, installed with apt-get where that is possible. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findCommand, findFirefox } from '../test/e2e/browsers/find-browser.ts';
import { run } from './command.ts';

const command =
  (...names: string[]) =>
  () =>
    findCommand(...names) !== null;
const file =
  (...paths: string[]) =>
  () =>
    paths.some((path) => existsSync(path));
/** Of Debian's own browser; somebody else's speaks what its owner chose. */
const language = (folder: string, path: string, find: () => unknown) => () =>
  existsSync(join(folder, path)) || (find() !== null && !existsSync(folder));
const machines = ['x86_64', 'aarch64'];
/** The demo needs it too, not the tests alone. */
const DEMO = true;

/** Each by its Debian package. */
const NEEDS: readonly (readonly [name: string, isThere: () => boolean, forDemo?: true])[] = [
  ['chromium', () => findChromium() !== null, DEMO],
  ['chromium-l10n', language('/usr/lib/chromium', 'locales/zh-CN.pak', findChromium), DEMO],
  ['firefox-esr', () => findFirefox() !== null],
  [
    'firefox-esr-l10n-zh-cn',
    language('/usr/lib/firefox-esr', 'browser/extensions/langpack-zh-CN@firefox-esr.mozilla.org.xpi', findFirefox),
  ],
  ['xvfb', command('Xvfb'), DEMO],
  ['dbus', command('dbus-daemon'), DEMO],
  ['dbus-bin', command('dbus-monitor'), DEMO],
  ['dbus-x11', command('dbus-launch')],
  ['fonts-noto-cjk', file('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'), DEMO],
  ['imagemagick', command('import'), DEMO],
  ['openssl', command('openssl'), DEMO],
  ['xdotool', command('xdotool')],
  ['dunst', command('dunst')],
  ['libfaketime', file(...machines.map((each) => `/usr/lib/${each}-linux-gnu/faketime/libfaketimeMT.so.1`))],
  ['radicale', command('radicale')],
  ['rclone', command('rclone')],
  ['apache2-bin', command('apache2')],
  ['nginx-light', command('nginx')],
  ['libnginx-mod-http-dav-ext', file('/usr/lib/nginx/modules/ngx_http_dav_ext_module.so')],
  ['gcc', command('gcc')],
  ['libc6-dev', file('/usr/include/stdlib.h')],
];

function missing(purpose: 'demo' | 'test'): string[] {
  return NEEDS.filter(([, isThere, forDemo]) => (purpose === 'test' || forDemo) && !isThere()).map(([name]) => name);
}

/**
 * Installs what is missing, as root on Debian, announced in one line. Elsewhere says in one line what to install.
 * Returns the packages that are still missing. Its words go to stderr.
 */
export async function setUp(purpose: 'demo' | 'test'): Promise<readonly string[]> {
  const wanted = missing(purpose);
  if (wanted.length === 0) return [];
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && findCommand('apt-get') !== null;
  if (!canInstall) {
    console.error(
      `setup: not installed here: ${wanted.join(' ')} (on Debian: sudo apt-get install ${wanted.join(' ')})`,
    );
    return wanted;
  }
  console.error(`setup: installing ${wanted.join(' ')} with apt-get`);
  const quiet = {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    output: 'stderr',
    timeoutMs: 900_000,
  } as const;
  const lock = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
  // A stale list may still do: the install below decides.
  if ((await run('apt-get', [...lock, '-qq', 'update'], quiet)) !== 0)
    console.error('setup: apt-get update failed, trying the lists that are here');
  const code = await run('apt-get', [...lock, '-qq', '-y', '--no-install-recommends', 'install', ...wanted], quiet);
  const still = missing(purpose);
  if (code !== 0 || still.length > 0)
    console.error(`setup: apt-get ended with ${code}; still missing: ${still.join(' ') || 'nothing'}`);
  return still;
}

if (process.argv[1] === import.meta.filename) {
  const still = await setUp('test');
  if (still.length === 0) console.error('setup: everything is here');
  process.exitCode = still.length === 0 ? 0 : 1;
}
