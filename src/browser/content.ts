/** The browser as the content script sees it: no polyfill, so that it stays small on other people's pages. */
interface ContentRuntime {
  readonly runtime: { readonly id?: string; sendMessage(message: unknown): Promise<unknown> };
}

declare const chrome: ContentRuntime | undefined;

/** False when the extension was updated or removed under this page: nobody listens any more. */
export async function tellBackground(message: unknown): Promise<boolean> {
  const { runtime } = pageApi() ?? {};
  if (!runtime?.id) return false;
  try {
    await runtime.sendMessage(message);
    return true;
  } catch {
    return false; // the background is gone or refused: the page is read again at its next visit
  }
}

/** Asked for only by who has something to tell: Chrome makes it at the first touch. There `browser` may be an element of that id. */
export function pageApi(): Partial<ContentRuntime> | undefined {
  const { browser } = globalThis as { browser?: Partial<ContentRuntime> };
  return browser?.runtime ? browser : typeof chrome === 'undefined' ? undefined : chrome;
}
