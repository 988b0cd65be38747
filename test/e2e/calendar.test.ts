/** The owner's calendar in real browsers: the background writes to a real Radicale, and takes out what is paid. */
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { addDays, dayOf } from '../../src/core/day.ts';
import { PASSWORD, type Started, startRadicale, USER } from '../delivery/calendar/servers.ts';
import { allowedCopy } from './allowed-copy.ts';
import { launchChromium } from './browsers/chromium.ts';
import { ADDON_ID, ADDON_ORIGIN, launchFirefox } from './browsers/firefox.ts';
import { eventually } from './browsers/process.ts';
import { removeFolder } from './browsers/temporary-folder.ts';
import { duly } from './duly.ts';

// biome-ignore lint/suspicious/noExplicitAny: globals of the browsers, used in functions that run there.
declare const ChromeUtils: any, WebExtensionPolicy: any;

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

/** A bill is written into the calendar, and taken out when the owner says that it is paid. */
async function writeAndPay({ ask: tell, rows }: ReturnType<typeof duly>, path: string): Promise<void> {
  const dueDay = addDays(dayOf(Date.now()), 9);
  const amounts = { remainingFen: 128_055, minimumFen: null, statementDay: null };
  const given = { title: '车贷', dueDay, ...amounts, note: '', isMonthly: false };
  const { billId } = await tell({ do: 'save-bill', billId: null, bill: given });
  const account = { server: server.origin, user: USER, password: PASSWORD, name: '账单', showsDetails: false };
  const chosen = await tell({ do: 'calendar-choose', account: { ...account, url: server.origin + path } });
  expect(chosen).toEqual({ kind: 'done', written: 1, missing: 0 });
  const text = await calendarText(path);
  expect(text).toContain(`DTSTART;VALUE=DATE:${dueDay.replaceAll('-', '')}`);
  expect(text.match(/TRIGGER;VALUE=DATE-TIME:\d{8}T\d{6}Z/g)).toHaveLength(6);
  expect(text).not.toMatch(/车贷|1280/);

  await tell({ do: 'act', act: { do: 'paid', billId, via: 'dashboard' } });
  await eventually(async () => !(await calendarText(path)).includes('VEVENT'), 'the paid bill to leave the calendar');
  expect(JSON.stringify(await rows('ledger'))).not.toContain(PASSWORD);
}

describe('a calendar on a real server', () => {
  it('is written by Chromium’s background, and a bill that is paid leaves it', async () => {
    const extensionDir = allowedCopy(BUILT.chrome, PATTERNS);
    const browser = await launchChromium({ extensionDir });
    try {
      const page = await browser.openExtensionPage('dashboard.html');
      await writeAndPay(
        duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg)),
        await makeCalendar('chromium'),
      );
    } finally {
      await browser.close();
      await removeFolder(dirname(extensionDir));
    }
  });

  it('and by Firefox’s', async () => {
    const firefox = await launchFirefox({});
    try {
      await firefox.install(BUILT.firefox);
      await firefox.execChrome(grant, ADDON_ID, PATTERNS);
      await firefox.navigate(`${ADDON_ORIGIN}/dashboard.html`);
      await writeAndPay(
        duly((remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg)),
        await makeCalendar('firefox'),
      );
    } finally {
      await firefox.close();
    }
  });
});

/** What the owner does in the browser's own question. */
async function grant(id: string, origins: string[]): Promise<void> {
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  await ExtensionPermissions.add(id, { permissions: [], origins }, WebExtensionPolicy.getByID(id).extension);
}
