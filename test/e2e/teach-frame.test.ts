/** A bill that stands in a frame of the page's own origin, late and by another address: read by its labels, and taught. */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, type Day, dayOf } from '../../src/core/day.ts';
import { certificate } from '../replica/certificate.ts';
import { LENDER_HOST, LENDER_PAGE, lenderPage } from '../replica/lender.ts';
import { type LivingBrowser, launchLiving } from '../sites/hook/living-browser.ts';
import { type AccountServer, startAccountServer } from '../sites/hook/server.ts';
import { allowedCopy } from './allowed-copy.ts';
import { launchChromium } from './browsers/chromium.ts';
import { ADDON_ID, ADDON_ORIGIN, type FirefoxSession, launchFirefox, setOrigins } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';

// biome-ignore lint/suspicious/noExplicitAny: globals of the browser, used in functions that run there.
declare const chrome: any;

describe.each(['chromium', 'firefox'] as const)('%s', (name) => {
  let server: AccountServer;
  let browser: LivingBrowser;
  beforeAll(async () => {
    server = await startAccountServer();
    browser = await launchLiving(name, server.port);
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });

  test('a bill in a frame within a frame is read, and read again when the frame shows another', async () => {
    const bill = (amount: string): number =>
      server.addPage('() => {}', `<p>最后还款日 2027-03-09</p><p>剩余应还 ¥${amount}</p>`);
    const [first, second] = [bill('12.34'), bill('56.78')];
    const outer = server.addPage('() => {}', `<iframe src="/page/${first}"></iframe>`);
    const shell = server.addPage('() => {}', `<h1>我的</h1><iframe src="/page/${outer}"></iframe>`);
    await browser.open(`https://baitiao.jd.com/page/${shell}`);
    const read = (amount: number) =>
      eventually(async () => {
        const { bills } = await browser.stored();
        return bills.some(({ remainingFen, source }) => remainingFen === amount && source === 'labels');
      }, `${amount} fen`);
    expect(await read(1234)).toBe(true);
    await sleep(1500);
    await browser.inPage(() => {
      const frame = document.querySelector('iframe')?.contentDocument?.querySelector('iframe');
      frame?.setAttribute(
        'src',
        String(frame.getAttribute('src')).replace(/\d+$/, (id) => String(Number(id) + 1)),
      );
    });
    expect(second).toBe(first + 1);
    expect(await read(5678)).toBe(true);
  });
});

const today = dayOf(Date.now()) as Day;
const BILL = { dueDay: addDays(today, 6), remainingFen: 128_640, minimumFen: 12_864, source: 'taught' };

