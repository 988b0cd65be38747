import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from '../../src/app/backup-file.ts';
import type { Bill } from '../../src/core/bill.ts';
import { NO_HEALTH } from '../../src/core/channel/setting.ts';
import type { Fen } from '../../src/core/money.ts';
import { stampAt } from '../../src/core/record/clock.ts';
import type { Rec } from '../../src/core/record/record.ts';
import { withoutTakenBack } from '../../src/storage/backup-incoming.ts';
import { actOf, entry } from '../contracts/store-contract.ts';
import { emptyDatabase, fill, NOW, named, PASSWORD, read, SECRET, text, type World } from './full-database.ts';

async function full(): Promise<World> {
  const world = emptyDatabase();
  await fill(world);
  return world;
}

async function put({ store }: World, ...bills: Bill[]): Promise<void> {
  await store.rewriteBills(() => ({ put: bills }));
}

async function mark(
  { store }: World,
  key: string,
  act: string,
  change: (owner: Bill['owner']) => Bill['owner'],
  at = NOW,
) {
  const done = await store.mark(actOf({ id: `${act}-${at}`, billId: named(key).id, do: act as 'paid', at }), change);
  expect(done).toBe(true);
}

const ownerOf = async ({ store }: World, key: string) => (await store.bill(named(key).id))?.owner;

