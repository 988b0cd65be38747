/** Nobody took what a page tells: tried again so much later, and given up after the last, until the page is opened anew. */
export const RETRY_MS = [1_000, 10_000, 60_000] as const;
