/** Firefox over its own Marionette protocol: no geckodriver, which cannot be had here. */

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findFirefox } from './find-browser.ts';
import { freePort } from './free-port.ts';
import { connectMarionette } from './marionette.ts';
import { packed } from './packed.ts';
import { startProgram, within } from './process.ts';
import { removeFolder, temporaryFolder } from './temporary-folder.ts';

export const ADDON_ID = 'duly@anshihuan.example';
export const ADDON_ORIGIN = 'moz-extension://11111111-2222-4333-8444-555555555555';

export interface FirefoxOptions {
  /** Kept after close when given (for a restart on it); otherwise a new one that close removes. */
  readonly profileDir?: string;
  /** Loopback port that every host is mapped to. */
  readonly replicaPort?: number;
  readonly headless?: boolean;
  /** Added to the environment: a display's, a clock's. */
  readonly env?: Record<string, string>;
  readonly prefs?: Record<string, string | number | boolean>;
  /** The real network, for `npm start -- --real`. */
  readonly openNetwork?: boolean;
  readonly args?: readonly string[];
}

/** Runs inside the browser: only its own text and its JSON arguments get there. */
// biome-ignore lint/suspicious/noExplicitAny: the function is sent as text, its types stay here.
type Remote<A extends any[], R> = (...args: A) => R | Promise<R>;

export interface FirefoxSession {
  readonly profileDir: string;
  readonly pid: number;
  /** A built folder: temporary, gone at restart; with `permanent` it is packed and stays in the profile. */
  install(path: string, permanent?: boolean, keepsWelcome?: boolean): Promise<void>;
  navigate(url: string): Promise<void>;
  /** Runs in the page of the current tab and waits for its promise. */
  // biome-ignore lint/suspicious/noExplicitAny: see Remote.
  exec<A extends any[], R>(remote: Remote<A, R>, ...args: A): Promise<R>;
  /** The same with the browser's own rights (Services, WebExtensionPolicy …). */
  // biome-ignore lint/suspicious/noExplicitAny: see Remote.
  execChrome<A extends any[], R>(remote: Remote<A, R>, ...args: A): Promise<R>;
  newTab(url?: string): Promise<string>;
  switchTo(handle: string): Promise<void>;
  /** The real pointer goes to this point of the page and presses. */
  click(x: number, y: number): Promise<void>;
  openPopup(): Promise<void>;
  currentTab(): Promise<string>;
  /** The visible part of the page, or the element that this selector finds. */
  screenshot(path: string, selector?: string): Promise<void>;
  /** Resolves when the browser has ended, by whomever. */
  readonly ended: Promise<void>;
  /** Ends the background page as Firefox does when it idles; returns its state, `stopped`. */
  terminateBackground(): Promise<string>;
  backgroundState(): Promise<string>;
  close(): Promise<void>;
  kill(): Promise<void>;
}

