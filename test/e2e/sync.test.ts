/** Three real browsers over one real WebDAV server, and one over its own `storage.sync`: from the first click on. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, dayOf } from '../../src/core/day.ts';
import { startServer } from '../sync/servers.ts';
import { allowedCopy } from './allowed-copy.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { ADDON_ORIGIN, type FirefoxSession, launchFirefox } from './browsers/firefox.ts';
import { eventually, sleep } from './browsers/process.ts';
import { removeFolder } from './browsers/temporary-folder.ts';
import { dueToday, duly } from './duly.ts';

// biome-ignore lint/suspicious/noExplicitAny: globals of the browsers, used in functions that run there.
declare const chrome: any, Services: any;

const PATTERNS = ['http://127.0.0.1/*'];
const SECRETS = ['水费', '房租', '物业', '电费', '128055', '书房', '单位', 'remainingFen', 'by-hand'];
const SLOT_MS = 40_000;

type Extension = ReturnType<typeof duly>;
const bill = (title: string) => ({
  title,
  dueDay: addDays(dayOf(Date.now()), 9),
  remainingFen: 128_055,
  minimumFen: null,
  statementDay: null,
  note: '',
  isMonthly: false,
});
const save = async ({ ask }: Extension, title: string): Promise<string> =>
  (await ask({ do: 'save-bill', billId: null, bill: bill(title) })).billId;
const pay = ({ ask }: Extension, billId: string) => ask({ do: 'act', act: { do: 'paid', billId, via: 'dashboard' } });
const sync = ({ ask }: Extension) => ask({ do: 'sync-now' });
const titles = async (extension: Extension) => (await extension.status()).bills.map(({ title }) => title).sort();

/** After as many syncs as it takes. */
const comes = (extension: Extension, what: string, isThere: () => Promise<boolean>) =>
  eventually(
    async () => {
      await sync(extension);
      return isThere();
    },
    what,
    45_000,
    700,
  );
const hasBill = (extension: Extension, title: string) =>
  comes(extension, `${title} to come`, async () => (await titles(extension)).includes(title));
const lacksBill = (extension: Extension, title: string) =>
  comes(extension, `${title} to be paid`, async () => !(await titles(extension)).includes(title));

