/** `npm run setup`: the system packages that the demo and the tests need, installed with apt-get where that is possible. */
import { existsSync } from 'node:fs';
import { findChromium, findCommand, findFirefox } from '../test/e2e/browsers/find-browser.ts';
import { run } from './command.ts';

interface Need {
  /** The Debian package. */
  readonly name: string;
  readonly isThere: () => boolean;
  /** The demo needs it too, not the tests alone. */
  readonly forDemo?: boolean;
}

const command =
  (...names: string[]) =>
  () =>
    findCommand(...names) !== null;
const file =
  (...paths: string[]) =>
  () =>
    paths.some((path) => existsSync(path));
const DEBIAN_CHROMIUM = '/usr/lib/chromium';
const DEBIAN_FIREFOX = '/usr/lib/firefox-esr';
const machines = ['x86_64', 'aarch64'];

const NEEDS: readonly Need[] = [
  { name: 'chromium', isThere: () => findChromium() !== null, forDemo: true },
  {
    name: 'chromium-l10n',
    // Somebody's own browser speaks what its owner chose.
    isThere: () =>
      existsSync(`${DEBIAN_CHROMIUM}/locales/zh-CN.pak`) || (findChromium() !== null && !existsSync(DEBIAN_CHROMIUM)),
    forDemo: true,
  },
  { name: 'firefox-esr', isThere: () => findFirefox() !== null },
  {
    name: 'firefox-esr-l10n-zh-cn',
    isThere: () =>
      existsSync(`${DEBIAN_FIREFOX}/browser/extensions/langpack-zh-CN@firefox-esr.mozilla.org.xpi`) ||
      (findFirefox() !== null && !existsSync(DEBIAN_FIREFOX)),
  },
  { name: 'xvfb', isThere: command('Xvfb'), forDemo: true },
  { name: 'dbus', isThere: command('dbus-daemon'), forDemo: true },
  { name: 'dbus-bin', isThere: command('dbus-monitor'), forDemo: true },
  { name: 'dbus-x11', isThere: command('dbus-launch') },
  { name: 'fonts-noto-cjk', isThere: file('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'), forDemo: true },
  { name: 'imagemagick', isThere: command('import'), forDemo: true },
  { name: 'openssl', isThere: command('openssl'), forDemo: true },
  { name: 'xdotool', isThere: command('xdotool') },
  { name: 'dunst', isThere: command('dunst') },
  {
    name: 'libfaketime',
    isThere: file(...machines.map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)),
  },
  { name: 'radicale', isThere: command('radicale') },
  { name: 'rclone', isThere: command('rclone') },
  { name: 'apache2-bin', isThere: command('apache2') },
  { name: 'nginx-light', isThere: command('nginx') },
  {
    name: 'libnginx-mod-http-dav-ext',
    isThere: file('/usr/lib/nginx/modules/ngx_http_dav_ext_module.so'),
  },
  { name: 'gcc', isThere: command('gcc') },
  { name: 'libc6-dev', isThere: file('/usr/include/stdlib.h') },
];

function missing(purpose: 'demo' | 'test'): string[] {
  return NEEDS.filter((need) => (purpose === 'test' || need.forDemo) && !need.isThere()).map((need) => need.name);
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
