/** A made-up database with something in every corner that a backup carries. */
import { Dexie } from 'dexie';
import { readBackup, writeBackup } from '../../src/app/backup-file.ts';
import type { Bill } from '../../src/core/bill.ts';
import { NO_CALENDAR } from '../../src/core/calendar-state.ts';
import { type ChannelSetting, NO_HEALTH } from '../../src/core/channel/setting.ts';
import { NO_CONTACT } from '../../src/core/contact.ts';
import { HOUR_MS } from '../../src/core/day.ts';
import { habitOf } from '../../src/core/habit.ts';
import type { Fen } from '../../src/core/money.ts';
import { DEFAULT_PATIENCE } from '../../src/core/reminder/patience.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { openBackup } from '../../src/storage/backup.ts';
import { Database } from '../../src/storage/database.ts';
import { openReplica } from '../../src/storage/records.ts';
import { openStore } from '../../src/storage/store.ts';
import { actOf, entry, state } from '../contracts/store-contract.ts';
import { at, bill, day } from '../core/made-up.ts';

export const NOW = at('2026-09-12 09:00');

let count = 0;
export function emptyDatabase() {
  const db = new Database(`backup-${++count}-${Dexie.semVer}`);
  return { db, store: openStore(db), replica: openReplica(db), door: openBackup(db) };
}
export type World = ReturnType<typeof emptyDatabase>;

export const named = (key: string, part: Partial<Bill> = {}): Bill =>
  bill({ key, id: `made-up/default/${key}`, ...part });

export const SECRET = 'SCT-very-secret-key-0001';
export const PASSWORD = 'calendar-password-7';

const channel = (part: Partial<ChannelSetting>): ChannelSetting => ({
  id: 'c1',
  service: 'serverchan',
  label: '手机',
  values: { key: SECRET },
  showsDetails: true,
  whose: 'mine',
  agreedAt: null,
  isOn: true,
  addedAt: NOW - 9,
  confirmedAt: NOW - 8,
  health: { ...NO_HEALTH, acceptedAt: NOW - 7 },
  ...part,
});

export async function fill({ db, store }: World): Promise<void> {
  const salt = await store.salt();
  await store.takeReading('made-up', 'default', () => ({
    bills: [
      named('open'),
      named('settled', { remainingFen: 0 as Fen, standing: 'settled' }),
      named('noted', { owner: { note: '工资卡，"quoted"', statement: '申诉说明', statementAt: NOW - 5 } }),
      named('paid', { owner: { paidAt: NOW - 4 } }),
      named('muted', { owner: { mutedAt: NOW - 3 } }),
      named('hidden', { owner: { hiddenAt: NOW - 3 } }),
      named('snoozed', { owner: { snoozedAt: NOW - 2, snoozedUntil: NOW + HOUR_MS } }),
      named('ruled', {
        dueDay: null,
        owner: {
          rules: { leadDays: [9], beforeHour: 8, dueHours: [9, 20], overdueHour: 11 },
          rulesSince: NOW - 1,
        },
      }),
      named('doubtful', {
        doubts: [{ field: 'remainingFen', values: [{ source: 'responses', value: 1 }] }],
        missingSince: NOW - 6,
        grewAt: NOW - 7,
        paidFen: 200 as Fen,
        instalmentFen: 100 as Fen,
      }),
    ],
    state: state({ lastMonthly: { title: '九月', statementDay: null, dueDay: day('2026-09-14') } }),
  }));
  await db.sites.put(state({ siteId: 'jd-baitiao', account: 'hash-of-someone', signedOutSince: NOW - 1 }));
  await store.record([
    entry({ seen: 'acknowledged', seenAt: NOW }),
    entry({ id: 'closed', seen: 'closed', seenAt: NOW }),
    entry({
      id: 'failed',
      outcome: 'failed',
      failure: 'no-answer',
      formerFailures: [{ at: NOW - 9, code: 'http-500' }],
      lateWhy: 'asleep',
      lateMs: 5,
      missedAt: NOW,
    }),
  ]);
  await store.mark(actOf({ id: 'a1', billId: named('noted').id, do: 'statement' }), (owner) => owner);
  await store.mark(
    actOf({ id: 'a2', billId: named('snoozed').id, do: 'snooze', until: NOW + HOUR_MS }),
    (owner) => owner,
  );
  await store.saveRules({
    ...DEFAULT_RULES,
    leadDays: [5],
    quiet: { fromHour: 23, toHour: 7 },
    since: NOW,
    adapts: false,
  });
  await store.saveBudget(500_000 as Fen);
  await store.saveHabit(habitOf([], DEFAULT_RULES, day('2026-09-12')));
  await store.saveSelfTest({ at: NOW, wasSeen: true });
  await store.saveWelcome({ step: 'done', at: NOW });
  await store.changeContact(() => ({ ...NO_CONTACT, onSince: NOW, phone: { first: '138', last: '0000' } }));
  await store.changeRefresh((refresh) => ({ ...refresh, isOn: true }));
  await store.changeChannels((channels) => ({
    ...channels,
    list: [
      channel({}),
      channel({ id: 'c2', service: 'webhook', label: '', values: { url: 'https://hook.example/xyz' } }),
    ],
    patience: { ...DEFAULT_PATIENCE, dueToday: 30 * 60_000 } as never,
  }));
  await store.changeCalendar(() => ({
    ...NO_CALENDAR,
    account: {
      server: 'https://dav.example',
      user: 'me',
      password: PASSWORD,
      url: 'https://dav.example/c/',
      name: '账单',
      showsDetails: false,
    },
    written: { u1: { href: 'https://dav.example/c/u1.ics', etag: null, hash: 'h', lastAlarmAt: NOW + 5 } },
    writtenAt: NOW,
  }));
  await store.changeSync((sync) => ({ ...sync, label: '办公室' }));
  await store.rewriteBills(() => ({ bin: [{ bill: named('binned'), state: null, at: NOW - 2 }] }));
  await db.settings.bulkPut([
    { name: 'formerSalts', value: ['older-salt'] },
    { name: 'formerAccounts', value: ['hash-of-before'] },
  ]);
  await db.recipes.put({
    id: 'recipe-0001',
    version: 1,
    origin: 'https://bank.example',
    pathPattern: '/bills',
    title: '某银行',
    dueDay: { near: [{ place: 'before', words: '还款日', tag: 'td' }], path: ['span:2'] },
    remaining: { near: [{ place: 'before', words: '应还', tag: 'td' }], path: ['span:3'] },
    together: 'tr',
    apart: 1,
    taughtAt: NOW - 3,
  });
  if (!salt) throw new Error('no salt');
}

export const text = async ({ door }: World, now = NOW): Promise<string> => writeBackup((await door.take(now)).backup);

export function read(from: string) {
  const file = readBackup(from, () => true);
  if (file.kind === 'refused') throw new Error(file.code);
  return file.backup;
}
