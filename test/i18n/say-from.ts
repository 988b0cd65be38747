/** `i18n.getMessage` over the real files: `$1`…`$9` are put in, an unknown key gives an empty text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Say } from '../../src/i18n/message-keys.ts';

export type Messages = Record<
  string,
  { readonly message: string; readonly placeholders?: Record<string, { content: string }> }
>;

export function messagesOf(locale: 'zh_CN' | 'en'): Messages {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, '../../public/_locales', locale, 'messages.json'), 'utf8'),
  ) as Messages;
}

export function sayFrom(locale: 'zh_CN' | 'en'): Say {
  const messages = messagesOf(locale);
  return (key, ...facts) =>
    (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, n: string) => facts[Number(n) - 1] ?? '');
}
