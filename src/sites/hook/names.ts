/** What both sides of the hook agree on. */

/** Dispatched by the isolated side: carries the port in `ports`. */
export const OFFER = 'duly:offer';
/** Dispatched by the page side, which came second: offer now. */
export const ASK = 'duly:ask';

/** url, status, body, request body. */
export type Told = readonly [string, number, string, string];

/** A longer answer is not a list of bills. In UTF-16 units. */
export const MOST_BODY = 2_000_000;
/** Paging parameters are short. */
export const MOST_REQUEST = 500;

/** What a listed endpoint's address begins with, to the end of its path. */
export function addressOf({ host, path }: { readonly host: string; readonly path: string }): string {
  return `https://${host}${path}`;
}
