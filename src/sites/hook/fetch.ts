/** fetch: the page gets the same response and the same rejection; the hook reads a clone of a listed answer. */
import { MOST_BODY } from './names.ts';
import { apply, nativeOf, ownValue, set } from './natives.ts';
import type { Page } from './page-side.ts';
import type { Watch } from './watch.ts';

/** Leaves a `fetch` alone that cannot be replaced. */
export function watchFetch(page: Page, { mayBeListed, isListed, bodyText, tell }: Watch): void {
  const { fetch: realFetch, WritableStream, TextDecoder } = page;
  const then = nativeOf(page.Promise, 'then');
  const url = nativeOf(page.Response, 'url');
  const status = nativeOf(page.Response, 'status');
  const body = nativeOf(page.Response, 'body');
  const clone = nativeOf(page.Response, 'clone');
  const pipeTo = nativeOf(page.ReadableStream, 'pipeTo');
  const decode = nativeOf(TextDecoder, 'decode');

  /** At most `MOST_BODY` of a body is held. */
  const read = (response: unknown, requestBody: string): void => {
    // A response that a page made up has no address; one that was redirected has another.
    const address = url(response);
    if (!isListed(address)) return;
    const decoder = new TextDecoder();
    let text = '';
    // Null prototypes: a page may put members of these dictionaries on Object.prototype. Chunks come as they are, not
    // as results of `read()`, which a page may make thenables of.
    const sink = new WritableStream({
      __proto__: null,
      write(chunk: unknown) {
        text += decode(decoder, chunk, { __proto__: null, stream: true });
        if (text.length > MOST_BODY) throw text;
      },
    } as UnderlyingSink);
    const copy = body(clone(response));
    then(
      pipeTo(copy, sink),
      () => tell(address, status(response), text, requestBody),
      () => {},
    );
  };

  // A method has neither `prototype` nor [[Construct]], as the browser's own.
  const wrapped = {
    fetch(this: unknown, input: unknown) {
      // biome-ignore lint/complexity/noArguments: rest parameters would change `fetch.length`.
      const given = arguments;
      const promise = apply(realFetch, this, given as never);
      if (!mayBeListed(input)) return promise;
      try {
        // Of the page's arguments only what can be looked at without running the page's code.
        const sent = bodyText(ownValue(given[1], 'body'));
        // The page gets the derived promise: handled or not, a rejection is the page's alone.
        return then(promise, (response: unknown) => {
          try {
            read(response, sent);
          } catch {
            // Not a response, or one without a body: the page has it, the hook goes without.
          }
          return response;
        });
      } catch {
        return promise; // Not a promise of this page's: somebody else's fetch.
      }
    },
  };
  set(page, 'fetch', wrapped.fetch);
}
