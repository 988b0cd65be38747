/** What our pages look through: they show what the store holds, and ask the background for everything else. */
import type { Glance } from '../app/glance.ts';
import type { Clock, Ports } from '../app/ports.ts';
import { Database } from '../storage/database.ts';
import { openGlance } from '../storage/glance.ts';
import { openStore } from '../storage/store.ts';

/** No channel and no sender among them: a page loads only what it shows. */
export type PagePorts = Pick<Ports, 'store' | 'clock'>;
export interface GlancePorts {
  readonly store: Glance;
  readonly clock: Clock;
}

const clock: Clock = { now: () => Date.now() };

export function pagePorts(): PagePorts {
  return { store: openStore(new Database()), clock };
}

export function glancePorts(): GlancePorts {
  return { store: openGlance(new Database()), clock };
}
