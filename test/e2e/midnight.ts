/**
 * Before each file that drives a browser: none begins in the last minutes of a day in Shanghai, where Duly's days change.
 * What such a file wrote for today would be yesterday's before it is looked at: most of these browsers go by the machine's own clock.
 */
import { dayOf, endOf, MINUTE_MS } from '../../src/core/day.ts';

const LONGEST_FILE_MS = 4 * MINUTE_MS;

const left = endOf(dayOf(Date.now())) - Date.now();
if (left < LONGEST_FILE_MS) await new Promise((resolve) => setTimeout(resolve, left + 1000));
