/** What the browser has to load: scripts of the Chrome build, gzip -9, with everything that they import statically. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './row.ts';

const BUILT = join(import.meta.dirname, '../../.output/chrome-mv3');

/** Peers and floors: facts/performance.md §1, gz kB of the same parts. */
export const sizes: Bench = {
  name: 'sizes',
  measure: async () => {
    const manifest = JSON.parse(readFileSync(join(BUILT, 'manifest.json'), 'utf8'));
    const contentScripts: { js?: string[] }[] = manifest.content_scripts ?? [];
    const popup = scriptsOf(manifest.action.default_popup);
    return [
      {
        // What a bill page gets: the readers come when the content script asks for them.
        name: 'content scripts and readers',
        figure: gzKb([...contentScripts.flatMap((script) => script.js ?? []), 'readers.js']),
        unit: 'kB gz',
        against: { kind: 'peer', name: 'github-better-line-counts 1.8 (WXT)', figure: 24.9 },
        aim: 0.6,
      },
      {
        name: 'background',
        figure: gzKb([manifest.background.service_worker]),
        unit: 'kB gz',
        against: { kind: 'floor', name: 'WXT + Dexie + zod/mini skeleton', figure: 39.0 },
        aim: 1.5,
      },
      {
        name: 'popup scripts',
        figure: gzKb(popup),
        unit: 'kB gz',
        against: { kind: 'floor', name: 'WXT + Preact + Dexie skeleton, 20 bills', figure: 39.0 },
        aim: 1.41,
      },
    ];
  },
};

function gzKb(entries: readonly string[]): number {
  const seen = new Set<string>();
  let bytes = 0;
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    bytes += gzipSync(text, { level: 9 }).length;
    for (const [, to] of text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g))
      visit(join(dirname(path), to as string));
  };
  for (const entry of entries) visit(join(BUILT, entry));
  return bytes / 1000;
}

/** The scripts that a page names itself, preloaded modules included. */
function scriptsOf(page: string): string[] {
  const html = readFileSync(join(BUILT, page), 'utf8');
  return [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1] as string);
}
