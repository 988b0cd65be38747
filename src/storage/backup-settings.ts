/** The settings of a backup: what is written into it, and what is taken from it. Inside the transaction of the caller. */
import type { ImportPlan, Secrets } from '../app/backup-ports.ts';
import type { BinnedBill } from '../app/ports.ts';
import { MOST_BINNED } from '../core/bill.ts';
import { type Calendar, hrefOf, soundCalendar, type WrittenEntry } from '../core/calendar-state.ts';
import { FIELDS } from '../core/channel/fields.ts';
import { type ChannelSetting, NO_HEALTH } from '../core/channel/setting.ts';
import { soundContact } from '../core/contact.ts';
import type { Instant } from '../core/day.ts';
import { soundHabit } from '../core/habit.ts';
import { canonical, type Json } from '../core/record/record.ts';
import { soundRefresh } from '../core/refresh.ts';
import { type BinnedChannel, type Channels, NO_CHANNELS, soundChannels } from '../core/reminder/chain.ts';
import { soundSync } from '../core/sync-setting.ts';
import { soundWelcome } from '../core/welcome.ts';
import type { Database } from './database.ts';
import { FORMER_ACCOUNTS, FORMER_SALTS } from './rekey.ts';
import { soundBill, soundFen, soundRules, soundSelfTest, soundState } from './sound.ts';

type Settings = Readonly<Record<string, unknown>>;
export type SettingNeeds = Pick<ImportPlan, 'needKey' | 'calendarNeedsPassword'>;

/** Settings that are one value each; a damaged one is as if it were absent. */
const PLAIN: Readonly<Record<string, (raw: unknown) => unknown>> = {
  rules: soundRules,
  budget: soundFen,
  habit: soundHabit,
  contact: soundContact,
  refresh: (raw) => ({ ...soundRefresh(raw), tab: null }),
  welcome: soundWelcome,
  selfTest: (raw) => soundSelfTest(raw as never),
};

const isObject = (raw: unknown): raw is Record<string, unknown> => typeof raw === 'object' && raw !== null;

export async function settingsOf(db: Database): Promise<{ settings: Settings; secrets: Secrets }> {
  const rows = new Map((await db.settings.toArray()).map(({ name, value }) => [name, value]));
  const settings: Record<string, unknown> = {};
  for (const [name, sound] of Object.entries(PLAIN)) if (rows.has(name)) settings[name] = sound(rows.get(name));
  const channels = soundChannels(rows.get('channels'));
  const calendar = soundCalendar(rows.get('calendar'));
  settings.channels = { list: channels.list.map(openPart), patience: channels.patience };
  settings.calendar = calendar.account && calendarPart(calendar);
  settings.syncLabel = soundSync(rows.get('sync')).label;
  settings.bin = soundBin(rows.get('bin'));
  settings.accounts = {
    salt: typeof rows.get('salt') === 'string' ? rows.get('salt') : null,
    formerSalts: texts(rows.get(FORMER_SALTS)),
    formerAccounts: texts(rows.get(FORMER_ACCOUNTS)),
  };
  const sealed = channels.list.filter((each) => Object.keys(sealedPart(each)).length > 0);
  return {
    settings,
    secrets: {
      channels: Object.fromEntries(
        sealed.map((each) => [each.id, { values: sealedPart(each), confirmedAt: each.confirmedAt }]),
      ),
      calendarPassword: calendar.account?.password || null,
    },
  };
}

/** The values that are secret, and any that this version has no field for. */
function sealedPart({ service, values }: ChannelSetting): Record<string, string> {
  const open = new Set(FIELDS[service].filter(({ isSecret }) => !isSecret).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' && !open.has(name)));
}

/** Without its key a channel counts as not tried out. How it fares is each browser's own. */
function openPart(setting: ChannelSetting): unknown {
  const { health: _, values, confirmedAt, ...rest } = setting;
  const sealed = sealedPart(setting);
  const isWhole = Object.keys(sealed).length === 0;
  const open = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in sealed)));
  return { ...rest, values: open, confirmedAt: isWhole ? confirmedAt : null };
}

function calendarPart({ account, written, writtenAt, checkedAt }: Calendar): unknown {
  const { password: _, ...open } = account!;
  return { account: open, written, writtenAt, checkedAt };
}

/** `isWhole`: the settings become those of the file; else only what was never set here is taken. */
export async function takeSettings(
  db: Database,
  given: Settings,
  { secrets, isWhole, now }: { secrets: Secrets | null; isWhole: boolean; now: Instant },
): Promise<SettingNeeds> {
  const rows = new Map((await db.settings.toArray()).map(({ name, value }) => [name, value]));
  const put = async (name: string, value: unknown): Promise<void> => void (await db.settings.put({ name, value }));
  for (const [name, sound] of Object.entries(PLAIN)) {
    // Rules that were saved anywhere are merged by their records.
    const isOpen = isWhole || (name !== 'rules' && !isSet(rows.get(name)));
    if (!isOpen) continue;
    const value = name in given ? sound(given[name]) : null;
    if (value !== null) await put(name, value);
    else if (isWhole) await db.settings.delete(name);
  }
  const own = soundChannels(rows.get('channels'));
  const channels = soundChannels(given.channels);
  const list = channels.list.map((each) => unlocked(each, own, secrets));
  const known = new Set(own.list.map(({ id }) => id));
  const news = isWhole ? list : list.filter(({ id }) => !known.has(id));
  const isOwnPatience =
    canonical(own.patience as unknown as Json) !== canonical(NO_CHANNELS.patience as unknown as Json);
  const patience = !isWhole && isOwnPatience ? own.patience : channels.patience;
  const bin = isWhole ? binnedWithout(own, news, now) : own.bin;
  if (rows.has('channels') || news.length > 0 || isObject(given.channels))
    await put('channels', { ...own, patience, list: isWhole ? news : [...own.list, ...news], bin } satisfies Channels);
  const calendarNeedsPassword = await takeCalendar(put, rows.get('calendar'), given.calendar, secrets, isWhole, now);
  await takeBin(put, rows.get('bin'), given.bin, isWhole);
  const sync = soundSync(rows.get('sync'));
  const label = typeof given.syncLabel === 'string' ? given.syncLabel.slice(0, 60) : '';
  if (sync.place === null && label !== '' && (isWhole || sync.label === '')) await put('sync', { ...sync, label });
  const needKey = news.filter((each) => lacksKey(each)).map(({ service, label }) => ({ service, label }));
  return { needKey, calendarNeedsPassword };
}

