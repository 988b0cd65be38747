/** Beyond the desktop in a real browser: a push after the patience and no other, none after an acknowledgement, and one armed ahead. */
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import { MINUTE_MS } from '../../src/core/day.ts';
import { DEFAULT_PATIENCE } from '../../src/core/reminder/patience.ts';
import { type ContractServer, startContractServer } from '../delivery/push/contract-server.ts';
import { NTFY } from '../delivery/push/protocols.ts';
import { settingOf } from '../delivery/push/settings.ts';
import { allowedCopy } from './allowed-copy.ts';
import { type ChromiumSession, launchChromium } from './browsers/chromium.ts';
import { createClock, type MovableClock } from './browsers/clock.ts';
import { eventually, sleep } from './browsers/process.ts';
import { removeFolder, temporaryFolder } from './browsers/temporary-folder.ts';
import { dueToday, duly } from './duly.ts';

/** The shortest that an owner may choose. */
const PATIENCE_MS = 5 * MINUTE_MS;
type Extension = ReturnType<typeof duly>;

const extensionDir = allowedCopy(BUILT.chrome, ['http://127.0.0.1/*']);
afterAll(() => removeFolder(dirname(extensionDir)));

async function extensionOf(browser: ChromiumSession): Promise<Extension> {
  const page = await browser.openExtensionPage('manifest.json');
  return duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
}

/** As if the owner had set ntfy up on a server of their own, seen the test, and been short of patience on the due day. */
function setUpNtfy(extension: Extension, server: ContractServer, canWithdraw: boolean): Promise<void> {
  const list = [settingOf('ntfy', { server: server.url, topic: NTFY.topic, token: NTFY.token })].map((setting) => ({
    ...setting,
    confirmedAt: 1,
    health: { ...setting.health, canWithdraw },
  }));
  return extension.putSetting('channels', { list, patience: { ...DEFAULT_PATIENCE, today: PATIENCE_MS }, held: [] });
}

async function isTold(extension: Extension, billId: string): Promise<void> {
  await eventually(
    async () =>
      (await extension.rows('ledger')).some(
        (entry) => entry.billId === billId && entry.channel === 'desktop' && entry.outcome === 'accepted',
      ),
    'the desktop notice',
    60_000,
  );
}

/** Two browsers' worth of time passes, and the alarm has rung. */
async function pass(clock: MovableClock, ms: number): Promise<void> {
  clock.advance(ms);
  await sleep(6000);
}

describe('Chromium', () => {
  it('an ignored notice goes to the next channel once, and an acknowledged one to none', async () => {
    const clock = createClock('faketime');
    const server = await startContractServer({ now: clock.now });
    const browser = await launchChromium({ extensionDir, env: clock.env });
    try {
      const extension = await extensionOf(browser);
      await setUpNtfy(extension, server, false);
      const ignored = await dueToday(extension, '没人理', clock.now());
      await isTold(extension, ignored);
      expect(server.ntfy().delivered).toEqual([]);

      await pass(clock, PATIENCE_MS);
      await eventually(async () => server.ntfy().delivered.length > 0, 'the push', 60_000);
      await pass(clock, PATIENCE_MS);
      await pass(clock, PATIENCE_MS);
      expect(server.ntfy().delivered).toHaveLength(1);
      // Private by default: neither the name nor the amount.
      expect(JSON.stringify(server.received)).not.toMatch(/没人理|1,?280\.55|128055/);

      await extension.ask({ do: 'act', act: { do: 'paid', billId: ignored, via: 'dashboard' } });
      const heard = await dueToday(extension, '看到了', clock.now());
      await isTold(extension, heard);
      await extension.ask({ do: 'act', act: { do: 'acknowledge', billId: heard, via: 'popup' } });
      await pass(clock, PATIENCE_MS);
      await pass(clock, PATIENCE_MS);
      expect(server.ntfy().delivered).toHaveLength(1);
    } finally {
      await browser.close();
      await server.stop();
      clock.close();
    }
  });

  it('a message armed ahead outlives a killed browser, and is taken back when the notice is acknowledged', async () => {
    const server = await startContractServer();
    const profileDir = temporaryFolder('escalation');
    const options = { extensionDir, profileDir, seeded: true };
    let browser = await launchChromium(options);
    try {
      let extension = await extensionOf(browser);
      await setUpNtfy(extension, server, true);
      const billId = await dueToday(extension, '浏览器关了', Date.now(), 20_000);
      const armed = () => server.ntfy().held.filter(({ time }) => time * 1000 < Date.now() + 10 * MINUTE_MS);
      await eventually(async () => armed().length === 1, 'the message armed ahead', 15_000);
      await browser.kill();
      await sleep(2000);
      expect(armed()).toHaveLength(1);

      await sleep(20_000);
      browser = await launchChromium(options);
      extension = await extensionOf(browser);
      await isTold(extension, billId);
      expect(armed()).toHaveLength(1);
      await extension.ask({ do: 'act', act: { do: 'acknowledge', billId, via: 'popup' } });
      await eventually(async () => armed().length === 0, 'the message taken back', 30_000);
      expect(server.ntfy().delivered).toEqual([]);
    } finally {
      await browser.close();
      await server.stop();
      await removeFolder(profileDir);
    }
  });
});
