/** The owner's calendar in real browsers: the background writes to a real Radicale, and takes out what is paid. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, dayOf } from '../../src/core/day.ts';
import { PASSWORD, type Started, startRadicale, USER } from '../delivery/calendar/servers.ts';
import { allowedCopy } from './allowed-copy.ts';
import { launchChromium } from './browsers/chromium.ts';
import { ADDON_ID, ADDON_ORIGIN, launchFirefox, setOrigins } from './browsers/firefox.ts';
import { eventually } from './browsers/process.ts';
import { removeFolder } from './browsers/temporary-folder.ts';
import { duly } from './duly.ts';

const PATTERNS = ['http://127.0.0.1/*'];
const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

let server: Started;
beforeAll(async () => {
  server = await startRadicale();
});
afterAll(() => server.end());

const ask = (method: string, path: string, body?: string) =>
  fetch(server.origin + path, { method, headers: { Authorization: authorization }, ...(body ? { body } : {}) });
const calendarText = async (path: string): Promise<string> => (await ask('GET', path)).text();

async function makeCalendar(name: string): Promise<string> {
  const made = await ask('MKCALENDAR', `/${USER}/${name}/`);
  expect(made.status).toBe(201);
  return `/${USER}/${name}/`;
}

type Extension = ReturnType<typeof duly>;
const dueDay = addDays(dayOf(Date.now()), 9);

async function addBill({ ask: tell }: Extension): Promise<string> {
  const amounts = { remainingFen: 128_055, minimumFen: null, statementDay: null };
  const bill = { title: '车贷', dueDay, ...amounts, note: '', isMonthly: false };
  return (await tell({ do: 'save-bill', billId: null, bill })).billId;
}

async function isWritten(path: string): Promise<void> {
  const text = await calendarText(path);
  expect(text).toContain(`DTSTART;VALUE=DATE:${dueDay.replaceAll('-', '')}`);
  expect(text.match(/TRIGGER;VALUE=DATE-TIME:\d{8}T\d{6}Z/g)).toHaveLength(6);
  expect(text).not.toMatch(/车贷|1,?280\.55|128055/);
}

async function pay({ ask: tell }: Extension, billId: string, path: string): Promise<void> {
  await tell({ do: 'act', act: { do: 'paid', billId, via: 'dashboard' } });
  await eventually(async () => !(await calendarText(path)).includes('VEVENT'), 'the paid bill to leave the calendar');
}

describe('a calendar on a real server', () => {
  it('is found and chosen on Chromium’s dashboard, written by its background, and a bill that is paid leaves it', async () => {
    const extensionDir = allowedCopy(BUILT.chrome, PATTERNS);
    const browser = await launchChromium({ extensionDir });
    try {
      const page = await browser.openExtensionPage('dashboard.html#channels');
      const extension = duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
      const path = await makeCalendar('chromium');
      const billId = await addBill(extension);
      await page.getByLabel('日历服务').selectOption('other');
      await page.getByLabel('服务器地址').fill(server.origin);
      await page.getByLabel('用户名').fill(USER);
      await page.getByLabel('应用密码').fill('wrong');
      await page.getByRole('button', { name: '连接并找日历' }).click();
      await page.getByText('用户名或应用密码不对').waitFor();
      await page.getByLabel('应用密码').fill(PASSWORD);
      await page.getByRole('button', { name: '连接并找日历' }).click();
      await page.getByLabel('owner/chromium').check();
      await page.getByRole('button', { name: '写进这个日历' }).click();
      await page.getByText('日历里有 1 笔账单提醒').waitFor();
      await isWritten(path);
      await pay(extension, billId, path);
      await page.getByText('现在没有要写的账单').waitFor();
      const download = page.waitForEvent('download');
      await addBill(extension);
      await page.getByRole('button', { name: '下载 .ics' }).click();
      expect(await readFile(await (await download).path(), 'utf8')).toContain('BEGIN:VALARM');
      await page.getByRole('button', { name: '移除提醒并断开' }).click();
      await page.getByRole('button', { name: '连接并找日历' }).waitFor();
      expect(await calendarText(path)).not.toContain('VEVENT');
      expect(JSON.stringify(await extension.rows('settings'))).not.toContain(PASSWORD);
    } finally {
      await browser.close();
      await removeFolder(dirname(extensionDir));
    }
  });

  it('and by Firefox’s', async () => {
    const firefox = await launchFirefox({});
    try {
      await firefox.install(BUILT.firefox);
      await firefox.execChrome(setOrigins, ADDON_ID, PATTERNS, 'add');
      await firefox.navigate(`${ADDON_ORIGIN}/dashboard.html`);
      const extension = duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg));
      const path = await makeCalendar('firefox');
      const billId = await addBill(extension);
      const login = { server: server.origin, user: USER, password: PASSWORD };
      const account = { ...login, url: server.origin + path, name: '账单', showsDetails: false };
      const chosen = await extension.ask({ do: 'calendar-choose', account });
      expect(chosen).toEqual({ kind: 'done', written: 1, missing: 0 });
      await isWritten(path);
      await pay(extension, billId, path);
    } finally {
      await firefox.close();
    }
  });
});
