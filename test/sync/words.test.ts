/** A code without its sentence would stand on a page as it is; a move of the server's without its test is a claim. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { messagesOf } from '../i18n/say-from.ts';

it.each(['zh_CN', 'en'] as const)(
  'every code of syncing that the sources can give has a sentence of its own: %s',
  (locale) => {
    const files = readdirSync('src/sync').map((file) => `src/sync/${file}`);
    const text = [...files, 'src/app/sync-ports.ts'].map((file) => readFileSync(file, 'utf8')).join('\n');
    const codes = new Set([...text.matchAll(/'(sync-[a-z-]+)'/g)].map((match) => match[1]!));
    expect(codes.size).toBeGreaterThan(35);
    const messages = messagesOf(locale);
    const sentences = [...codes].map((code) => messages[`failure_${code.replaceAll('-', '_')}`]?.message ?? code);
    expect([...codes].filter((code) => sentences.includes(code) || sentences.includes(''))).toEqual([]);
    expect(new Set(sentences).size, 'no two codes say the same').toBe(codes.size);
  },
);

it('every test that the table of the server’s moves names is there', () => {
  const table = readFileSync('docs/sync.md', 'utf8').split('## What a hostile server can do')[1]!.split('\n## ')[0]!;
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  const named = rows.slice(1).flatMap((row) => row.split('|').at(-2)!.split(';'));
  const tests = named.map((each) => /^ *(.+?)(?: \(`(.+)`\))? *$/.exec(each)!).filter(([, name]) => name !== '–');
  expect(tests.length).toBeGreaterThan(30);
  for (const [, name, file = 'attacker.test.ts'] of tests)
    expect(readFileSync(`test/sync/${file}`, 'utf8'), name).toContain(name);
});
