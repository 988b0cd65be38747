/** What a row of a backup must have at the least; what is merely odd in it becomes unknown in storage/sound. */
import * as z from 'zod/mini';
import { toDay } from '../core/day.ts';
import { SOURCES } from '../core/reading.ts';
import { KINDS } from '../core/reminder/reminder.ts';

const name = z.string().check(z.minLength(1), z.maxLength(2000));
const instant = z.number().check(z.gte(0), z.lte(2e14));
const maybe = z.nullable(instant);
const day = z.custom<string>((value) => typeof value === 'string' && toDay(value) !== null);
const code = z.string().check(z.maxLength(200));

const doubt = z.object({
  field: z.enum(['dueDay', 'remainingFen', 'totalFen', 'minimumFen', 'standing']),
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
    outcome: z.enum(['fired', 'accepted', 'failed', 'armed', 'withdrawn']),
    settledAt: maybe,
    failure: z.nullable(code),
    formerFailures: z.optional(z.array(z.object({ at: instant, code })).check(z.maxLength(100))),
    receipt: z.optional(name),
    lateMs: z.number(),
    lateWhy: z.nullable(z.enum(['asleep', 'browser-closed', 'notifications-off', 'retried', 'unknown'])),
    seen: z.enum(['acknowledged', 'clicked', 'closed', 'unknown']),
    seenAt: maybe,
    missedAt: z.optional(instant),
  }),
  act: z.looseObject({
    id: name,
    billId: name,
    do: z.enum([
      'paid',
      'unpaid',
      'mute',
      'unmute',
      'hide',
      'unhide',
      'snooze',
      'unsnooze',
      'acknowledge',
      'unacknowledge',
      'rules',
      'statement',
    ]),
    via: z.enum(['notice', 'popup', 'dashboard']),
    at: instant,
    until: maybe,
  }),
  site: z.looseObject({
    siteId: name,
    account: name,
    kind: z.enum(['bills', 'signed-out', 'no-account', 'no-access', 'unreadable']),
    why: z.nullable(code),
    at: instant,
    lastMonthly: z.nullable(z.looseObject({})),
  }),
} as const;
