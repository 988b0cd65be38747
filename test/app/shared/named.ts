/** Lives that every run lives: what the random ones meet too seldom to be sure of it. */
import type { Deed, Life, Trouble } from './life.ts';

/** `at`: day after birth and hour, in minutes. */
const at = (day: number, hour: number): number => Math.round((day * 24 + hour) * 60);
const did = (day: number, hour: number, who: number, deed: Deed, debt = 0): Life['events'][number] => ({
  minute: at(day, hour),
  who,
  do: deed,
  debt,
});
const away = (what: Trouble['what'], who: number | null, day: number, hour: number, hours: number): Trouble => ({
  ...{ what, who, hours },
  minute: at(day, hour),
});
const life = (dueAfterDays: readonly number[], events: Life['events'], troubles: Life['troubles'] = []): Life => ({
  dueAfterDays,
  events,
  troubles,
});

export const NAMED: Readonly<Record<string, Life>> = {
  'read on one, told on both': life([5], [did(1, 12, 0, 'read')]),
  'the one that read it is closed for good': life([5], [did(1, 12, 0, 'read')], [away('closed', 0, 1, 20, 180)]),
  'paid on one a minute before the other speaks': life([5], [did(1, 12, 0, 'read'), did(5, 9.9, 0, 'paid')]),
  'muted on one while the other sleeps': life(
    [5],
    [did(1, 12, 0, 'read'), did(3, 12, 0, 'mute')],
    [away('asleep', 1, 3, 11, 47)],
  ),
  'acknowledged on one, told on the other by its next hour': life(
    [5],
    [did(1, 12, 0, 'read'), did(5, 10.5, 0, 'acknowledge'), did(6, 12, 1, 'acknowledge')],
    [away('asleep', 1, 5, 9, 5)],
  ),
  'an overdue day acknowledged here is not made up for there': life(
    [2],
    [did(0, 12, 0, 'read'), did(3, 10.5, 0, 'acknowledge')],
    [away('asleep', 1, 3, 8, 20)],
  ),
  'put off on one, heard on both when that ends': life([5], [did(1, 12, 0, 'read'), did(5, 15, 1, 'snooze')]),
  'hidden here, told there': life([5], [did(1, 12, 0, 'read'), did(2, 12, 0, 'hide')]),
  'paid offline, and that taken back on the other': life(
    [5],
    [did(1, 12, 0, 'read'), did(3, 12, 0, 'paid'), did(3, 13, 1, 'paid'), did(3, 14, 1, 'unpaid')],
    [away('offline', 0, 3, 11, 20)],
  ),
  'read on both without the folder, and joined': life(
    [4, 6],
    [did(1, 12, 0, 'read'), did(1, 13, 1, 'read'), did(2, 9, 1, 'mute', 1), did(2, 12, 0, 'unmute', 1)],
    [away('offline', null, 1, 8, 40)],
  ),
  'more paid on one than the failsafe lets pass': life(
    [5, 6, 7, 8],
    [did(1, 12, 0, 'read'), ...[0, 1, 2].map((debt) => did(2, 12 + debt / 60, 0, 'paid', debt))],
    [away('asleep', 1, 2, 11, 4)],
  ),
  'deleted on one, read again on the other': life(
    [6],
    [did(1, 12, 0, 'read'), did(2, 12, 0, 'delete'), did(3, 12, 1, 'read')],
  ),
};
