/** What our pages send about syncing. Codes and passwords go this way only, but for a new code, which is shown once. */
import * as z from 'zod/mini';
import { filled, text } from './fields.ts';

export const syncLogin = { user: text(400), password: text(1000) };
export const syncPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('area') }),
  z.strictObject({ kind: z.literal('webdav'), url: filled(2000), ...syncLogin }),
]);

export const syncLabel = filled(60);
/** As it was typed. */
export const syncCode = text(400);
export const syncDevice = z.string().check(z.regex(/^[0-9a-z]{10,32}$/));
