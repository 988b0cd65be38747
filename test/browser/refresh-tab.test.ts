import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from '../wire/fake-browser.ts';

const HERE = ['https://site.example/*'];
let browser: ReturnType<typeof fakeBrowser>;

beforeEach(async () => {
  vi.resetModules();
  browser = fakeBrowser();
  vi.doMock('webextension-polyfill', () => ({ default: browser }));
});
const tabs = async () => (await import('../../src/browser/refresh-tab.ts')).refreshTabs;

const onlyAt = (url: string, ids: number[]) =>
  browser.tabs.query.mockImplementation(async (asked) => (asked.url.includes(url) ? ids.map((id) => ({ id })) : []));

it('the tab that was opened is closed, wherever it was sent', async () => {
  const { open, close } = await tabs();
  expect(await close(await open(), HERE)).toBe('elsewhere');
  expect(browser.tabs.remove.mock.calls).toEqual([[1]]);
});

it('one that was led nowhere is closed though its number is not known, and tells of no page that it was sent to', async () => {
  const { open, lead, close } = await tabs();
  const id = await open();
  const { url } = browser.tabs.create.mock.calls[0]![0];
  onlyAt(url, [id]);
  expect([await close(null, HERE), await close(id, HERE)]).toEqual(['gone', 'gone']);
  expect(browser.tabs.remove.mock.calls).toEqual([[[id]], [[id]]]);
  await lead(id, 'https://site.example/');
  expect(browser.tabs.update).toHaveBeenCalledWith(id, { url: 'https://site.example/' });
});

// Firefox counts tabs from 1 in every session.
it('after a restart a tab of the same number is closed only where it stands on these pages', async () => {
  const { close } = await tabs();
  expect(await close(1, HERE)).toBe('gone');
  expect(browser.tabs.remove).not.toHaveBeenCalled();
  browser.tabs.query.mockImplementation(async ({ url }) => (url.includes(HERE[0]!) ? [{ id: 1 }] : []));
  expect(await close(1, HERE)).toBe('here');
  expect(browser.tabs.remove.mock.calls).toEqual([[1]]);
});

// One that is left open for days, sleeps or was only restored would hold every visit back.
it('only a page that the owner looks at is theirs to read: not one behind other tabs', async () => {
  const { isInFront } = await tabs();
  const all = [{ id: 3, active: false, lastFocusedWindow: true }];
  browser.tabs.query.mockImplementation(async (asked) =>
    all.filter((tab) => tab.active === asked.active && tab.lastFocusedWindow === asked.lastFocusedWindow),
  );
  expect(await isInFront(HERE)).toBe(false);
  all.push({ id: 4, active: true, lastFocusedWindow: true });
  expect(await isInFront(HERE)).toBe(true);
});
