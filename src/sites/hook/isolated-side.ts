/** The hook's half in the extension's world: gives the port away once, and takes only what the hook may tell. */
import type { PageResponse } from '../site.ts';
import { isUntouched, openDoor } from './door.ts';
import { ASK, MOST_BODY, MOST_REQUEST, OFFER } from './names.ts';

/**
 * To be called at `document_start`. `addresses` are the listed endpoints as `https://host/path`. The returned function
 * tells the page side that nobody listens any more.
 */
export function hearPage(
  page: Window & typeof globalThis,
  addresses: readonly string[],
  onResponse: (response: PageResponse) => void,
): () => void {
  const { port1, port2 } = new page.MessageChannel();
  const event = new page.MessageEvent(OFFER, { data: addresses.join(' '), ports: [port2], cancelable: true });
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    const response = responseFrom(data, addresses);
    if (response) onResponse(response);
  };
  // Refused: nobody waits there yet.
  if (isUntouched(page.document) && page.dispatchEvent(event)) {
    const offer = (): void => {
      if (door.isOpen() && !page.dispatchEvent(event)) door.close();
    };
    page.addEventListener(ASK, offer, true);
    const door = openDoor(page.document, page.MutationObserver, () => page.removeEventListener(ASK, offer, true));
  }
  return () => {
    port1.onmessage = null;
    port1.postMessage('stop');
  };
}

/** Null for anything that is not exactly what the page side tells. */
export function responseFrom(data: unknown, addresses: readonly string[]): PageResponse | null {
  if (!Array.isArray(data) || data.length !== 4) return null;
  const url: unknown = data[0];
  const status: unknown = data[1];
  const body: unknown = data[2];
  const requestBody: unknown = data[3];
  if (typeof url !== 'string' || typeof status !== 'number') return null;
  if (typeof body !== 'string' || typeof requestBody !== 'string' || body.length > MOST_BODY) return null;
  if (!addresses.some((address) => url === address || url.startsWith(`${address}?`))) return null;
  if (!/^\s*[[{<\ufeff]/.test(body)) return null;
  const known = isForm(requestBody) ? { requestBody } : {};
  // The method is not told: no reader asks for it, and every listed address is the page's own to choose one for.
  return { url, method: '', status, body, ...known };
}

/** `name=value&…`: what paging parameters look like. */
function isForm(text: string): boolean {
  return text.length <= MOST_REQUEST && /^[\w.[\]%-]+=[^\s"{}<>]*$/.test(text);
}