export async function launchFirefox(options: FirefoxOptions = {}): Promise<FirefoxSession> {
  const executable = findFirefox();
  if (!executable) throw new Error('no firefox: apt-get install firefox-esr');
  const profileDir = options.profileDir ?? temporaryFolder('firefox');
  const port = await freePort();
  const prefs = { ...quietPrefs(options), 'marionette.port': port, ...options.prefs };
  writeFileSync(
    join(profileDir, 'user.js'),
    Object.entries(prefs)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  );
  const headless = options.headless ?? true;
  const running = await startProgram(
    executable,
    [
      '--marionette',
      '--remote-allow-system-access',
      '--no-remote',
      '--profile',
      profileDir,
      ...(headless ? ['--headless'] : []),
      ...(options.args ?? []),
    ],
    { env: { ...process.env, LANGUAGE: 'zh_CN', MOZ_CRASHREPORTER_DISABLE: '1', ...options.env } },
  );
  const cleanUp = async () => {
    if (!options.profileDir) await removeFolder(profileDir);
  };
  let wire: Awaited<ReturnType<typeof connectMarionette>>;
  try {
    wire = await connectMarionette(port, () => running.child.exitCode !== null, 45_000);
    await wire.send('WebDriver:NewSession', { acceptInsecureCerts: true });
    await wire.send('WebDriver:SetTimeouts', { script: 10_000, pageLoad: 30_000 });
  } catch (error) {
    await running.end();
    await cleanUp();
    throw new Error(`${(error as Error).message}: ${running.errors().slice(-400)}`);
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Remote.
  const exec = async (remote: (...args: any[]) => unknown, args: unknown[]) => {
    const script = `const done = arguments[arguments.length - 1];
      (async () => (${remote})(...Array.from(arguments).slice(0, -1)))()
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = (await wire.send('WebDriver:ExecuteAsyncScript', {
      script,
      args,
      sandbox: null,
    })) as {
      value: { value?: unknown; error?: string };
    };
    if (answer.value.error !== undefined) throw new Error(answer.value.error);
    return answer.value.value;
  };
  const execChrome: FirefoxSession['execChrome'] = async (remote, ...args) => {
    await wire.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return (await exec(remote, args)) as Awaited<ReturnType<typeof remote>>;
    } finally {
      await wire.send('Marionette:SetContext', { value: 'content' });
    }
  };
  const navigate = async (url: string) => void (await wire.send('WebDriver:Navigate', { url }));
  const backgroundState = () => execChrome(backgroundStateOf, ADDON_ID);
  return {
    profileDir,
    pid: running.pid,
    install: async (path, permanent = false, keepsWelcome = false) => {
      const file = permanent ? packed(resolve(path), profileDir) : resolve(path);
      await wire.send('Addon:Install', { path: file, temporary: !permanent });
      if (!keepsWelcome) await execChrome(closeTab, `${ADDON_ORIGIN}/welcome.html`);
    },
    navigate,
    exec: async (remote, ...args) => (await exec(remote, args)) as Awaited<ReturnType<typeof remote>>,
    execChrome,
    newTab: async (url) => {
      const { handle } = (await wire.send('WebDriver:NewWindow', { type: 'tab', focus: true })) as { handle: string };
      await wire.send('WebDriver:SwitchToWindow', { handle });
      if (url) await navigate(url);
      return handle;
    },
    switchTo: async (handle) => void (await wire.send('WebDriver:SwitchToWindow', { handle })),
    click: async (x, y) => {
      const actions = [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await wire.send('WebDriver:PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    openPopup: () => navigate(`${ADDON_ORIGIN}/popup.html`),
    currentTab: async () => ((await wire.send('WebDriver:GetWindowHandle')) as { value: string }).value,
    screenshot: async (path, selector) => {
      const found =
        selector &&
        ((await wire.send('WebDriver:FindElement', { using: 'css selector', value: selector })) as { value: object })
          .value;
      const shot = found ? { id: Object.values(found)[0], full: false } : { full: false };
      const { value } = (await wire.send('WebDriver:TakeScreenshot', shot)) as { value: string };
      writeFileSync(path, Buffer.from(value, 'base64'));
    },
    ended: running.ended.then(() => {}),
    // Asked in the same breath: an alarm may wake it again at once.
    terminateBackground: () => execChrome(terminate, ADDON_ID),
    backgroundState,
    close: async () => {
      await wire.send('Marionette:Quit', { flags: ['eForceQuit'] }, 5000).catch(() => {
        // It may close the connection before it answers; the process is ended below in any case.
      });
      wire.close();
      if ((await within(running.ended, 8000)) === 'late') await running.end();
      await cleanUp();
    },
    kill: async () => {
      running.kill();
      await within(running.ended, 5000);
      wire.close();
      await cleanUp();
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: runs in the browser, where it is a global.
declare const ChromeUtils: any, WebExtensionPolicy: any;
// biome-ignore lint/suspicious/noExplicitAny: the same.
declare const Services: any;
/** For `execChrome`: what the owner does in about:addons, or in the browser's own question. */
export async function setOrigins(id: string, origins: string[], how: 'add' | 'remove'): Promise<void> {
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  await ExtensionPermissions[how](id, { permissions: [], origins }, WebExtensionPolicy.getByID(id).extension);
}

const backgroundStateOf = (id: string): string => WebExtensionPolicy.getByID(id)?.extension.backgroundState ?? 'absent';
const terminate = async (id: string): Promise<string> => {
  const { extension } = WebExtensionPolicy.getByID(id);
  await extension.terminateBackground();
  return extension.backgroundState;
};

/** Waits for the tab that an installation opens, and closes it: the one before it is shown again. */
const closeTab = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 60; tries++) {
    for (const { gBrowser } of Services.wm.getEnumerator('navigator:browser')) {
      // biome-ignore lint/suspicious/noExplicitAny: a tab of the browser's own window.
      const tab = gBrowser.tabs.find((each: any) => each.linkedBrowser.currentURI.spec === url);
      if (tab) return gBrowser.removeTab(tab);
    }
    await new Promise((later) => setTimeout(later, 100));
  }
};

function quietPrefs({ replicaPort, openNetwork }: FirefoxOptions): Record<string, string | number | boolean> {
  return {
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.aboutwelcome.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'extensions.update.enabled': false,
    'extensions.blocklist.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'services.settings.server': 'data:,',
    'intl.accept_languages': 'zh-CN, zh',
    // Where the language pack is installed; English otherwise.
    'intl.locale.requested': 'zh-CN',
    'xpinstall.signatures.required': false,
    'extensions.webextensions.uuids': JSON.stringify({ [ADDON_ID]: ADDON_ORIGIN.slice('moz-extension://'.length) }),
    // Every name goes to this machine; without a replica, to a port that nobody listens on.
    ...(openNetwork
      ? {}
      : { 'network.dns.forceResolve': '127.0.0.1', 'network.socket.forcePort': `443=${replicaPort ?? 9}` }),
  };
}