describe('everything, out and in again', () => {
  it('an export into an empty database exports the same', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    // The one mark that is of a browser, and not taken by another.
    await a.db.bills.delete(named('hidden').id);
    const first = await text(a);
    await b.door.apply('merge', read(first), null, NOW + 1, false);
    expect(await text(b)).toBe(first);
    expect(first).toContain('"formerAccounts":["hash-of-before"]');
    expect(await b.store.allBills()).toEqual(await a.store.allBills());
    expect(await b.store.watchedBills()).toEqual(await a.store.watchedBills());
    for (const setting of ['rules', 'budget', 'habit', 'selfTest', 'welcome', 'contact', 'refresh'] as const)
      expect(await b.store[setting](), setting).toEqual(await a.store[setting]());
    expect(await b.db.ledger.toArray()).toEqual(await a.db.ledger.toArray());
  });

  it('replacing a database that knows other things does so too', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const first = await text(a);
    await put(b, named('of-b'));
    await b.store.saveRules({ ...(await b.store.rules()), leadDays: [2], since: NOW - 100 });
    await b.door.apply('replace', read(first), null, NOW + 1, true);
    const again = read(await text(b));
    const { records: _, ...rows } = read(first);
    expect(again).toEqual({ ...rows, records: expect.anything() });
    expect(await b.store.bill(named('of-b').id)).toBeUndefined();
  });

  it('with its secrets it comes back whole; without them their places are empty and named', async () => {
    const a = await full();
    const { backup, secrets } = await a.door.take(NOW);
    for (const secret of [SECRET, PASSWORD, 'hook.example']) expect(writeBackup(backup)).not.toContain(secret);
    const b = emptyDatabase();
    const plan = await b.door.apply('merge', backup, secrets, NOW, false);
    expect([plan?.needKey, plan?.calendarNeedsPassword]).toEqual([[], false]);
    expect((await b.store.channels()).list.map(({ values, confirmedAt }) => [values, confirmedAt])).toEqual(
      (await a.store.channels()).list.map(({ values, confirmedAt }) => [values, confirmedAt]),
    );
    expect((await b.store.calendar()).account).toEqual((await a.store.calendar()).account);
    const c = emptyDatabase();
    const without = await c.door.apply('merge', backup, null, NOW, false);
    expect(without?.needKey).toEqual([
      { service: 'serverchan', label: '手机' },
      { service: 'webhook', label: '' },
    ]);
    expect(without?.calendarNeedsPassword).toBe(true);
    expect((await c.store.channels()).list.map(({ confirmedAt }) => confirmedAt)).toEqual([null, null]);
    expect((await c.store.calendar()).failure).toBe('calendar-wrong-login');
  });

  it('a file that sends a channel elsewhere does not get the key that stands here', async () => {
    const a = await full();
    const [first] = (await a.store.channels()).list;
    const values = { server: 'https://made-up.example', key: SECRET };
    await a.store.changeChannels((all) => ({ ...all, list: [{ ...first!, service: 'bark', values }] }));
    const { backup } = await a.door.take(NOW);
    const moved = structuredClone(backup) as typeof backup & { settings: { channels: { list: [{ values: object }] } } };
    const same = await a.door.apply('replace', structuredClone(backup), null, NOW + 1, true);
    expect(same?.needKey).toEqual([]);
    expect((await a.store.channels()).list[0]?.values).toEqual(values);
    moved.settings.channels.list[0].values = { server: 'https://elsewhere.example' };
    const plan = await a.door.apply('replace', moved, null, NOW + 2, true);
    expect(plan?.needKey).toMatchObject([{ service: 'bark' }]);
    expect(JSON.stringify(await a.store.channels())).not.toContain(SECRET);
  });

  it('a channel that stands here as in the file fares as it does, and what its service holds can still be taken back', async () => {
    const a = await full();
    const { backup, secrets } = await a.door.take(NOW);
    const health = { ...NO_HEALTH, canWithdraw: true, pausedUntil: NOW + 60 };
    const list = (await a.store.channels()).list.map((each) => ({ ...each, health }));
    await a.store.changeChannels((all) => ({ ...all, list }));
    for (const given of [secrets, null]) {
      await a.door.apply('replace', structuredClone(backup), given, NOW + 1, true);
      expect((await a.store.channels()).list).toEqual(list);
    }
    const other = { ...list[0]!, values: { key: 'SCT1otherKey' } };
    await a.store.changeChannels((all) => ({ ...all, list: [other] }));
    await a.door.apply('replace', structuredClone(backup), secrets, NOW + 1, true);
    expect((await a.store.channels()).list[0]?.health).toEqual(NO_HEALTH);
  });

  it('a channel that the file does not know is kept in the bin while its service holds a message', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const [one, two] = (await a.store.channels()).list;
    const held = { entryId: 'e', reminderId: 'r', billId: 'b', channel: one!.id, noticeId: 'n', receipt: 'x' };
    await a.store.changeChannels((all) => ({ ...all, held: [{ ...held, armedFor: NOW + 5, sentAt: NOW }] }));
    const before = await a.door.take(NOW);
    await a.door.apply('replace', read(await text(b)), null, NOW, true);
    expect(await a.store.channels()).toMatchObject({ list: [], bin: [{ setting: one, place: 0, at: NOW }] });
    await a.door.apply('replace', before.backup, before.secrets, NOW, true);
    expect(await a.store.channels()).toMatchObject({ list: [{ id: one!.id }, { id: two!.id }], bin: [] });
  });

  it('what no service holds any more is not told by a file from when one did', async () => {
    const a = await full();
    const device = await a.store.deviceId();
    const armed = { channel: 'c1', outcome: 'armed', device, plannedAt: NOW + 60 } as const;
    await a.store.record([
      entry({ ...armed, id: 'taken-back' }),
      entry({ ...armed, id: 'still-held' }),
      entry({ ...armed, id: 'told', plannedAt: NOW - 60 }),
      entry({ ...armed, id: 'of-another', device: 'device-b' }),
    ]);
    const { backup } = await a.door.take(NOW);
    const held = { entryId: 'still-held', reminderId: 'r', billId: 'b', channel: 'c1', noticeId: 'n', receipt: 'x' };
    await a.store.changeChannels((all) => ({ ...all, held: [{ ...held, armedFor: NOW + 60, sentAt: NOW }] }));
    await a.door.apply('replace', backup, null, NOW, true);
    const outcomes = new Map((await a.db.ledger.toArray()).map(({ id, outcome }) => [id, outcome]));
    expect(['taken-back', 'still-held', 'told', 'of-another'].map((id) => outcomes.get(id))).toEqual([
      'withdrawn',
      'armed',
      'armed',
      'armed',
    ]);
  });

  it('what stands in the calendar that is connected here is known here, and in another it is looked for', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await a.store.changeCalendar((calendar) => ({ ...calendar, checkedAt: NOW }));
    const { backup, secrets } = await a.door.take(NOW);
    const written = {
      'duly-2': { href: 'https://dav.example/c/duly-2.ics', etag: '"2"', hash: 'h2', lastAlarmAt: NOW },
    };
    await a.store.changeCalendar((calendar) => ({ ...calendar, written }));
    await a.door.apply('replace', structuredClone(backup), secrets, NOW, true);
    expect(await a.store.calendar()).toMatchObject({ written, checkedAt: NOW });
    await b.door.apply('merge', backup, secrets, NOW, false);
    expect(await b.store.calendar()).toMatchObject({ written: { u1: { hash: 'h' } }, checkedAt: null });
  });

  it('a file cannot have anything removed from the server but entries of its calendar', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const { backup, secrets } = await a.door.take(NOW);
    const calendar = backup.settings.calendar as { written: object };
    const [part, url] = [{ etag: null, hash: 'h', lastAlarmAt: NOW + 5 }, 'https://dav.example/c/'];
    calendar.written = {
      all: { ...part, href: url },
      files: { ...part, href: 'https://dav.example/files/' },
      '../../files/a': { ...part, href: `${url}../../files/a.ics` },
      'duly-1': { ...part, href: `${url}duly-1.ics` },
    };
    await b.door.apply('merge', backup, secrets, NOW, false);
    expect(Object.keys((await b.store.calendar()).written)).toEqual(['duly-1']);
  });

  it('neither the device nor the membership of a vault goes out', async () => {
    const a = await full();
    const device = await a.store.deviceId();
    await a.replica.say('device', device, { name: 'of-the-vault' }, NOW);
    await a.replica.say('vault', 'vault', { salt: 'of-the-vault' }, NOW);
    await a.db.settings.put({ name: 'syncState', value: { vault: 'of-the-vault' } });
    await a.store.changeSync((sync) => ({
      ...sync,
      place: { kind: 'webdav', url: 'https://dav.of-the-vault', user: 'u', password: 'of-the-vault' },
    }));
    const out = await text(a);
    expect(out).not.toContain('of-the-vault');
    expect(JSON.parse(out).settings.device).toBeUndefined();
  });

  it('what a backup brought is sent to the other browsers, and looked at anew', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await b.door.apply('merge', read(await text(a)), null, NOW, false);
    const pending = (await b.replica.pendingSince(0)).recs.map(({ kind, id }: Rec) => `${kind} ${id}`);
    expect(pending).toEqual(expect.arrayContaining([`bill ${named('open').id}`, 'recipe recipe-0001', 'rules rules']));
    expect((await b.replica.capture(NOW + 5)).changed).toBe(0);
  });
});

