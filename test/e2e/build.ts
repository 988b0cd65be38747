/** Vitest's global set-up of the e2e project: both browsers are built once, anew, before the first test. */
import { build } from '../../scripts/build.ts';

export async function setup(): Promise<void> {
  await build('chrome', 'stderr');
  await build('firefox', 'stderr');
}
