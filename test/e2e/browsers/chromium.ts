/** Debian's Chromium with an unpacked extension, over playwright-core. */
import { existsSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { findChromium } from './find-browser.ts';
import { sleep, within } from './process.ts';
import { seedProfile, unpackedId } from './seeded-profile.ts';
import { removeFolder, temporaryFolder } from './temporary-folder.ts';

export interface ChromiumOptions {
  readonly extensionDir: string;
  /** Kept after close when given; otherwise a new one that close removes. */
  readonly profileDir?: string;
  /** Loopback port that every jd.com host is mapped to; without it all hosts go unresolved unless `openNetwork`. */
  readonly replicaPort?: number;
  readonly headless?: boolean;
  /** Added to the environment: a display's, a clock's. */
  readonly env?: Record<string, string>;
  /** The extension is installed in the profile: alarms survive a restart, as for a real owner. */
  readonly seeded?: boolean;
  /** What pages take the owner's language to be; `zh-CN` when absent. The browser's own words go by `env` and `args`. */
  readonly locale?: string;
  /** The welcome page of a fresh profile stays open; otherwise it is closed before anything else happens. */
  readonly keepsWelcome?: boolean;
  /** The real network, for `npm start -- --real`. */
  readonly openNetwork?: boolean;
  readonly args?: readonly string[];
}

export interface ChromiumSession {
  readonly context: BrowserContext;
  readonly extensionId: string;
  readonly profileDir: string;
  /** The background worker; waits for it to be up. */
  serviceWorker(): Promise<Worker>;
  /** Ends the background worker, as Chromium does after 30 idle seconds. It comes back for the next event. */
  stopServiceWorker(): Promise<void>;
  openPopup(): Promise<Page>;
  /** Any file of the extension: `popup.html`, `manifest.json` (a page of its origin that runs none of its code). */
  openExtensionPage(path: string): Promise<Page>;
  /** Ends the browser in order. */
  close(): Promise<void>;
  /** Ends the browser as a crash would. */
  kill(): Promise<void>;
}

const QUIET_NETWORK = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--disable-domain-reliability',
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication',
];

export async function launchChromium(options: ChromiumOptions): Promise<ChromiumSession> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no chromium: apt-get install chromium');
  const extensionDir = resolve(options.extensionDir);
  const profileDir = options.profileDir ?? temporaryFolder('chromium');
  const { seeded = false, headless = true, replicaPort } = options;
  const isFresh = !existsSync(join(profileDir, 'Default', 'IndexedDB'));
  if (seeded) seedProfile(profileDir, extensionDir);
  const rules = [
    ...(replicaPort ? [`MAP jd.com 127.0.0.1:${replicaPort}`, `MAP *.jd.com 127.0.0.1:${replicaPort}`] : []),
    // Nothing leaves this machine.
    ...(options.openNetwork ? [] : ['MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost']),
  ];
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless,
    timeout: 60_000,
    ignoreHTTPSErrors: replicaPort !== undefined,
    ignoreDefaultArgs: ['--disable-extensions', ...(options.openNetwork ? ['--enable-automation'] : [])],
    viewport: headless ? { width: 1200, height: 800 } : null,
    locale: options.locale ?? 'zh-CN',
    args: [
      '--no-sandbox',
      '--lang=zh-CN',
      // An extension that does not load would otherwise stop the start with a dialog that nobody sees.
      '--noerrdialogs',
      ...(seeded ? [] : [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`]),
      ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(', ')}`] : []),
      ...(replicaPort ? ['--ignore-certificate-errors'] : []),
      ...QUIET_NETWORK,
      ...(options.args ?? []),
    ],
    env: {
      ...(process.env as Record<string, string>),
      LANG: 'zh_CN.UTF-8',
      LC_ALL: 'zh_CN.UTF-8',
      LANGUAGE: 'zh_CN',
      ...options.env,
    },
  });
  context.setDefaultTimeout(20_000);
  const extensionId = unpackedId(extensionDir);
  const origin = `chrome-extension://${extensionId}/`;
  let isOver = false;
  context.once('close', () => {
    isOver = true;
  });

  const openExtensionPage = async (path: string) => {
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  };
  await openExtensionPage('manifest.json').then(
    (page) => page.close(),
    async (error) => {
      // One that was killed on its way may never say that it is closed.
      await within(context.close(), 10_000);
      if (!options.profileDir) await removeFolder(profileDir);
      throw new Error(
        `Chromium did not load ${extensionDir} (its manifest, its _locales?): ${(error as Error).message.split('\n')[0]}`,
      );
    },
  );
  if (isFresh && !options.keepsWelcome) await closeWelcome(context, `${origin}welcome.html`);
  const cleanUp = async () => {
    if (!options.profileDir) await removeFolder(profileDir);
  };
  return {
    context,
    extensionId,
    profileDir,
    openExtensionPage,
    openPopup: () => openExtensionPage('popup.html'),
    serviceWorker: async () =>
      context.serviceWorkers().find((worker) => worker.url().startsWith(origin)) ??
      context.waitForEvent('serviceworker', {
        predicate: (worker) => worker.url().startsWith(origin),
        timeout: 20_000,
      }),
    stopServiceWorker: async () => {
      const page = await openExtensionPage('manifest.json');
      try {
        const devtools = await context.newCDPSession(page);
        await devtools.send('ServiceWorker.enable');
        await devtools.send('ServiceWorker.stopAllWorkers');
        await devtools.detach();
      } finally {
        await page.close();
      }
    },
    close: async () => {
      if (!isOver && (await within(context.close(), 15_000)) === 'late') killBrowser(profileDir);
      await cleanUp();
    },
    kill: async () => {
      const over = new Promise<void>((done) => {
        if (isOver) done();
        else context.once('close', () => done());
      });
      killBrowser(profileDir);
      await within(over, 10_000);
      await cleanUp();
    },
  };
}

/** The profile's lock is a link to `host-pid`. */
function killBrowser(profileDir: string): void {
  const pid = Number(readlinkSync(join(profileDir, 'SingletonLock')).split('-').at(-1));
  if (pid > 1) process.kill(pid, 'SIGKILL');
}

/** It comes within the first second of a fresh profile. A seeded profile may be none to its extension: then it never comes. */
async function closeWelcome(context: BrowserContext, url: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const page = context.pages().find((each) => each.url() === url);
    if (page) return page.close();
    await sleep(100);
  }
}
