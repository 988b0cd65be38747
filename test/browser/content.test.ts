import { afterEach, expect, it, vi } from 'vitest';
import { tellBackground } from '../../src/browser/content.ts';
import { askInPage } from '../../src/browser/in-page.ts';

afterEach(() => void vi.unstubAllGlobals());

// An element's id is a name on the window, in the world of a content script too.
it('a page with an element of the id "browser" is still told of', async () => {
  vi.stubGlobal('browser', { localName: 'div' });
  vi.stubGlobal('chrome', { runtime: { id: 'duly', sendMessage: async () => 'heard' } });
  expect(await tellBackground({})).toBe(true);
  expect(await askInPage({})).toBe('heard');
});
