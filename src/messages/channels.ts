/** What our pages send about channels. Secrets go this way only: no reply holds one. */
import * as z from 'zod/mini';
import { SERVICES } from '../core/channel/setting.ts';
import { isPatience, WAITS, type Wait } from '../core/reminder/patience.ts';
import { filled, text } from './fields.ts';

/** More than any service has. */
const MOST_FIELDS = 12;

export const channelId = filled(100);
export const service = z.enum(SERVICES);
const fieldName = z.string().check(z.regex(/^[A-Za-z]{1,40}$/));

export const channelGiven = z.strictObject({
  values: z.record(fieldName, text(4000)).check(z.refine((values) => Object.keys(values).length <= MOST_FIELDS)),
  label: text(60),
  whose: z.enum(['mine', 'other']),
  agreed: z.boolean(),
});

export const forgotten = z.array(fieldName).check(z.maxLength(MOST_FIELDS));

const patienceMs = (wait: Wait) => z.int().check(z.refine((ms) => isPatience(wait, ms)));

export const patience = z.strictObject(
  Object.fromEntries(WAITS.map((wait) => [wait, patienceMs(wait)])) as Record<Wait, ReturnType<typeof patienceMs>>,
);
