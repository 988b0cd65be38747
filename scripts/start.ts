/**
 * `npm start [-- --headless] [--json] [--real] [--browser=chromium|firefox]`: installs what is missing, builds, and
 * shows the extension at work on a replica of the account site. Without a display, or with `--headless`, it runs
 * unattended and leaves pictures in `.output/demo/`; with `--json` the last line of stdout is one JSON object.
 */
import { parseArgs } from 'node:util';
import { type Display, openDisplay } from '../test/e2e/browsers/display.ts';
import { findBrandedChrome, findChromium, findCommand, findFirefox } from '../test/e2e/browsers/find-browser.ts';
import { BILL_PAGE, type Replica, startReplica } from '../test/replica/server.ts';
import { BUILT, build } from './build.ts';
import { chromiumDemo } from './demo/chromium-demo.ts';
import { type DemoBrowser, SCREEN } from './demo/demo-browser.ts';
import { firefoxDemo } from './demo/firefox-demo.ts';
import { type DemoResult, runMainJob } from './demo/main-job.ts';
import { setUp } from './setup.ts';

const { values: options } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    browser: { type: 'string' },
  },
});
const say = (line: string) => (options.json ? console.error(line) : console.log(line));
const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || process.platform !== 'linux';
const isWatched = hasScreen && !options.headless;
if (options.real && !isWatched) fail('--real opens a browser for you to sign in: it needs a display');

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
// Whatever hangs, an unattended run ends. The set-up above it has its own limits.
const limit = (ms: number) => setTimeout(() => fail(`not done within ${ms / 60_000} minutes`), ms).unref();

await setUp('demo');
const name = chosenBrowser();
if (name === null) {
  await built('chrome');
  sayByHand();
} else {
  await built(name === 'firefox' ? 'firefox' : 'chrome');
  if (!isWatched) limit(240_000);
  await demo(name);
}
process.exit(process.exitCode ?? 0);

async function demo(name: 'chromium' | 'firefox'): Promise<void> {
  let replica: Replica | undefined;
  let display: Display | null = null;
  let browser: DemoBrowser | undefined;
  try {
    if (!options.real) replica = await startReplica();
    if (!isWatched && findCommand('Xvfb') && findCommand('dbus-daemon')) {
      // Chromium draws its own notices when nobody else does; Firefox needs somebody who draws them.
      const dunst = name === 'firefox' && findCommand('dunst') !== null;
      display = await openDisplay({ size: `${SCREEN.width}x${SCREEN.height}x24`, dunst });
    }
    const launch = {
      extensionDir: BUILT[name === 'firefox' ? 'firefox' : 'chrome'],
      replicaPort: replica?.port,
      headless: !isWatched && display === null,
      // The owner of the made-up account lives where the due days are counted.
      env: { ...(options.real ? {} : { TZ: 'Asia/Shanghai' }), ...display?.env },
      isWatched,
    };
    browser = await (name === 'firefox' ? firefoxDemo(launch) : chromiumDemo(launch));
    if (options.real) {
      await browser.open(BILL_PAGE);
      say('The real site is open in a fresh profile: sign in, and Duly reads your bills. Close the browser to end.');
    } else {
      report(await runMainJob(browser, BILL_PAGE, display, say));
    }
    if (isWatched) {
      if (!options.real) say('The browser stays open: click the Duly button to see the popup. Close it to end.');
      await browser.closed;
    }
  } catch (error) {
    console.error(`start: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await browser?.close();
    await display?.close();
    await replica?.close();
  }
}

function report(result: DemoResult): void {
  const rows = [
    ['browser', result.browser],
    ['bills read', String(result.billsRead)],
    [
      'next reminder',
      result.nextReminderAt
        ? `${new Date(result.nextReminderAt).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })} Asia/Shanghai`
        : '–',
    ],
    ['notifications raised', String(result.notified)],
    ...result.screenshots.map((path, index) => [index === 0 ? 'pictures' : '', path]),
  ] as const;
  for (const [label, value] of rows) say(`${String(label).padEnd(22)}${value}`);
  if (result.screenshots.every((path) => !path.endsWith('notification.png')))
    say('No Xvfb here, hence no picture of the notification.');
  if (options.json) console.log(JSON.stringify(result));
}

/** Chromium if there is one, otherwise Firefox; null when only a branded Chrome is left, which takes no extension. */
function chosenBrowser(): 'chromium' | 'firefox' | null {
  if (options.browser === 'chromium' || options.browser === 'firefox') return options.browser;
  if (options.browser) fail(`--browser is chromium or firefox, not ${options.browser}`);
  if (findChromium()) return 'chromium';
  if (findFirefox()) return 'firefox';
  if (!findBrandedChrome()) fail('no browser: install chromium or firefox');
  return null;
}

/** Branded Chrome has ignored --load-extension since 137. */
function sayByHand(): void {
  console.error('Only a branded Chrome is here, and it takes no extension from the command line. By hand:');
  console.error('1. open chrome://extensions and switch on “Developer mode” (开发者模式)');
  console.error(`2. “Load unpacked” (加载已解压的扩展程序): ${BUILT.chrome}`);
  console.error(`3. open ${BILL_PAGE} and sign in`);
  process.exitCode = options.headless || options.json ? 1 : 0;
}

function built(browser: 'chrome' | 'firefox'): Promise<void> {
  return build(browser, options.json ? 'stderr' : 'stdout').catch((error) => fail((error as Error).message));
}

function fail(why: string): never {
  console.error(`start: ${why}`);
  process.exit(1);
}
