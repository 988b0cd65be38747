/** A page as a content script finds it. Its own answers are not what is looked at: no channel reaches it. */
import { Window } from 'happy-dom';
import { vi } from 'vitest';

export function openPage(url: string): Window {
  const page = new Window({ url });
  const MessageChannel = class {
    port1 = { postMessage: () => {} };
    port2 = {};
  };
  Object.assign(page, { MessageChannel });
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('location', page.location);
  return page;
}
