/** Our own pages → background: one list of what can be asked, and what is answered. */
import * as z from 'zod/mini';
import type { CalendarOutcome } from '../app/calendar.ts';
import type { CalendarFailure } from '../app/calendar-ports.ts';
import type { Health } from '../app/health.ts';
import type { Imported, Undone } from '../app/import-bills.ts';
import type { SetUp } from '../app/set-up-channel.ts';
import type { SyncAnswer } from '../app/sync-ports.ts';
import type { Tested } from '../app/test-channel.ts';
import type { View } from '../app/view.ts';
import type { Instant } from '../core/day.ts';
import { EVIDENCE_FIELDS, MOST_STATEMENT } from '../core/evidence.ts';
import type { Evidence, EvidenceCheck } from '../core/evidence-chain.ts';
import { MOST_LEAD_DAYS } from '../core/rules.ts';
import { WELCOME_STEPS } from '../core/welcome.ts';
import { billGiven, importedBill } from './bills.ts';
import { channelGiven, channelId, forgotten, patience, service } from './channels.ts';
import { fen, filled, parserOf, text } from './fields.ts';
import { recipeSchema } from './recipe.ts';
import { syncCode, syncDevice, syncLabel, syncLogin, syncPlace } from './sync.ts';

/** Several files of `MAX_ROWS` rows at once. */
const MOST_IMPORTED = 50_000;

const billId = filled(400);
const named = filled(200);
const hour = z.number().check(z.gte(0), z.lt(24));
const instant = z.int().check(z.gte(0));

const rules = z.strictObject({
  leadDays: z.array(z.int().check(z.gte(1), z.lte(MOST_LEAD_DAYS))).check(z.maxLength(20)),
  beforeHour: hour,
  dueHours: z.array(hour).check(z.minLength(1), z.maxLength(24)),
  overdueHour: hour,
  quiet: z.nullable(z.strictObject({ fromHour: hour, toHour: hour })),
  zone: text(64).check(z.refine(isZone)),
});

/** Null: the general rules again. */
const billRules = z.nullable(
  z.strictObject({
    leadDays: rules.shape.leadDays,
    beforeHour: hour,
    dueHours: rules.shape.dueHours,
    overdueHour: hour,
  }),
);

const ownerAct = z.strictObject({
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
  ]),
  billId,
  via: z.enum(['notice', 'popup', 'dashboard']),
  until: z.optional(instant),
});

