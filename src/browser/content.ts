/** The browser as the content script sees it: no polyfill, so that it stays small on other people's pages. */
interface PageApi {
  readonly runtime: { readonly id?: string; sendMessage(message: unknown): Promise<unknown> };
  readonly i18n: { getMessage(key: string, facts: readonly string[]): string; getUILanguage(): string };
}

declare const chrome: PageApi | undefined;

/** False when the extension was updated or removed under this page: nobody will listen here any more. */
export function isHeard(): boolean {
  return pageApi()?.runtime?.id !== undefined;
}

export async function tellBackground(message: unknown): Promise<boolean> {
  try {
    await pageApi()?.runtime?.sendMessage(message);
    return isHeard();
  } catch {
    return false; // the background is gone or refused: who has something to tell tries again
  }
}

/** Asked for only by who has something to tell: Chrome makes it at the first touch. There `browser` may be an element of that id. */
export function pageApi(): Partial<PageApi> | undefined {
  const { browser } = globalThis as { browser?: Partial<PageApi> };
  return browser?.runtime ? browser : typeof chrome === 'undefined' ? undefined : chrome;
}
