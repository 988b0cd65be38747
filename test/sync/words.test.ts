/** A code without its sentence would stand on a page as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messagesOf } from '../i18n/say-from.ts';

it.each(['zh_CN', 'en'] as const)('every code of syncing that the sources can give has its sentence: %s', (locale) => {
  const files = readdirSync('src/sync').map((file) => `src/sync/${file}`);
  const text = [...files, 'src/app/sync-ports.ts'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const codes = new Set([...text.matchAll(/'(sync-[a-z-]+)'/g)].map((match) => match[1]!));
  expect(codes.size).toBeGreaterThan(35);
  const messages = messagesOf(locale);
  for (const code of codes) expect(messages[`failure_${code.replaceAll('-', '_')}`]?.message, code).toMatch(/./);
});
