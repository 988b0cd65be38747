/** XMLHttpRequest: one listener per listed request, added as it is sent. */
import { apply, nativeOf, set } from './natives.ts';
import type { Page } from './page-side.ts';
import type { Watch } from './watch.ts';

/** Method, and what was sent. Null: not listed. */
type Note = [string, string] | null;

/** Text answers only: a parsed or binary one would have to be made text again, and large numbers would suffer. */
export function watchXhr(page: Page, { mayBeListed, isListed, bodyText, tell }: Watch): void {
  const { XMLHttpRequest } = page;
  const { prototype } = XMLHttpRequest;
  const { open: realOpen, send: realSend } = prototype;
  const addEventListener = nativeOf(page.EventTarget, 'addEventListener');
  const noteOf = nativeOf(page.WeakMap, 'get');
  const note = nativeOf(page.WeakMap, 'set');
  const responseUrl = nativeOf(XMLHttpRequest, 'responseURL');
  const responseText = nativeOf(XMLHttpRequest, 'responseText');
  const status = nativeOf(XMLHttpRequest, 'status');
  const notes = new page.WeakMap();

  const loaded = function (this: XMLHttpRequest, event: Event): void {
    try {
      const noted: Note = noteOf(notes, this);
      const address = responseUrl(this);
      // `isTrusted` is an own property that no page can replace: an event that the page made up is refused.
      if (!event.isTrusted || !noted || !isListed(address)) return;
      tell(address, noted[0], status(this), responseText(this), noted[1]);
    } catch {
      // `responseText` refuses where the page asked for something parsed or binary.
    }
  };

  const wrapped = {
    open(this: XMLHttpRequest, method: unknown, url: unknown) {
      // biome-ignore lint/complexity/noArguments: rest parameters would change `open.length`.
      const result = apply(realOpen, this, arguments as never);
      note(notes, this, typeof method === 'string' && mayBeListed(url) ? [method, ''] : null);
      return result;
    },
    send(this: XMLHttpRequest) {
      // biome-ignore lint/complexity/noArguments: a named parameter would change `send.length`.
      const given = arguments;
      const noted: Note = noteOf(notes, this);
      if (noted) {
        noted[1] = bodyText(given[0]);
        addEventListener(this, 'load', loaded);
      }
      return apply(realSend, this, given as never);
    },
  };
  set(prototype, 'open', wrapped.open);
  set(prototype, 'send', wrapped.send);
}
