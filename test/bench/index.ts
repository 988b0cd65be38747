/** The list of benches. A new one: a file beside this, a line here. */

import { content } from './content.ts';
import { habit } from './habit.ts';
import { merging } from './merging.ts';
import { popup } from './popup.ts';
import { reading } from './reading.ts';
import { reminding } from './reminding.ts';
import type { Bench } from './row.ts';
import { sizes } from './sizes.ts';
import { syncing } from './syncing.ts';

export const BENCHES: readonly Bench[] = [sizes, popup, content, reading, reminding, habit, merging, syncing];
