/** A damaged database: both browsers begin an empty one without a word, and the bills come back from their copy. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { launchChromium } from './browsers/chromium.ts';
import { createClock } from './browsers/clock.ts';
import { ADDON_ORIGIN, launchFirefox } from './browsers/firefox.ts';
import { eventually } from './browsers/process.ts';
import { removeFolder, temporaryFolder } from './browsers/temporary-folder.ts';
import { dueToday, duly, type InPage } from './duly.ts';

const TITLE = '京东白条 会回来的';

/** Every file under `folder` whose path says that it is the database's. */
function damage(
  folder: string,
  isOfDatabase: (path: string) => boolean,
  harm: (file: Buffer) => Buffer = () => Buffer.from('no database any more'),
): number {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => isOfDatabase(path) && statSync(path).isFile());
  for (const path of files) writeFileSync(path, harm(readFileSync(path)));
  return files.length;
}

async function copyIn(run: InPage): Promise<string | null> {
  return run(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('spare.json').catch(() => null);
    return (await (await file?.getFile())?.text()) ?? null;
  }, null);
}

/** It came back, or is waited for. */
async function isKnown(run: InPage): Promise<boolean> {
  const isWaited = await run(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('unread-since').catch(() => null);
    return file !== null && (await (await file.getFile()).text()) !== '';
  }, null);
  return isWaited || (await duly(run).rows('bills')).length > 0;
}

async function saveAndCopy(run: InPage): Promise<void> {
  await dueToday(duly(run), TITLE, Date.now(), 3_600_000);
  await eventually(async () => (await copyIn(run))?.includes(TITLE), 'the copy', 20_000);
}

async function isBack(run: InPage): Promise<void> {
  const bills = await eventually(
    async () => {
      const rows = await duly(run).rows('bills');
      return rows.length > 0 ? rows : null;
    },
    'the bill',
    20_000,
  );
  expect(bills).toMatchObject([{ title: TITLE, remainingFen: 128_055 }]);
  const told = await eventually(
    async () => (await duly(run).rows('settings')).find(({ name }) => name === 'lost'),
    'that it was lost',
    20_000,
  );
  expect(told).toMatchObject({ value: { bills: 1, wasSyncing: false } });
}

describe('a damaged database', () => {
  it('Chromium empties it, and the bill comes back', async () => {
    const profileDir = temporaryFolder('lost');
    const start = async () => {
      const browser = await launchChromium({ extensionDir: BUILT.chrome, profileDir, seeded: true });
      const page = await browser.openExtensionPage('manifest.json');
      const run: InPage = (remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg);
      return { browser, run };
    };
    try {
      const first = await start();
      await saveAndCopy(first.run);
      await first.browser.kill();
      expect(damage(join(profileDir, 'Default', 'IndexedDB'), (path) => path.endsWith('CURRENT'))).toBe(1);
      const second = await start();
      try {
        await isBack(second.run);
        const popup = await second.browser.openPopup();
        await popup.getByText('浏览器弄丢过这里的记录').waitFor();
        const dashboard = await second.browser.openExtensionPage('dashboard.html#settings');
        await dashboard.getByText('找回 1 笔账单').waitFor();
        await dashboard.locator('section[aria-labelledby="lost"] button').click();
        await dashboard.getByText('找回 1 笔账单').waitFor({ state: 'detached' });
      } finally {
        await second.browser.close();
      }
    } finally {
      await removeFolder(profileDir);
    }
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['empties it', () => Buffer.from('no database any more')],
    ['leaves it and cannot open it', (file) => file.fill(7, 8192, file.length - 8192)],
  ])('Firefox %s, and the bill comes back', async (_what, harm) => {
    const profileDir = temporaryFolder('lost');
    const clock = createClock('shim');
    const start = async () => {
      const firefox = await launchFirefox({ profileDir, env: clock.env });
      if ((await firefox.backgroundState()) === 'absent') await firefox.install(BUILT.firefox, true);
      await firefox.navigate(`${ADDON_ORIGIN}/manifest.json`);
      const run: InPage = (remote, arg) => firefox.exec(remote as (arg: unknown) => unknown, arg);
      return { firefox, run };
    };
    try {
      const first = await start();
      await saveAndCopy(first.run);
      await first.firefox.close();
      const isOfDatabase = (path: string): boolean => /moz-extension[^^/]*\/idb\/.*\.sqlite$/.test(path);
      expect(damage(join(profileDir, 'storage'), isOfDatabase, harm)).toBe(1);
      const second = await start();
      try {
        await eventually(() => isKnown(second.run), 'that it was emptied, or cannot be opened', 20_000);
      } finally {
        await second.firefox.close();
      }
      clock.advance(20 * 60_000);
      const third = await start();
      try {
        await isBack(third.run);
      } finally {
        await third.firefox.close();
      }
    } finally {
      clock.close();
      await removeFolder(profileDir);
    }
  });
});
