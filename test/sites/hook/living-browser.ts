/** The built extension in a real browser, and what its background has stored. */
import { BUILT } from '../../../scripts/build.ts';
import { launchChromium } from '../../e2e/browsers/chromium.ts';
import { launchFirefox } from '../../e2e/browsers/firefox.ts';
import type { BrowserName } from './probe.ts';

export interface Stored {
  readonly bills: readonly { readonly dueDay: string; readonly remainingFen: number; readonly source: string }[];
  readonly sites: readonly { readonly kind: string; readonly why: string | null; readonly at: number }[];
}

export interface LivingBrowser {
  open(url: string): Promise<void>;
  /** Runs in the page; its text is sent. */
  inPage<R>(script: () => R): Promise<R>;
  stored(): Promise<Stored>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function launchLiving(browser: BrowserName, port: number): Promise<LivingBrowser> {
  if (browser === 'firefox') {
    const session = await launchFirefox({ replicaPort: port });
    await session.install(BUILT.firefox);
    const pageTab = await session.currentTab();
    const ownTab = await session.newTab();
    await session.openPopup();
    await session.switchTo(pageTab);
    const inOwn = async <R>(script: () => R): Promise<Awaited<R>> => {
      await session.switchTo(ownTab);
      const result = await session.exec(script as never);
      await session.switchTo(pageTab);
      return result as Awaited<R>;
    };
    return {
      open: session.navigate,
      inPage: async (script) => (await session.exec(script as never)) as never,
      stored: () => inOwn(readStored),
      forget: () => inOwn(forgetStored),
      close: session.close,
    };
  }
  const session = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: port });
  const own = await session.openExtensionPage('manifest.json');
  const page = await session.context.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    inPage: (script) => page.evaluate(script) as never,
    stored: () => own.evaluate(readStored),
    forget: () => own.evaluate(forgetStored),
    close: session.close,
  };
}

async function readStored(): Promise<Stored> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('duly');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (name: string): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const stored = { bills: await all('bills'), sites: await all('sites') };
  database.close();
  return stored as never;
}

async function forgetStored(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('duly');
    request.onsuccess = () => resolve(request.result);
  });
  for (const name of ['bills', 'sites']) {
    await new Promise<unknown>((resolve) => {
      const request = database.transaction(name, 'readwrite').objectStore(name).clear();
      request.onsuccess = resolve;
    });
  }
  database.close();
}
