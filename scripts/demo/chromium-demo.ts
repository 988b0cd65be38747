/** The demo in Chromium. */
import type { Page } from 'playwright-core';
import { launchChromium } from '../../test/e2e/browsers/chromium.ts';
import { type DemoBrowser, type DemoLaunch, WINDOW } from './demo-browser.ts';

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

export async function chromiumDemo(launch: DemoLaunch): Promise<DemoBrowser> {
  const session = await launchChromium({
    extensionDir: launch.extensionDir,
    replicaPort: launch.replicaPort,
    openNetwork: launch.replicaPort === undefined,
    headless: launch.headless,
    env: launch.env,
    seeded: launch.isWatched,
    args: launch.isWatched ? [] : ['--window-position=0,0', `--window-size=${WINDOW.width},${WINDOW.height}`],
  });
  const { context } = session;
  const first = context.pages()[0] ?? (await context.newPage());
  let popup: Page | undefined;
  const popupPage = async () => {
    if (!popup || popup.isClosed()) popup = await session.openPopup();
    return popup;
  };
  const closed = new Promise<void>((over) => {
    context.once('close', () => over());
    // Closing the last window does not end the browser while its extension has a background.
    const lookAgain = () => {
      if (context.pages().length === 0) over();
    };
    const watch = (page: Page) => page.once('close', lookAgain);
    context.pages().forEach(watch);
    context.on('page', watch);
  });
  return {
    name: 'chromium',
    open: async (url) => void (await first.goto(url)),
    ask: async (message) => (await popupPage()).evaluate((text) => chrome.runtime.sendMessage(text), message),
    sleepBackground: () => session.stopServiceWorker(),
    pictureOfPage: async (path) => {
      await first.bringToFront();
      await first.screenshot({ path });
    },
    pictureOfPopup: async (path) => {
      const page = await popupPage();
      await page.bringToFront();
      await page.setViewportSize({ width: 400, height: 600 });
      await page.reload();
      await page.waitForTimeout(800);
      await page.screenshot({ path, fullPage: true });
    },
    closed,
    close: () => session.close(),
  };
}
