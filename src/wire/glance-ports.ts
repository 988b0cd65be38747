/** The same for a page that must be there at once: a file of its own, so that it loads nothing of the whole store. */
import type { Glance } from '../app/glance.ts';
import type { Clock } from '../app/ports.ts';
import { Database } from '../storage/database.ts';
import { openGlance } from '../storage/glance.ts';

export interface GlancePorts {
  readonly store: Glance;
  readonly clock: Clock;
}

export function glancePorts(): GlancePorts {
  return { store: openGlance(new Database()), clock: { now: () => Date.now() } };
}
