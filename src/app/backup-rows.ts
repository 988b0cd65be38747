/** What a row of a backup must have at the least; what is merely odd in it becomes unknown in storage/sound. */
import * as z from 'zod/mini';
import { toDay } from '../core/day.ts';
import { type Doubt, SOURCES } from '../core/reading.ts';
import { KINDS, type LateWhy, type LedgerEntry, type Seen } from '../core/reminder/reminder.ts';
import type { OwnerActEntry, SiteState } from './ports.ts';

const name = z.string().check(z.minLength(1), z.maxLength(2000));
const instant = z.number().check(z.gte(0), z.lte(2e14));
const maybe = z.nullable(instant);
const day = z.custom<string>((value) => typeof value === 'string' && toDay(value) !== null);
const code = z.string().check(z.maxLength(200));

/** A name that is missing here would cost its rows on the way back: the compiler says so. */
const oneOf = <Name extends string>(names: Record<Name, true>) => z.enum(Object.keys(names) as Name[]);

const doubt = z.object({
  field: oneOf<Doubt['field']>({ dueDay: true, remainingFen: true, totalFen: true, minimumFen: true, standing: true }),
  values: z
    .array(z.object({ source: z.enum(SOURCES), value: z.union([code, z.number()]) }))
    .check(z.minLength(1), z.maxLength(8)),
});

export const ROWS = {
  bill: z.looseObject({
    id: name,
    title: z.optional(z.string().check(z.maxLength(2000))),
    doubts: z.optional(z.array(doubt).check(z.maxLength(8))),
    owner: z.optional(z.looseObject({})),
  }),
  ledger: z.looseObject({
    id: name,
    reminderId: name,
    billId: name,
    kind: z.enum(KINDS),
    day,
    channel: code,
    device: code,
    noticeId: name,
    plannedAt: instant,
    firedAt: instant,
    outcome: oneOf<LedgerEntry['outcome']>({ fired: true, accepted: true, failed: true, armed: true, withdrawn: true }),
    settledAt: maybe,
    failure: z.nullable(code),
    formerFailures: z.optional(z.array(z.object({ at: instant, code })).check(z.maxLength(100))),
    receipt: z.optional(name),
    lateMs: z.number(),
    lateWhy: z.nullable(
      oneOf<LateWhy>({ asleep: true, 'browser-closed': true, 'notifications-off': true, retried: true, unknown: true }),
    ),
    seen: oneOf<Seen>({ acknowledged: true, clicked: true, closed: true, unknown: true }),
    seenAt: maybe,
    missedAt: z.optional(instant),
  }),
  act: z.looseObject({
    id: name,
    billId: name,
    do: oneOf<OwnerActEntry['do']>({
      paid: true,
      unpaid: true,
      mute: true,
      unmute: true,
      hide: true,
      unhide: true,
      snooze: true,
      unsnooze: true,
      acknowledge: true,
      unacknowledge: true,
      rules: true,
      statement: true,
    }),
    via: oneOf<OwnerActEntry['via']>({ notice: true, popup: true, dashboard: true }),
    at: instant,
    until: maybe,
  }),
  site: z.looseObject({
    siteId: name,
    account: name,
    kind: oneOf<SiteState['kind']>({
      bills: true,
      'signed-out': true,
      'no-account': true,
      'no-access': true,
      unreadable: true,
    }),
    why: z.nullable(code),
    at: instant,
    lastMonthly: z.nullable(z.looseObject({})),
  }),
} as const;