describe('syncing', () => {
  it('two Chromiums and a Firefox over WebDAV: joined by a code, silent when paid elsewhere, merged after being offline', {
    timeout: 240_000,
  }, async () => {
    const server = await startServer('rclone');
    const line = await openLine(Number(new URL(server.url).port));
    const extensionDir = allowedCopy(BUILT.chrome, PATTERNS);
    const open: { close(): Promise<void> }[] = [];
    try {
      const [first, second] = [await launchChromium({ extensionDir }), await launchChromium({ extensionDir })];
      open.push(first, second);
      const firefox = await launchFirefox({ prefs: { 'extensions.webextOptionalPermissionPrompts': false } });
      open.push(firefox);
      const [pageA, a] = await dashboard(first);
      const [pageB, b] = await dashboard(second);
      const place = { kind: 'webdav', url: `${line.url}duly/`, user: server.user, password: server.password };
      const water = await save(a, '水费');

      const code = await create(pageA, place, '书房');
      await save(b, '房租');
      await fillPlace(pageB, place, '单位');
      await pageB.getByLabel('加入已有的').check();
      await pageB.getByLabel(/^配对码/).fill(`${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`);
      await pageB.getByRole('button', { name: '加入', exact: true }).click();
      await pageB.getByText('配对码有输错的字').waitFor();
      await pageB.getByLabel(/^配对码/).fill(code.toLowerCase().replaceAll('-', ' '));
      await pageB.getByRole('button', { name: '加入', exact: true }).click();
      await pageB.getByText(/上次同步/).waitFor();
      const c = await joinFirefox(firefox, place, code);
      for (const each of [b, c]) await hasBill(each, '水费');
      for (const each of [a, c]) await hasBill(each, '房租');
      await pageA.getByRole('rowheader', { name: '单位' }).waitFor();
      await pageA.getByRole('rowheader', { name: '火狐' }).waitFor();

      // The password is for the server alone, the key for nobody.
      expect(await pageA.content()).not.toContain(server.password);
      expect(await pageA.content()).not.toContain(code);

      // Paid in C, and gone in A and B.
      await pay(c, water);
      await sync(c);
      for (const each of [a, b]) await lacksBill(each, '水费');

      // Due in A and paid in B meanwhile: A looks before it speaks, and says the other bill alone.
      const due = await dueToday(a, '物业', Date.now(), SLOT_MS);
      const slot = Date.now() + SLOT_MS;
      const control = await dueToday(a, '电费', Date.now(), slot - Date.now());
      await sync(a);
      await save(c, '自己出门');
      await hasBill(b, '物业');
      await pay(b, due);
      await sync(b);
      expect(Date.now(), 'this machine is too slow: it was paid after the hour').toBeLessThan(slot);
      const told = async () =>
        (await a.rows('ledger')).filter(({ outcome }) => outcome === 'accepted').map(({ billId }) => billId);
      // Written after it is shown.
      const isTold = async () => (await a.notices()).length > 0 && (await told()).includes(control);
      await eventually(isTold, 'the notice of the bill that nobody paid', 90_000);
      expect(await told()).not.toContain(due);

      // What was written in C went out by itself meanwhile.
      await hasBill(a, '自己出门');
      // And what stands on A's screen goes when B pays it.
      await hasBill(b, '电费');
      await pay(b, control);
      await sync(b);
      await lacksBill(a, '电费');
      await eventually(async () => (await a.notices()).length === 0, 'the notice to leave the screen');

      // Nobody reaches the server: both sides go on, and both edits hold.
      line.cut(true);
      await save(a, '离线甲');
      await save(b, '离线乙');
      expect(await sync(a)).toMatchObject({ kind: 'refused', code: 'sync-offline' });
      await pageA.getByText(/从 .* 起没有成功/).waitFor();
      await first.stopServiceWorker();
      await firefox.terminateBackground();
      line.cut(false);
      await sync(a);
      await sync(b);
      for (const each of [a, b, c]) {
        await hasBill(each, '离线甲');
        await hasBill(each, '离线乙');
      }

      const files = readdirSync(join(server.files, 'duly')).filter((name) => !name.startsWith('.'));
      expect(files.length).toBeGreaterThan(3);
      for (const name of files) {
        const text = readFileSync(join(server.files, 'duly', name), 'latin1');
        const decoded = text.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
        for (const word of [...SECRETS, water, due]) expect([name, text, ...decoded].join('\n')).not.toContain(word);
      }

      // Stopping leaves this browser's bills and takes its files.
      const before = files.length;
      await pageB.getByRole('button', { name: '停止，并删掉这台传的文件' }).click();
      await pageB.getByRole('button', { name: '开始同步' }).waitFor();
      expect(readdirSync(join(server.files, 'duly')).length).toBeLessThan(before);
      expect(await titles(b)).toContain('离线甲');
    } finally {
      for (const each of open) await each.close();
      await line.close();
      await server.close();
      await removeFolder(dirname(extensionDir));
    }
  });

  it('one Chromium over its own storage.sync, under its real quotas', { timeout: 90_000 }, async () => {
    const browser = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      const [page, extension] = await dashboard(browser);
      for (let each = 0; each < 12; each++) await save(extension, `水费 ${each}`);
      await create(page, { kind: 'area' }, '书房');
      await page.getByText(/上次同步/).waitFor();
      expect(await sync(extension)).toEqual({ kind: 'done' });
      const area = await page.evaluate(async () => ({
        items: await chrome.storage.sync.get(null),
        bytes: await chrome.storage.sync.getBytesInUse(null),
      }));
      expect(Object.keys(area.items).length).toBeGreaterThan(1);
      expect(area.bytes).toBeLessThan(20_000);
      for (const word of SECRETS) expect(JSON.stringify(area.items)).not.toContain(word);
      // What another machine wrote is looked at when it comes, by a background that slept.
      await browser.stopServiceWorker();
      await page.evaluate(() => chrome.storage.sync.set({ 'duly/otherdevice1-1.jwe/0-1': 'rubbish' }));
      await page.getByText('拒绝了 1 份文件').waitFor();
      expect(await sync(extension)).toEqual({ kind: 'done' });
      // Stopped here alone, and the code is lost.
      await page.getByRole('button', { name: '只在这台停止' }).click();
      await page.getByRole('button', { name: '开始同步' }).click();
      await page.getByRole('button', { name: /从头开始/ }).click();
      await page.getByRole('button', { name: '删除旧数据，从头开始' }).click();
      await page.locator('.code').waitFor({ timeout: 30_000 });
      await page.getByLabel('我已记下').check();
      await page.getByRole('button', { name: '好了' }).click();
      await page.getByText(/上次同步/).waitFor();
      expect(Object.keys(await page.evaluate(() => chrome.storage.sync.get(null))).join()).not.toContain(
        'otherdevice1',
      );
      await page.getByRole('button', { name: /停止，并删掉所有浏览器传的文件/ }).click();
      await page.getByRole('button', { name: '确认全部删除' }).click();
      await page.getByRole('button', { name: '开始同步' }).waitFor();
      expect(await page.evaluate(() => chrome.storage.sync.get(null))).toEqual({});
      expect((await extension.status()).bills).toHaveLength(12);
    } finally {
      await browser.close();
    }
  });
});

