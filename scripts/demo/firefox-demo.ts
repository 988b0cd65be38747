/** The demo in Firefox. */
import { launchFirefox } from '../../test/e2e/browsers/firefox.ts';
import { type DemoBrowser, type DemoLaunch, WINDOW } from './demo-browser.ts';

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

export async function firefoxDemo(launch: DemoLaunch): Promise<DemoBrowser> {
  const session = await launchFirefox({
    replicaPort: launch.replicaPort,
    openNetwork: launch.replicaPort === undefined,
    headless: launch.headless,
    env: launch.env,
    args: launch.isWatched ? [] : ['--width', String(WINDOW.width), '--height', String(WINDOW.height)],
  });
  await session.install(launch.extensionDir);
  const bill = await session.currentTab();
  let popup: string | undefined;
  const toPopup = async () => {
    if (popup) return session.switchTo(popup);
    popup = await session.newTab();
    await session.openPopup();
  };
  return {
    name: 'firefox',
    open: async (url) => {
      await session.switchTo(bill);
      await session.navigate(url);
    },
    ask: async (message) => {
      await toPopup();
      return session.exec((text: unknown) => chrome.runtime.sendMessage(text), message);
    },
    sleepBackground: async () => void (await session.terminateBackground()),
    pictureOfPage: async (path) => {
      await session.switchTo(bill);
      await session.screenshot(path);
    },
    pictureOfPopup: async (path) => {
      await toPopup();
      await session.openPopup();
      await new Promise((later) => setTimeout(later, 800));
      await session.screenshot(path, 'body');
    },
    closed: session.ended,
    close: () => session.close(),
  };
}