const ownMessage = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('status') }),
  z.strictObject({ do: z.literal('check') }),
  z.strictObject({ do: z.literal('health') }),
  z.strictObject({ do: z.literal('welcome'), step: z.enum(WELCOME_STEPS) }),
  z.strictObject({ do: z.literal('rules'), rules }),
  z.strictObject({ do: z.literal('act'), act: ownerAct }),
  z.strictObject({ do: z.literal('bill-rules'), billId, rules: billRules }),
  z.strictObject({ do: z.literal('contact-watch'), isOn: z.boolean() }),
  z.strictObject({
    do: z.literal('contact-answer'),
    topic: z.enum(['phone', 'sms']),
    word: z.enum(['yes', 'gone', 'mute', 'unmute']),
  }),
  z.strictObject({ do: z.literal('refresh'), isOn: z.boolean() }),
  z.strictObject({
    do: z.literal('calendar-choose'),
    account: z.strictObject({
      server: named,
      user: named,
      password: named,
      url: text(2000).check(z.regex(/^https?:\/\//)),
      name: named,
      showsDetails: z.boolean(),
    }),
  }),
  z.strictObject({ do: z.literal('calendar-details'), showsDetails: z.boolean() }),
  z.strictObject({ do: z.literal('calendar-now') }),
  z.strictObject({ do: z.literal('calendar-stop'), removes: z.boolean() }),
  z.strictObject({ do: z.literal('calendar-file'), showsDetails: z.boolean() }),
  z.strictObject({ do: z.literal('channel-add'), service, channel: channelGiven }),
  z.strictObject({ do: z.literal('channel-edit'), id: channelId, channel: channelGiven, forget: forgotten }),
  z.strictObject({ do: z.literal('channel-test'), id: channelId }),
  z.strictObject({ do: z.literal('channel-seen'), id: channelId, wasSeen: z.boolean() }),
  z.strictObject({ do: z.literal('channel-switch'), id: channelId, isOn: z.boolean() }),
  z.strictObject({ do: z.literal('channel-details'), id: channelId, showsDetails: z.boolean() }),
  z.strictObject({ do: z.literal('channel-move'), id: channelId, way: z.enum(['up', 'down']) }),
  z.strictObject({ do: z.literal('channel-remove'), id: channelId }),
  z.strictObject({ do: z.literal('channel-restore'), id: channelId }),
  z.strictObject({ do: z.literal('patience'), patience }),
  z.strictObject({
    do: z.literal('sync-create'),
    place: syncPlace,
    label: syncLabel,
    sharesChannels: z.boolean(),
    /** What lies there is deleted first. */
    anew: z.optional(z.literal(true)),
  }),
  z.strictObject({
    do: z.literal('sync-join'),
    place: z.nullable(syncPlace),
    code: syncCode,
    label: syncLabel,
    sharesChannels: z.boolean(),
  }),
  z.strictObject({ do: z.literal('sync-now') }),
  z.strictObject({ do: z.literal('sync-stop'), removes: z.enum(['nothing', 'own', 'all']) }),
  z.strictObject({ do: z.literal('sync-change-code'), code: syncCode }),
  z.strictObject({ do: z.literal('sync-new-vault') }),
  z.strictObject({ do: z.literal('sync-forget-device'), device: syncDevice }),
  z.strictObject({ do: z.literal('sync-release'), word: z.enum(['apply', 'refuse']) }),
  z.strictObject({ do: z.literal('sync-refill') }),
  z.strictObject({ do: z.literal('sync-label'), label: syncLabel }),
  z.strictObject({ do: z.literal('sync-share'), isShared: z.boolean() }),
  z.strictObject({ do: z.literal('sync-login'), ...syncLogin }),
  z.strictObject({ do: z.literal('habit'), isOn: z.boolean() }),
  z.strictObject({
    do: z.literal('evidence'),
    billId,
    fields: z.array(z.enum(EVIDENCE_FIELDS)).check(z.maxLength(EVIDENCE_FIELDS.length)),
  }),
  z.strictObject({ do: z.literal('evidence-check'), text: text(20_000_000) }),
  z.strictObject({ do: z.literal('statement'), billId, text: text(MOST_STATEMENT) }),
  z.strictObject({ do: z.literal('missed'), billId, entryId: text(1000), isMissed: z.boolean() }),
  z.strictObject({ do: z.literal('budget'), budget: z.nullable(fen) }),
  z.strictObject({ do: z.literal('lost-seen') }),
  z.strictObject({ do: z.literal('self-test') }),
  z.strictObject({ do: z.literal('self-test-seen'), wasSeen: z.boolean() }),
  z.strictObject({
    do: z.literal('teach'),
    tabId: z.int().check(z.gte(0)),
    origin: text(200).check(z.startsWith('https://')),
  }),
  z.strictObject({ do: z.literal('recipes'), recipes: z.array(recipeSchema).check(z.maxLength(200)) }),
  z.strictObject({ do: z.literal('recipe-remove'), id: text(40) }),
  z.strictObject({ do: z.literal('save-bill'), billId: z.nullable(billId), bill: billGiven }),
  z.strictObject({ do: z.literal('delete-bill'), billId }),
  z.strictObject({ do: z.literal('restore-bill'), billId }),
  z.strictObject({
    do: z.literal('import'),
    bills: z.array(importedBill).check(z.maxLength(MOST_IMPORTED)),
    isMonthly: z.boolean(),
  }),
  z.strictObject({ do: z.literal('undo-import'), id: named }),
]);

export type OwnMessage = z.infer<typeof ownMessage>;
export type RulesGiven = z.infer<typeof rules>;

/** What has more to say than whether it was done. */
interface Answers {
  'save-bill': { billId: string | null };
  import: Imported;
  /** Null when it is not the last import, or was taken back already. */
  'undo-import': Undone | null;
  status: View;
  health: Health;
  'calendar-choose': CalendarOutcome;
  'calendar-details': CalendarOutcome;
  'calendar-now': CalendarOutcome;
  'calendar-stop': { kind: 'done' } | CalendarFailure;
  /** iCalendar text of every watched bill. */
  'calendar-file': { text: string; count: number };
  'channel-add': SetUp;
  'channel-edit': SetUp;
  'channel-test': Tested;
  /** Null: there is no such bill. */
  evidence: Evidence | null;
  'evidence-check': EvidenceCheck;
  'self-test': { at: Instant };
}

/** Not ok: there is no such thing to do it with. */
type Reply<Name> = Name extends keyof Answers
  ? Answers[Name]
  : Name extends `sync-${string}`
    ? SyncAnswer
    : { ok: boolean };

export type Replies = { [Name in OwnMessage['do']]: Reply<Name> };

export type Ask = <Name extends OwnMessage['do']>(
  message: OwnMessage & { readonly do: Name },
) => Promise<Replies[Name]>;

export const parseOwnMessage = parserOf(ownMessage);

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false; // RangeError is how Intl says that it does not know the zone
  }
}