async function dashboard(browser: ChromiumSession): Promise<[Page, Extension]> {
  const page = await browser.openExtensionPage('dashboard.html#sync');
  return [page, duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg))];
}

interface Place {
  readonly kind: string;
  readonly url?: string;
  readonly user?: string;
  readonly password?: string;
}

async function fillPlace(page: Page, place: Place, label: string): Promise<void> {
  if (place.kind === 'webdav') {
    await page.getByLabel('WebDAV 网盘', { exact: false }).first().check();
    await page.locator('select').selectOption('other');
    await page.getByLabel('文件夹地址').fill(place.url!);
    await page.getByLabel('用户名').fill(place.user!);
    await page.getByLabel('应用密码').fill(place.password!);
  }
  await page.getByLabel('给这台起个名字').fill(label);
}

/** Gives the code that the page shows once. */
async function create(page: Page, place: Place, label: string): Promise<string> {
  await fillPlace(page, place, label);
  await page.getByRole('button', { name: '开始同步' }).click();
  await page.locator('.code').waitFor({ timeout: 30_000 });
  const code = (await page.locator('.code span').allTextContents()).join('-');
  expect(code).toMatch(/^(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
  await page.getByLabel('我已记下').check();
  await page.getByRole('button', { name: '好了' }).click();
  await page.getByText(/上次同步/).waitFor();
  return code;
}

/** With the owner's own click, in which Firefox asks for the server and for what is sent; the browser's question says yes by itself. */
async function joinFirefox(firefox: FirefoxSession, place: Place, code: string): Promise<Extension> {
  await firefox.install(BUILT.firefox);
  await firefox.navigate(`${ADDON_ORIGIN}/dashboard.html#sync`);
  const choose = (selector: string) =>
    firefox.exec((found: string) => (document.querySelector(found) as HTMLElement).click(), selector);
  const isThere = (selector: string) =>
    eventually(() => firefox.exec((found: string) => document.querySelector(found) !== null, selector), selector);
  await isThere('label:nth-of-type(2) > [name=kind]');
  await choose('label:nth-of-type(2) > [name=kind]');
  await choose('label:nth-of-type(2) > [name=joins]');
  await isThere('[name=code]');
  await isThere('[name=url]');
  const typed = { url: place.url, user: place.user, password: place.password, code, label: '火狐' };
  const at = await firefox.exec(fillAndFind, typed as Record<string, string>);
  await firefox.execChrome(click, at);
  const extension = duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg));
  await isThere('#sync-devices');
  const given = await firefox.exec(() => chrome.permissions.getAll());
  expect(given.origins).toContain(PATTERNS[0]);
  expect(given.data_collection).toEqual(['financialAndPaymentInfo']);
  return extension;
}

function fillAndFind(values: Record<string, string>): { x: number; y: number } {
  for (const [name, value] of Object.entries(values))
    (document.querySelector(`[name=${name}]`) as HTMLInputElement).value = value;
  const button = document.querySelector('form.sync-form [type=submit]')!;
  button.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = button.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** A real one: only that lets a page ask for permissions. */
function click({ x, y }: { x: number; y: number }): void {
  const window = Services.wm.getMostRecentWindow('navigator:browser');
  const box = window.gBrowser.selectedBrowser.getBoundingClientRect();
  for (const type of ['mousemove', 'mousedown', 'mouseup']) {
    const how = { button: 0, clickCount: type === 'mousemove' ? 0 : 1 };
    window.synthesizeMouseEvent(type, box.x + x, box.y + y, how, { isDOMEventSynthesized: false });
  }
}

/** The way to the server, which can be cut. */
async function openLine(port: number): Promise<{ url: string; cut(isCut: boolean): void; close(): Promise<void> }> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    sockets.add(near.on('error', () => near.destroy()));
    if (isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    sockets.add(far.on('error', () => near.destroy()));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `http://127.0.0.1:${(line.address() as { port: number }).port}/`,
    cut: (yes) => {
      isCut = yes;
      if (yes) drop();
    },
    close: async () => {
      drop();
      await new Promise((closed) => line.close(closed));
      await sleep(0);
    },
  };
}
