/** Folders of one run. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from './process.ts';

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `duly-${name}-`));
}

/** Removes the folder, even while a browser's last children are still writing into it. */
export async function removeFolder(path: string): Promise<void> {
  for (let tries = 0; tries < 15; tries++) {
    try {
      return await rm(path, { recursive: true, force: true });
    } catch {
      await sleep(200); // ENOTEMPTY: somebody wrote meanwhile
    }
  }
}
