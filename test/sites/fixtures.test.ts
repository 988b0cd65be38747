/** Every saved page and set of responses gives exactly the reading beside it, through the same function as `npm run read`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReadLine, readFiles } from '../../scripts/read.ts';
import { SITES } from '../../src/sites/index.ts';

interface Expected {
  readonly url: string;
  readonly at: string;
  readonly files: readonly string[];
  readonly reading: ReadLine;
}

const here = import.meta.dirname;

for (const site of SITES) {
  const folder = join(here, site.id);
  const names = readdirSync(join(folder, 'expected'));
  describe(site.id, () => {
    it.each(names)('%s', (name) => {
      const text = readFileSync(join(folder, 'expected', name), 'utf8');
      const { url, at, files, reading } = JSON.parse(text) as Expected;
      const paths = files.map((file) => join(folder, file));
      const found = readFiles(url, Date.parse(at), paths);
      expect(found).toEqual(reading);
      const printed = JSON.stringify(found);
      expect(printed, 'no product, order or account of the page').not.toMatch(
        /示例商品|示例昵称|90000000000[0-9](?!\d)|000000000000000000/,
      );
    });

    it('leaves no saved page without an expected reading', () => {
      const used = new Set(
        names.flatMap((name) => (JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as Expected).files),
      );
      const kinds = ['pages', 'responses'].filter((kind) => existsSync(join(folder, kind)));
      const saved = kinds.flatMap((kind) => readdirSync(join(folder, kind)).map((name) => `${kind}/${name}`));
      expect(saved.filter((file) => !used.has(file))).toEqual([]);
    });
  });
}
