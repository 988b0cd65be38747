/** What the scripts of teaching need of the browser inside a page: no polyfill. */
import type { Say } from '../i18n/message-keys.ts';

interface PageApi {
  readonly runtime: { sendMessage(message: unknown): Promise<unknown> };
  readonly i18n: { getMessage(key: string, facts: readonly string[]): string; getUILanguage(): string };
}

declare const chrome: PageApi;

const api = (): PageApi => (globalThis as { browser?: PageApi }).browser ?? chrome;

export const sayInPage: Say = (key, ...facts) => api().i18n.getMessage(key, [...facts]);

export function languageInPage(): string {
  return api().i18n.getUILanguage();
}

/** Null when nobody answers: the extension was updated or removed under this page. */
export async function askInPage<Reply>(message: unknown): Promise<Reply | null> {
  try {
    return ((await api().runtime.sendMessage(message)) as Reply | undefined) ?? null;
  } catch {
    return null; // said above
  }
}
