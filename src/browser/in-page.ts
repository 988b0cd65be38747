/** What our scripts need of the browser inside a page, beside telling the background: no polyfill. */
import type { Say } from '../i18n/message-keys.ts';
import { pageApi } from './content.ts';

export const sayInPage: Say = (key, ...facts) => pageApi()!.i18n!.getMessage(key, [...facts]);

export function languageInPage(): string {
  return pageApi()!.i18n!.getUILanguage();
}

/** Null when nobody answers: the extension was updated or removed under this page. */
export async function askInPage<Reply>(message: unknown): Promise<Reply | null> {
  try {
    return ((await pageApi()!.runtime!.sendMessage(message)) as Reply | undefined) ?? null;
  } catch {
    return null; // said above
  }
}

/**
 * A page that the browser only prepares runs its scripts, but the background cannot tell in which tab it is:
 * https://github.com/w3c/webextensions/issues/396
 */
export async function whenShown(): Promise<void> {
  if (!(document as { readonly prerendering?: boolean }).prerendering) return;
  await new Promise((shown) => document.addEventListener('prerenderingchange', shown, { once: true }));
}
