/** Tabs that stood open for days: what they show is no reading of today. All data made up. */
import type { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/core/day.ts';
import type { Reading } from '../../src/core/reading.ts';
import { billsReading } from '../core/made-up.ts';
import { recipe } from '../sites/taught/recipe-made.ts';
import { openPage } from './page.ts';

const A = billsReading([], ['issued']);
const B = billsReading([], ['loan']);
let shown: Reading;
const sendMessage = vi.fn<(message: { do?: string; reading?: unknown }) => Promise<unknown>>();

/** The page has stood open for so long, as both its clocks say unless the machine slept. */
function openFor(ms: number, sleptMs = 0): void {
  vi.stubGlobal('performance', { timeOrigin: Date.now() - ms, now: () => ms - sleptMs });
}

let page: Window;

function open(url: string): void {
  page = openPage(url);
  page.document.body.innerHTML = '<p>还款</p>';
}

beforeEach(() => {
  vi.resetModules();
  shown = A;
  vi.doMock('../../src/sites/taught/read.ts', () => ({ readTaught: () => shown }));
  vi.stubGlobal('browser', { runtime: { id: 'duly', sendMessage } });
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  sendMessage.mockReset().mockImplementation(async (message) => (message.do === 'recipes' ? [recipe()] : undefined));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

const told = (): unknown[] =>
  sendMessage.mock.calls.map(([{ reading }]) => reading).filter((reading) => reading !== undefined);
const rest = async (): Promise<void> => {
  await new Promise((done) => setImmediate(done));
  await vi.advanceTimersByTimeAsync(10_000);
};
const move = (): Promise<void> => {
  page.document.body.append(page.document.createElement('i'));
  return rest();
};
const click = (): Promise<void> => {
  page.document.body.click();
  return rest();
};

const SCRIPTS = {
  taught: async () => {
    open('https://my.xingyun-dai.example/account/repay');
    const { startTaught } = await import('../../src/wire/taught-content.ts');
    void startTaught();
    await rest();
  },
  listed: async () => {
    open('https://baitiao.jd.com/v3/ious/list');
    vi.stubGlobal('dulyRead', () => shown);
    const { startContent } = await import('../../src/wire/content.ts');
    startContent();
    await rest();
  },
};

describe.each(Object.entries(SCRIPTS))('a %s page', (_name, start) => {
  it('that was just loaded is told', async () => {
    openFor(2000);
    await start();
    expect(told()).toEqual([A]);
  });

  it('into which a new version comes after some hours is told', async () => {
    openFor(5 * HOUR_MS);
    await start();
    expect(told()).toEqual([A]);
  });

  it('into which a new version comes after days is not, whatever moves in it and however it is clicked', async () => {
    openFor(2 * DAY_MS);
    await start();
    await move();
    await click();
    await move();
    expect(told()).toEqual([]);
  });

  it('… and is told once it shows something else', async () => {
    openFor(2 * DAY_MS);
    await start();
    shown = B;
    await move();
    expect(told()).toEqual([B]);
  });

  it('over which the machine slept for days is as old', async () => {
    openFor(2 * DAY_MS, 2 * DAY_MS - HOUR_MS);
    await start();
    expect(told()).toEqual([]);
  });

  it('that was just loaded in a process that slept for days is told', async () => {
    openFor(2 * DAY_MS, 2 * DAY_MS - 2000);
    await start();
    expect(told()).toEqual([A]);
  });

  it('that was left open overnight tells nothing by a click that shows what stood there hidden', async () => {
    openFor(2000);
    await start();
    await vi.advanceTimersByTimeAsync(9 * HOUR_MS);
    shown = B;
    await click();
    expect(told()).toEqual([A]);
  });

  it('that was left open overnight is told when another address shows something else', async () => {
    openFor(2000);
    await start();
    await vi.advanceTimersByTimeAsync(9 * HOUR_MS);
    shown = B;
    page.history.pushState(null, '', '?next');
    await click();
    expect(told()).toEqual([A, B]);
  });

  it('whose reading nobody took before the machine slept does not tell it the next day', async () => {
    openFor(2000);
    sendMessage.mockImplementation(async (message) => {
      if (message.reading === undefined) return [recipe()];
      vi.setSystemTime(Date.now() + DAY_MS);
      throw new Error('the message channel closed');
    });
    await start();
    await rest();
    expect(told()).toEqual([A]);
  });
});

it('a page that stood open for days is read once the owner taught what it shows', async () => {
  openFor(2 * DAY_MS);
  vi.stubGlobal('dulyShownAt', Date.now() - 1000);
  await SCRIPTS.taught();
  expect(told()).toEqual([A]);
});

it('a sign-in page that was left open for days asks for nobody', async () => {
  const leadsBack = `?ReturnUrl=${encodeURIComponent('https://baitiao.jd.com/v3/ious/list')}`;
  open(`https://passport.jd.com/new/login.aspx${leadsBack}`);
  const { startContent } = await import('../../src/wire/content.ts');
  openFor(2000);
  startContent();
  await rest();
  expect(told()).toEqual([{ kind: 'signed-out' }]);
  openFor(2 * DAY_MS);
  startContent();
  await rest();
  expect(told()).toHaveLength(1);
});

it('a page of the bound number that was left open for days confirms none', async () => {
  open('https://safe.jd.com/user/paymentpassword/safetyCenter.action');
  page.document.body.innerHTML = '<p>您验证的手机：<b>138****1234</b></p>';
  const { startContact } = await import('../../src/wire/contact-content.ts');
  openFor(2 * DAY_MS);
  void startContact();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sendMessage).not.toHaveBeenCalled();
  openFor(2000);
  void startContact();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sendMessage).toHaveBeenCalledTimes(1);
});