describe('into a database that has data', () => {
  it('the newer word of the owner stays, the older one comes where there is none', async () => {
    const a = await full();
    const old = read(await text(a));
    await mark(a, 'noted', 'rules', (owner) => ({ ...owner, note: 'newer' }), NOW + 10);
    await mark(a, 'paid', 'unpaid', ({ paidAt: _, ...owner }) => owner, NOW + 10);
    await a.door.apply('merge', old, null, NOW + 20, false);
    expect((await ownerOf(a, 'noted'))?.note).toBe('newer');
    expect((await ownerOf(a, 'paid'))?.paidAt).toBeUndefined();
    const b = emptyDatabase();
    await put(b, named('noted', { owner: { note: 'of b' } }), named('muted'));
    await b.door.apply('merge', old, null, NOW + 20, false);
    expect((await ownerOf(b, 'noted'))?.note).toBe('of b');
    expect((await ownerOf(b, 'noted'))?.statement).toBe('申诉说明');
    expect((await ownerOf(b, 'muted'))?.mutedAt).toBe(NOW - 3);
  });

  it('a statement that was cleared here stays cleared, and one that is written anew stays', async () => {
    const [a, b] = [await full(), await full()];
    const old = read(await text(a));
    await text(b);
    const cleared = ({ statement: _, statementAt: _at, ...owner }: Bill['owner']) => owner;
    await mark(a, 'noted', 'statement', cleared, NOW + 10);
    await a.door.apply('merge', old, null, NOW + 20, false);
    expect(await ownerOf(a, 'noted')).toEqual({ note: '工资卡，"quoted"' });
    const anew = { statement: 'newer', statementAt: NOW + 10 };
    await mark(b, 'noted', 'statement', (owner) => ({ ...owner, ...anew }), NOW + 10);
    await b.door.apply('merge', old, null, NOW + 20, false);
    expect(await ownerOf(b, 'noted')).toMatchObject(anew);
  });

  it('what was taken back or deleted before anything was ever captured does not return', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const old = read(await text(a));
    await put(b, named('paid'), named('open'));
    await mark(b, 'paid', 'unpaid', (owner) => owner, NOW + 10);
    await b.store.rewriteBills(() => ({
      remove: [named('open').id],
      bin: [{ bill: named('open'), state: null, at: NOW + 10 }],
    }));
    const plan = await b.door.apply('merge', old, null, NOW + 20, false);
    expect((await ownerOf(b, 'paid'))?.paidAt).toBeUndefined();
    expect(await b.store.bill(named('open').id)).toBeUndefined();
    expect(plan?.passedOver).toBe(1);
  });

  it('of two acts that take back one mark the later counts, and a deletion that the file tells stays', () => {
    const rec = { kind: 'bill', id: 'x', fields: { paidAt: [5, stampAt('file', 5)] as const } };
    const gone = { kind: 'bill', id: 'y', fields: {}, gone: stampAt('file', 5) };
    const acts = [9, 3].map((at) => actOf({ id: `${at}`, billId: 'x', do: 'unpaid', at }));
    const { recs, passedOver } = withoutTakenBack([rec, gone], acts, []);
    expect(recs).toEqual([{ ...rec, fields: {} }, gone]);
    expect([...passedOver]).toEqual([]);
  });

  it('settings that were set here stay, and channels of the file come after those that are here', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await b.store.saveBudget(7 as Fen);
    const sites = { 'jd-baitiao': { openedAt: 7, stopped: null } };
    await b.store.changeRefresh((refresh) => ({ ...refresh, isOn: true, sites }));
    await b.store.changeChannels((channels) => ({ ...channels }));
    await b.door.apply('merge', read(await text(a)), null, NOW, false);
    expect(await b.store.budget()).toBe(7);
    expect((await b.store.refresh()).sites).toEqual(sites);
    expect((await b.store.channels()).list.map(({ id }) => id)).toEqual(['c1', 'c2']);
    await b.door.apply('merge', read(await text(a)), null, NOW, false);
    expect((await b.store.channels()).list).toHaveLength(2);
  });

  it('the same file a second time changes nothing', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const file = read(await text(a));
    await b.door.apply('merge', file, null, NOW, false);
    const before = await text(b);
    const plan = await b.door.apply('merge', file, null, NOW + 5, false);
    expect([plan?.added, plan?.changed, plan?.same, plan?.acts]).toEqual([0, 0, 9, 0]);
    expect(await text(b)).toBe(before);
  });

  it('the stronger word on a notice stays, whichever side has it', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await a.store.record([entry({ id: 'clicked', seen: 'clicked', seenAt: 3 })]);
    await b.store.record([
      entry({ seen: 'closed', seenAt: 1 }),
      entry({ id: 'closed', seen: 'clicked', seenAt: 2 }),
      entry({ id: 'clicked', seen: 'closed', seenAt: 2 }),
    ]);
    await b.door.apply('merge', read(await text(a)), null, NOW, false);
    const seen = new Map((await b.db.ledger.toArray()).map((each) => [each.id, each.seen]));
    expect(seen.get(entry().id)).toBe('acknowledged');
    expect(seen.get('closed')).toBe('clicked');
    expect(seen.get('clicked')).toBe('clicked');
  });

  it('accounts that were hashed with another salt wait for the page that shows their person', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    const own = await b.store.salt();
    await b.db.sites.put({ ...(await a.db.sites.toArray())[0]!, account: 'hash-of-b' });
    const file = read(await text(a));
    await b.door.apply('merge', file, null, NOW, false);
    expect(await b.store.salt()).toBe(own);
    expect(await b.replica.formerSalts()).toEqual(['older-salt', await a.store.salt()]);
    const c = emptyDatabase();
    await c.store.salt();
    await c.door.apply('merge', file, null, NOW, false);
    expect(await c.store.salt()).toBe(await a.store.salt());
  });
});