/** A row that stands there with nothing said in it is not the owner's word yet. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return (
    !(isObject(value) && 'onSince' in value && value.onSince === null) && !(isObject(value) && value.isOn === false)
  );
}

/** With its key, from the file or from the same channel here: a key goes nowhere but where it went. */
function unlocked(setting: ChannelSetting, own: Channels, secrets: Secrets | null): ChannelSetting {
  const here = own.list.find(({ id, service }) => id === setting.id && service === setting.service);
  const sealed = secrets && Object.hasOwn(secrets.channels, setting.id) ? secrets.channels[setting.id] : undefined;
  const isHere = here !== undefined && openValues(here) === openValues(setting);
  const key = sealed ?? (isHere ? { values: sealedPart(here), confirmedAt: here.confirmedAt } : undefined);
  const whole = key
    ? { ...setting, values: { ...setting.values, ...key.values }, confirmedAt: key.confirmedAt }
    : setting;
  const isSame = isHere && canonical(sealedPart(here)) === canonical(sealedPart(whole));
  return { ...whole, health: isSame ? here.health : NO_HEALTH };
}

/** What is left out stays to be asked while its service holds a message. */
function binnedWithout({ list, held, bin }: Channels, kept: readonly ChannelSetting[], at: Instant): BinnedChannel[] {
  const ids = new Set(kept.map(({ id }) => id));
  const left = list.flatMap((setting, place) =>
    held.some(({ channel }) => channel === setting.id) ? [{ setting, place, at }] : [],
  );
  return [...left, ...bin].filter(({ setting }) => !ids.has(setting.id));
}

function openValues(setting: ChannelSetting): string {
  const sealed = sealedPart(setting);
  return canonical(Object.fromEntries(Object.entries(setting.values).filter(([name]) => !(name in sealed))));
}

function lacksKey({ service, values }: ChannelSetting): boolean {
  return FIELDS[service].some(({ name, isRequired, isSecret }) => isRequired && isSecret && !values[name]);
}

async function takeCalendar(
  put: (name: string, value: unknown) => Promise<void>,
  former: unknown,
  raw: unknown,
  secrets: Secrets | null,
  isWhole: boolean,
  now: Instant,
): Promise<boolean> {
  const own = soundCalendar(former);
  if (!isWhole && own.account) return false;
  const part = isObject(raw) && isObject(raw.account) ? raw : null;
  if (!part) {
    if (isWhole && former !== undefined) await put('calendar', soundCalendar(null));
    return false;
  }
  const { server, url } = part.account as { server?: unknown; url?: unknown };
  const isSame = own.account?.url === url && own.account?.server === server;
  const password = secrets?.calendarPassword ?? (isSame ? own.account?.password : undefined) ?? '';
  // What was written since stands there, whatever the file says; elsewhere the next run looks whether it does.
  const there = isSame
    ? { ...own, failure: null }
    : { ...part, written: ourEntries(part.written, url), checkedAt: null };
  const calendar = soundCalendar({ ...there, account: { ...(part.account as object), password } });
  const isLocked = calendar.account !== null && password === '';
  // Without its password the server would only refuse: nothing is asked until the owner typed it.
  const shut = { failure: 'calendar-wrong-login', failedAt: now, failures: 1 };
  await put('calendar', isLocked ? { ...calendar, ...shut } : calendar);
  return isLocked;
}

/** What is noted here is written over and removed on the server: a file may name nothing else there. */
function ourEntries(written: unknown, url: unknown): Record<string, WrittenEntry> {
  const entries = Object.entries(isObject(written) ? (written as Record<string, WrittenEntry>) : {});
  return Object.fromEntries(
    entries.filter(([uid, entry]) => /^[\w-]+$/.test(uid) && entry?.href === hrefOf(String(url), uid)),
  );
}

async function takeBin(
  put: (name: string, value: unknown) => Promise<void>,
  former: unknown,
  raw: unknown,
  isWhole: boolean,
): Promise<void> {
  const own = isWhole ? [] : soundBin(former);
  const ids = new Set(own.map(({ bill }) => bill.id));
  const all = [...own, ...soundBin(raw).filter(({ bill }) => !ids.has(bill.id))].slice(0, MOST_BINNED);
  if (all.length > 0 || former !== undefined) await put('bin', all);
}

export function soundBin(raw: unknown): BinnedBill[] {
  if (!Array.isArray(raw)) return [];
  return (raw as Partial<BinnedBill>[]).flatMap((each) =>
    typeof each?.at === 'number' && typeof each.bill?.id === 'string'
      ? [
          {
            at: each.at,
            bill: soundBill(each.bill),
            state: isObject(each.state) ? soundState(each.state as never) : null,
          },
        ]
      : [],
  );
}

export function texts(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((each): each is string => typeof each === 'string' && each.length <= 200) : [];
}
