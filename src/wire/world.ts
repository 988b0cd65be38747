/** What the scripts of this extension share in one page, and the page's own scripts do not see. */
import type { Instant } from '../core/day.ts';
import type { Reading } from '../core/reading.ts';
import type { PageView } from '../sites/site.ts';

export type ReadPage = (view: Omit<PageView, 'today'>) => Reading | null;

export const world = globalThis as {
  /** Absent until the readers were put into the page. */
  dulyRead?: ReadPage;
  /** When the owner last taught what stands in this page. */
  dulyShownAt?: Instant;
};