describe('the question', () => {
  const many = (owner: Bill['owner'] = {}) => Array.from({ length: 12 }, (_, n) => named(`m${n}`, { owner }));

  it('a file that would silence an unusual share is not taken without a yes, and nothing of it is kept', async () => {
    const [a, b] = [emptyDatabase(), emptyDatabase()];
    await put(a, ...many({ paidAt: NOW }), named('new'));
    await put(b, ...many());
    const file = read(await text(a));
    const before = await text(b);
    const preview = await b.door.preview('merge', file, null, NOW + 1);
    expect([preview.asks, preview.added, preview.changed]).toEqual([true, 1, 12]);
    expect(preview.changes.filter(({ what }) => what === 'paid')).toHaveLength(12);
    expect(await b.door.apply('merge', file, null, NOW + 1, false)).toBeNull();
    expect(await text(b)).toBe(before);
    expect((await b.door.apply('merge', file, null, NOW + 1, true))?.changed).toBe(12);
    expect(await b.store.watchedBills()).toHaveLength(1);
  });

  it('a preview writes nothing', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await put(b, named('of-b'));
    const before = await text(b);
    const plans = [await b.door.preview('merge', read(await text(a)), null, NOW + 1)];
    plans.push(await b.door.preview('replace', read(await text(a)), null, NOW + 1));
    expect(plans.map(({ added, onlyHere }) => [added, onlyHere])).toEqual([
      [9, 1],
      [9, 1],
    ]);
    expect(await text(b)).toBe(before);
  });

  it('a write that fails in the middle leaves everything as it was', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await put(b, named('of-b'));
    const before = await text(b);
    const file = read(await text(a));
    b.db.acts.hook('creating', () => {
      throw new Error('the disk is full');
    });
    for (const mode of ['merge', 'replace'] as const)
      await expect(b.door.apply(mode, file, null, NOW + 1, true)).rejects.toThrow();
    expect(await text(b)).toBe(before);
  });

  it('replacing is undone by replacing with the state of before', async () => {
    const [a, b] = [await full(), emptyDatabase()];
    await put(b, named('of-b', { owner: { note: 'mine' } }));
    const before = await b.door.take(NOW);
    await b.door.apply('replace', read(await text(a)), null, NOW + 1, true);
    await b.door.apply('replace', before.backup, before.secrets, NOW + 2, true);
    expect((await b.store.allBills()).map(({ id, owner }) => [id, owner.note])).toEqual([[named('of-b').id, 'mine']]);
    expect(await b.store.latestEntries(9)).toEqual([]);
  });

  it('what was replaced is an edit: another browser of the vault follows', async () => {
    const [a, b, c] = [await full(), emptyDatabase(), emptyDatabase()];
    await put(b, named('of-b'));
    const send = async (from: World, to: World, now: number) => {
      await from.replica.capture(now);
      const all: Rec[] = [];
      for await (const recs of from.replica.whole()) all.push(...recs);
      await to.replica.absorb(structuredClone(all), { now });
      await to.replica.release('apply', now);
    };
    await send(b, c, NOW);
    expect(await c.store.allBills()).toHaveLength(1);
    await b.door.apply('replace', read(await text(a)), null, NOW + 1, true);
    await send(b, c, NOW + 2);
    expect((await c.store.allBills()).map(({ id }) => id)).not.toContain(named('of-b').id);
    expect(await c.store.allBills()).toHaveLength(9);
  });
});

