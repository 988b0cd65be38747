/** XMLHttpRequest: one listener on each that is sent, which looks at the answers of listed addresses only. */
import { apply, nativeOf, set } from './natives.ts';
import type { Page } from './page-side.ts';
import type { Watch } from './watch.ts';

/** Text answers only: a parsed or binary one would have to be made text again, and large numbers would suffer. */
export function watchXhr(page: Page, { isListed, bodyText, tell }: Watch): void {
  const { XMLHttpRequest } = page;
  const { prototype } = XMLHttpRequest;
  const { send: realSend } = prototype;
  const addEventListener = nativeOf(page.EventTarget, 'addEventListener');
  const sentBy = nativeOf(page.WeakMap, 'get');
  const note = nativeOf(page.WeakMap, 'set');
  const responseUrl = nativeOf(XMLHttpRequest, 'responseURL');
  const responseText = nativeOf(XMLHttpRequest, 'responseText');
  const status = nativeOf(XMLHttpRequest, 'status');
  const sent = new page.WeakMap();

  const loaded = function (this: XMLHttpRequest, event: Event): void {
    try {
      const address = responseUrl(this);
      // `isTrusted` is an own property that no page can replace: an event that the page made up is refused.
      if (event.isTrusted && isListed(address)) tell(address, status(this), responseText(this), sentBy(sent, this));
    } catch {
      // `responseText` refuses where the page asked for something parsed or binary.
    }
  };

  const wrapped = {
    send(this: XMLHttpRequest) {
      // biome-ignore lint/complexity/noArguments: a named parameter would change `send.length`.
      const given = arguments;
      try {
        note(sent, this, bodyText(given[0]));
        addEventListener(this, 'load', loaded);
      } catch {
        // Not an XMLHttpRequest: the browser's own `send` says so.
      }
      return apply(realSend, this, given as never);
    },
  };
  set(prototype, 'send', wrapped.send);
}
