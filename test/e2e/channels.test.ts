/** A channel from the first click on: typed, tested, seen, holding what comes, removed and put back. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT } from '../../scripts/build.ts';
import type { ChannelSetting } from '../../src/core/channel/setting.ts';
import { addDays, dayOf } from '../../src/core/day.ts';
import { startContractServer } from '../delivery/push/contract-server.ts';
import { NTFY } from '../delivery/push/protocols.ts';
import { allowedCopy } from './allowed-copy.ts';
import { launchChromium } from './browsers/chromium.ts';
import { eventually } from './browsers/process.ts';
import { removeFolder } from './browsers/temporary-folder.ts';
import { duly } from './duly.ts';

describe('Chromium', () => {
  it('an owner sets ntfy up, and it holds the next notices until it is removed', async () => {
    const extensionDir = allowedCopy(BUILT.chrome, ['http://127.0.0.1/*']);
    const server = await startContractServer();
    const browser = await launchChromium({ extensionDir });
    try {
      const page = await browser.openExtensionPage('dashboard.html#channels');
      const extension = duly((remote, arg) => page.evaluate(remote as (arg: unknown) => unknown, arg));
      const settings = async (): Promise<ChannelSetting[]> => {
        const row = (await extension.rows('settings')).find(({ name }) => name === 'channels');
        return (row?.value as { list: ChannelSetting[] } | undefined)?.list ?? [];
      };
      const press = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}(：|$)`) }).click();

      await press('添加渠道');
      await page.getByRole('radio', { name: /^ntfy/ }).check();
      await press('下一步');
      await page.getByLabel(/^主题/).fill(NTFY.topic);
      await page.getByText('更多选项').click();
      await page.getByLabel(/^服务器地址（/).fill(server.url);
      await page.getByLabel(/^访问令牌/).fill('tk_wrong');
      await press('保存并发测试消息');
      await page.getByText('没有发出去：密钥不对或已失效').waitFor();
      expect((await settings())[0]).toMatchObject({ confirmedAt: null });

      await press('编辑');
      await page.getByText('更多选项').click();
      await page.getByLabel(/^访问令牌/).fill(NTFY.token);
      await press('保存并发测试消息');
      await page.getByText('看到了吗').waitFor();
      expect(server.ntfy().delivered.map(({ title }) => title)).toEqual(['按时还：这是一条测试消息']);
      expect((await settings())[0]).toMatchObject({ confirmedAt: null });
      await press('看到了');
      await page.getByText('浏览器关着时也能按时提醒').waitFor();
      expect((await settings())[0]!.confirmedAt).not.toBeNull();
      // What was typed is in the store alone: no page shows it again.
      expect(await page.content()).not.toContain(NTFY.token);

      const dueDay = addDays(dayOf(Date.now()), 2);
      const bill = {
        title: '水费',
        dueDay,
        remainingFen: 100,
        minimumFen: null,
        statementDay: null,
        note: '',
        isMonthly: false,
      };
      await extension.ask({ do: 'save-bill', billId: null, bill });
      await eventually(async () => server.ntfy().held.length > 0, 'messages armed ahead');
      await page.getByText('已提前交给服务器').waitFor();

      await press('移除');
      await eventually(async () => server.ntfy().held.length === 0, 'messages taken back');
      await page.getByText('没有任何渠道能在浏览器关着时提醒你').waitFor();
      await press('撤销');
      await eventually(async () => server.ntfy().held.length > 0, 'messages armed again');
    } finally {
      await browser.close();
      await server.stop();
      await removeFolder(dirname(extensionDir));
    }
  });
});
