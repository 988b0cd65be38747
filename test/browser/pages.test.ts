import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from '../wire/fake-browser.ts';

const BANK = 'https://bank.example/';
let browser: ReturnType<typeof fakeBrowser>;
const reload = vi.fn(async (_id: number) => undefined);

beforeEach(() => {
  vi.resetModules();
  reload.mockClear();
  browser = fakeBrowser();
  Object.assign(browser.tabs, { update: vi.fn(), reload });
  vi.doMock('webextension-polyfill', () => ({ default: browser }));
});
const showAnew = async (url: string, tabs: readonly { id: number; url: string }[]): Promise<void> => {
  browser.tabs.query.mockImplementation(async ({ url: pattern }) =>
    tabs.filter((tab) => tab.url.startsWith(`${pattern}`.replace('*', ''))),
  );
  await (await import('../../src/browser/pages.ts')).showAnew(url);
};

it('a page that stands open is loaded anew, whatever its query', async () => {
  await showAnew(BANK, [{ id: 3, url: `${BANK}?from=mail#bills` }]);
  expect(reload.mock.calls).toEqual([[3]]);
  expect(browser.tabs.create).not.toHaveBeenCalled();
});

// A bank's first page is the beginning of every address there.
it('the owner’s other pages of the site are left alone: one may be a form that is half filled in', async () => {
  await showAnew(BANK, [{ id: 3, url: `${BANK}transfer` }]);
  expect(reload).not.toHaveBeenCalled();
  expect(browser.tabs.create.mock.calls).toEqual([[{ url: BANK }]]);
});
