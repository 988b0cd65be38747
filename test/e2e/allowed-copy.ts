/** A copy of the built extension whose optional pages are granted at install: no test can press the browser's own question headless. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function allowedCopy(built: string, patterns: readonly string[]): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'duly-allowed-')), 'extension');
  cpSync(built, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.host_permissions = [...(manifest.host_permissions ?? []), ...patterns];
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}
