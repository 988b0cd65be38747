/** What the scripts of this extension share in one page, and the page's own scripts do not see. */
import type { Reading } from '../core/reading.ts';
import type { PageView } from '../sites/site.ts';

export type ReadPage = (view: Omit<PageView, 'today'>) => Reading | null;

/** Absent until the readers were put into the page. */
export const world = globalThis as { dulyRead?: ReadPage };
