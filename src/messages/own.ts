/** Our own pages → background: one list of what can be asked. The reply type stands beside each. */
import * as z from 'zod/mini';
import type { View } from '../app/view.ts';
import type { Instant } from '../core/day.ts';
import { recipeSchema } from './recipe.ts';

const billId = z.string().check(z.minLength(1), z.maxLength(400));
const hour = z.number().check(z.gte(0), z.lt(24));
const instant = z.int().check(z.gte(0));

const rules = z.strictObject({
  leadDays: z.array(z.int().check(z.gte(1), z.lte(60))).check(z.maxLength(20)),
  beforeHour: hour,
  dueHours: z.array(hour).check(z.minLength(1), z.maxLength(24)),
  overdueHour: hour,
  quiet: z.nullable(z.strictObject({ fromHour: hour, toHour: hour })),
  zone: z.string().check(z.maxLength(64), z.refine(isZone)),
});

const ownerAct = z.strictObject({
  do: z.enum(['paid', 'unpaid', 'mute', 'unmute', 'snooze', 'unsnooze', 'acknowledge', 'unacknowledge']),
  billId,
  via: z.enum(['notice', 'popup', 'dashboard']),
  until: z.optional(instant),
});

const ownMessage = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('status') }),
  z.strictObject({ do: z.literal('check') }),
  z.strictObject({ do: z.literal('rules'), rules }),
  z.strictObject({ do: z.literal('act'), act: ownerAct }),
  z.strictObject({ do: z.literal('self-test') }),
  z.strictObject({ do: z.literal('self-test-seen'), wasSeen: z.boolean() }),
  z.strictObject({
    do: z.literal('teach'),
    tabId: z.int().check(z.gte(0)),
    origin: z.string().check(z.startsWith('https://'), z.maxLength(200)),
  }),
  z.strictObject({ do: z.literal('recipes'), recipes: z.array(recipeSchema).check(z.maxLength(200)) }),
  z.strictObject({ do: z.literal('recipe-remove'), id: z.string().check(z.maxLength(40)) }),
]);

export type OwnMessage = z.infer<typeof ownMessage>;
export type RulesGiven = z.infer<typeof rules>;

export interface Replies {
  status: View;
  check: { ok: true };
  rules: { ok: true };
  act: { ok: boolean };
  'self-test': { at: Instant };
  'self-test-seen': { ok: true };
  teach: { ok: true };
  recipes: { ok: true };
  'recipe-remove': { ok: true };
}

export type Ask = <Name extends OwnMessage['do']>(
  message: OwnMessage & { readonly do: Name },
) => Promise<Replies[Name]>;

/** Null for anything that is not exactly one of our messages. */
export function parseOwnMessage(raw: unknown): OwnMessage | null {
  const parsed = ownMessage.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false; // RangeError is how Intl says that it does not know the zone
  }
}
