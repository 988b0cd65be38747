/** Firefox installs for good from a zip alone: the built folder, packed by web-ext once for each profile. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export function packed(extensionDir: string, folder: string): string {
  const path = join(folder, 'duly-packed.zip');
  if (existsSync(path)) return path;
  const webExt = join(import.meta.dirname, '../../../node_modules/web-ext/bin/web-ext.js');
  const args = ['build', '-s', extensionDir, '-a', folder, '-n', 'duly-packed.zip', '--overwrite-dest'];
  execFileSync(process.execPath, [webExt, ...args], { timeout: 120_000, stdio: 'ignore' });
  return path;
}