type Loose = Record<'bills' | 'ledger' | 'sites' | 'records', unknown[]> & { settings: object };

describe('a file that is not to be believed', () => {
  const isRecipe = () => true;
  const code = (given: string) => {
    const file = readBackup(given, isRecipe);
    return file.kind === 'refused' ? file.code : `taken, ${file.refused} refused`;
  };
  const changed = async (change: (file: Loose) => void): Promise<string> => {
    const file = JSON.parse(await text(await full()));
    change(file);
    return JSON.stringify(file);
  };

  it.each([
    ['', 'not-json'],
    ['{"bills": [', 'not-json'],
    ['[1]', 'not-ours'],
    ['{"format":"duly-recipes","version":1}', 'not-ours'],
    ['{"format":"duly-backup","version":1}', 'damaged'],
    ['{"format":"duly-backup","version":0}', 'damaged'],
    ['{"format":"duly-backup","version":2,"anything":[]}', 'newer'],
    [' '.repeat(97 * 1024 * 1024), 'too-large'],
  ])('%#', (given, expected) => {
    expect(code(given)).toBe(expected);
  });

  it('a file that an editor marked as UTF-8 is read', async () => {
    const whole = await text(await full());
    expect(read(`\ufeff${whole}`)).toEqual(read(whole));
  });

  it('a file that was cut is said to be cut, wherever', async () => {
    const whole = await text(await full());
    for (const share of [0.1, 0.5, 0.999]) expect(code(whole.slice(0, whole.length * share))).toBe('cut');
  });

  it('names that every object has, and endless depth, are refused', async () => {
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
    expect(code(await changed((file) => Object.assign(file.bills[0] as object, { doubts: deep })))).toBe('damaged');
    const proto = (await text(await full())).replace('"account":', '"__proto__":{"x":1},"account":');
    expect(code(proto)).toBe('damaged');
    expect(code((await text(await full())).replace('"account":', '"constructor":{"x":1},"account":'))).toBe('damaged');
  });

  it('one id twice is refused', async () => {
    expect(code(await changed((file) => file.bills.push(file.bills[0]!)))).toBe('repeated');
  });

  it('more rows than anyone has are refused', async () => {
    expect(code(await changed((file) => Object.assign(file, { bills: Array(50_001).fill({}) })))).toBe('too-many-rows');
  });

  it('rows that nothing can be made of are counted, unsound values become unknown, and nothing is taken for settled', async () => {
    const given = await changed((file) => {
      Object.assign(file.bills[0] as object, {
        remainingFen: 'lots',
        dueDay: '2026-99-99',
        readAt: 1e300,
        watchDay: 'x',
      });
      file.bills.push({ id: '' }, null, 'text');
      file.ledger.push({ id: 'x', kind: 'nothing' });
      file.sites.push({ siteId: 7 });
      file.records.push({ kind: 'channel', id: 'c', fields: {} }, { kind: 'bill', id: 'x', fields: { a: 1 } });
      Object.assign(file.settings, {
        contact: 'no',
        habit: { day: 1 },
        refresh: [],
        bin: [{}],
        channels: { list: [{}] },
      });
    });
    expect(code(given)).toBe('taken, 7 refused');
    const b = emptyDatabase();
    await b.door.apply('merge', read(given), null, NOW, false);
    const hurt = (await b.store.allBills()).find(({ key }) => key === 'doubtful');
    expect(hurt).toMatchObject({ remainingFen: null, dueDay: null });
    expect((await b.store.watchedBills()).map(({ key }) => key)).toContain('doubtful');
    expect(await b.store.habit()).toBeNull();
  });
});