/** The lender's page in a frame of a page that begins otherwise. */
async function startShell(): Promise<Server> {
  const shell = `<!DOCTYPE html><title>我的还款 - 行云贷</title><h1>我的还款</h1>
    <iframe src="/inner" width="900" height="420" style="margin-left:60px;border:5px solid"></iframe>`;
  const server = createServer(certificate([LENDER_HOST]), (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(request.url === '/inner' ? lenderPage(today) : shell);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** In the page: where on it the value of this cell stands. */
function placeOf(cell: number): [number, number] {
  const frame = document.querySelector('iframe') as HTMLIFrameElement;
  const value = frame.contentDocument!.querySelectorAll('.cell em')[cell] as Element;
  const [outer, inner] = [frame.getBoundingClientRect(), value.getBoundingClientRect()];
  return [
    outer.left + frame.clientLeft + inner.left + inner.width / 2,
    outer.top + frame.clientTop + inner.top + inner.height / 2,
  ];
}

test('a lender whose bill is in a frame is taught by pointer in Chromium; its structure tells of the frame', async () => {
  const server = await startShell();
  const browser = await launchChromium({
    extensionDir: allowedCopy(BUILT.chrome, [`https://${LENDER_HOST}/*`]),
    replicaPort: portOf(server),
    args: [`--host-resolver-rules=MAP ${LENDER_HOST} 127.0.0.1:${portOf(server)}, MAP * ~NOTFOUND`],
  });
  try {
    const page = browser.context.pages()[0]!;
    await page.goto(LENDER_PAGE);
    const own = await browser.openExtensionPage('notice.html');
    const report = await own.evaluate(
      async ([origin]) => {
        const [tab] = await chrome.tabs.query({ url: `${origin}/*` });
        await chrome.runtime.sendMessage({ do: 'teach', tabId: tab.id, origin });
        const [first] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['report.js'] });
        return first.result as string;
      },
      [`https://${LENDER_HOST}`],
    );
    expect(report).toContain('0,000.00');
    expect(report).not.toContain('286');
    await page.bringToFront();
    await eventually(() => page.evaluate(() => document.documentElement.children.length === 3), 'the overlay');
    await sleep(800);
    for (const cell of [0, 1]) {
      const [x, y] = await page.evaluate(placeOf, cell);
      await page.mouse.move(x, y);
      await page.mouse.click(x, y);
      await sleep(300);
    }
    for (const _ of ['minimum', 'save', 'done']) {
      await page.keyboard.press('Enter');
      await sleep(700);
    }
    const bills = () => own.evaluate(async () => (await chrome.runtime.sendMessage({ do: 'status' })).bills);
    expect(await eventually(async () => (await bills()).length > 0 && bills(), 'the bill')).toMatchObject([BILL]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});

describe.each(['keyboard', 'pointer'] as const)('a lender whose bill is in a frame, in Firefox, by %s', (way) => {
  let [server, session]: [Server?, FirefoxSession?] = [];
  const ask = <R>(message: object): Promise<R> =>
    session!.exec((text: unknown) => chrome.runtime.sendMessage(text), message) as Promise<R>;
  const bills = () => ask<{ bills: Record<string, unknown>[] }>({ do: 'status' }).then((status) => status.bills);

  beforeAll(async () => {
    server = await startShell();
    session = await launchFirefox({
      replicaPort: portOf(server),
      prefs: { 'extensions.webextOptionalPermissionPrompts': false },
    });
    await session.install(BUILT.firefox);
  });
  afterAll(async () => {
    await session?.close();
    server?.closeAllConnections();
    server?.close();
  });

  test('is taught, and read after a reload', async () => {
    const firefox = session!;
    const page = await firefox.currentTab();
    await firefox.navigate(LENDER_PAGE);
    const own = await firefox.newTab(`${ADDON_ORIGIN}/popup.html`);
    const tabId = await firefox.exec(async () => {
      const tabs = await chrome.tabs.query({});
      return tabs.find(({ title }: { title?: string }) => title?.includes('行云贷'))?.id ?? tabs[0].id;
    });
    await ask({ do: 'teach', tabId, origin: `https://${LENDER_HOST}` });
    await firefox.execChrome(setOrigins, ADDON_ID, [`https://${LENDER_HOST}/*`], 'add');
    await firefox.switchTo(page);
    await sleep(2500);
    for (const cell of way === 'pointer' ? [0, 1] : []) {
      await firefox.click(...(await firefox.exec(placeOf, cell)));
      await sleep(300);
    }
    for (const _ of [...(way === 'keyboard' ? ['dueDay', 'remaining'] : []), 'minimum', 'save', 'done']) {
      await firefox.execChrome(press, 'Enter');
      await sleep(800);
    }
    await firefox.switchTo(own);
    const [read] = await eventually(async () => {
      const all = await bills();
      return all.length > 0 && all;
    }, 'the bill');
    expect(read).toMatchObject(BILL);
    await sleep(1100);
    await firefox.switchTo(page);
    await firefox.navigate(LENDER_PAGE);
    await firefox.switchTo(own);
    const again = await eventually(async () => {
      const [now] = await bills();
      return Number(now?.readAt) > Number(read?.readAt) && now;
    }, 'the reading after the reload');
    expect(again).toMatchObject(BILL);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: globals of the browser's own context.
declare const Services: any, Components: any;

/** A real key press in the window, as from the keyboard. */
function press(key: string): void {
  const window = Services.wm.getMostRecentWindow('navigator:browser');
  window.gBrowser.selectedBrowser.focus();
  const tip = Components.classes['@mozilla.org/text-input-processor;1'].createInstance(
    Components.interfaces.nsITextInputProcessor,
  );
  tip.beginInputTransactionForTests(window);
  const event = new window.KeyboardEvent('', { key, code: key, keyCode: 13 });
  tip.keydown(event);
  tip.keyup(event);
}
