/** The built content script on pages that fill late, change their route, hide their answers or never rest. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeAccount, todayInShanghai } from '../replica/account.ts';
import { answer } from '../replica/answers.ts';
import { type LivingBrowser, launchLiving } from '../sites/hook/living-browser.ts';
import { type AccountServer, startAccountServer } from '../sites/hook/server.ts';
import { eventually, sleep } from './browsers/process.ts';

const account = () => makeAccount('two-bills', todayInShanghai(Date.now()));

describe.each(['chromium', 'firefox'] as const)('%s', (name) => {
  let server: AccountServer;
  let browser: LivingBrowser;
  beforeAll(async () => {
    server = await startAccountServer((path, params) => answer(path, params, account()));
    browser = await launchLiving(name, server.port);
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });
  beforeEach(() => browser.forget());

  const show = (page: () => unknown, query = '') =>
    browser.open(`https://baitiao.jd.com/page/${server.addPage(String(page))}${query}`);
  const bills = async (count = 1) =>
    eventually(async () => {
      const { bills } = await browser.stored();
      return bills.length >= count && bills.map(({ remainingFen, source }) => [remainingFen, source]);
    }, 'bills to be stored');

  const site = (what: string) => eventually(async () => (await browser.stored()).sites[0], what);

  test('a page that shows nothing of its answers is read by the hook', async () => {
    await show(() => fetch('/v3/ious/getBillList', { method: 'POST', body: 'pageNum=1&pageSize=10' }));
    expect(await bills(2)).toContainEqual([38_620, 'responses']);
  });

  test('frozen fetch: the labels serve', async () => {
    await show(async () => {
      const frame = document.createElement('iframe');
      document.documentElement.append(frame);
      const inner = frame.contentWindow as Window;
      Object.defineProperty(window, 'fetch', { value: inner.fetch.bind(inner), writable: false, configurable: false });
      const { billList } = await (await fetch('/v3/ious/getBillList', { method: 'POST' })).json();
      const [{ billLimitDate, sdpAmt }] = billList;
      document.body.textContent = `最后还款日 ${billLimitDate.slice(0, 10)} 剩余应还 ¥${sdpAmt.toFixed(2)}`;
    });
    expect(await bills()).toEqual([[38_620, 'labels']]);
  });

  test('late rows are read, and the page is not called unreadable meanwhile', async () => {
    await show(() => {
      setTimeout(() => {
        document.body.textContent = '最后还款日 2027-03-09 剩余应还 ¥12.34';
      }, 5000);
    });
    await sleep(4000);
    expect(await browser.stored()).toEqual({ bills: [], sites: [] });
    expect(await bills()).toEqual([[1234, 'labels']]);
  });

  test('a route that changes without a load is read', async () => {
    await show(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.body.textContent = '首页';
      });
    });
    await sleep(1500);
    await browser.inPage(() => {
      history.pushState(null, '', '/page/list');
      document.body.textContent = '最后还款日 2027-03-09 剩余应还 ¥56.78';
    });
    expect(await bills()).toEqual([[5678, 'labels']]);
  });

  test('a tab that only shows what was hidden is read', async () => {
    await show(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.body.innerHTML =
          '<button>账单</button><div style="display:none">最后还款日 2027-03-09 剩余应还 ¥9.01</div>';
        const [button, panel] = document.body.children as unknown as [HTMLElement, HTMLElement];
        button.onclick = () => {
          panel.style.display = 'block';
        };
      });
    });
    await sleep(1500);
    await browser.inPage(() => document.querySelector('button')?.click());
    expect(await bills()).toEqual([[901, 'labels']]);
  });

  test('a page that never rests is read, told once, and not in a loop', async () => {
    await show(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.body.innerHTML = '<p>最后还款日 2027-03-09 剩余应还 ¥77.00</p><i></i>';
        setInterval(() => {
          (document.querySelector('i') as HTMLElement).textContent = String(performance.now());
        }, 50);
      });
    });
    expect(await bills()).toEqual([[7700, 'labels']]);
    const at = (await browser.stored()).sites[0]?.at;
    await sleep(6000);
    expect((await browser.stored()).sites.map((site) => site.at)).toEqual([at]);
  });

  test('a page that stays unreadable is told after it has rested', async () => {
    // Only a page that should show bills is missed when it shows none.
    await show(() => history.replaceState(null, '', '/v3/ious/list'));
    await sleep(4000);
    expect((await browser.stored()).sites).toEqual([]);
    expect(await site('the page to be called unreadable')).toMatchObject({ kind: 'unreadable', why: 'layout-unknown' });
  });

  test('a sign-in page is the account’s only when it leads back to it', async () => {
    const passport = 'https://passport.jd.com/new/login.aspx';
    await browser.open(`${passport}?ReturnUrl=${encodeURIComponent('https://www.jd.com/')}`);
    await sleep(1500);
    expect((await browser.stored()).sites).toEqual([]);
    await browser.open(`${passport}?ReturnUrl=${encodeURIComponent('https://baitiao.jd.com/v3/ious/list')}`);
    expect(await site('the browser to be called signed out')).toMatchObject({ kind: 'signed-out' });
  });
});
