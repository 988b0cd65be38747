import { describe, expect, it } from 'vitest';
import { takeReading } from '../../src/app/take-reading.ts';
import type { Day } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill, Reading } from '../../src/core/reading.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const NOW = Date.parse('2026-09-06T10:00:00+08:00');
const ids = { next: () => 'id', hash: async (text: string) => `hash(${text})` };

function bill(key: string, remainingFen = 38620): ReadBill {
  return {
    family: 'issued',
    key,
    title: '9月账单',
    dueDay: '2026-09-14' as Day,
    dueDayIs: 'stated',
    statementDay: '2026-09-05' as Day,
    totalFen: null,
    remainingFen: remainingFen as Fen,
    minimumFen: null,
    overdueFeeFen: null,
    standing: 'open',
    doubts: [],
    source: 'responses',
  };
}

const reading = (accountMarker: string | null, ...bills: ReadBill[]): Reading => ({
  kind: 'bills',
  bills,
  covered: ['issued'],
  accountMarker,
});

function world() {
  const store = memoryStore();
  const take = (read: Reading, at = NOW) => takeReading({ clock: { now: () => at }, store, ids }, 'jd-baitiao', read);
  const accounts = async () => new Map((await store.allBills()).map(({ key, account }) => [key, account]));
  return { store, take, accounts };
}

describe('accounts', () => {
  it('a name that the page shows is hashed with the salt, never kept', async () => {
    const { store, take, accounts } = world();
    await take(reading('示例用户', bill('101')));
    expect((await accounts()).get('101')).toBe('hash(salt-of-tests|jd-baitiao|示例用户)');
    expect((await store.siteStates()).map(({ account }) => account)).toEqual([
      'hash(salt-of-tests|jd-baitiao|示例用户)',
    ]);
  });

  it('what was read before the page showed anyone goes to the first person shown, and keeps its bill id', async () => {
    const { store, take, accounts } = world();
    await take(reading(null, bill('101')));
    const [before] = await store.allBills();
    await take(reading('甲', bill('101')));
    const [after, ...more] = await store.allBills();
    expect(more).toEqual([]);
    expect(after!.id).toBe(before!.id);
    expect((await accounts()).get('101')).toContain('甲');
  });

  it('two people in one browser: a complete reading of one never makes the bills of the other vanish', async () => {
    const { store, take } = world();
    await take(reading('甲', bill('101')));
    await take(reading('乙', bill('201')));
    await take(reading('乙', bill('201')));
    const first = (await store.allBills()).find(({ key }) => key === '101');
    expect(first).toMatchObject({ standing: 'open' });
    expect(first!.missingSince).toBeUndefined();
  });

  it('two people: a page that shows nobody speaks for the one whose bills it lists', async () => {
    const { take, accounts, store } = world();
    await take(reading('甲', bill('101')));
    await take(reading('乙', bill('201')));
    await take(reading(null, bill('101', 100)));
    expect((await accounts()).get('101')).toContain('甲');
    expect((await store.allBills()).find(({ key }) => key === '101')!.remainingFen).toBe(100);
    expect((await store.allBills()).find(({ key }) => key === '201')!.missingSince).toBeUndefined();
  });

  it('two people: an unknown list without a name stays apart from both', async () => {
    const { take, accounts, store } = world();
    await take(reading('甲', bill('101')));
    await take(reading('乙', bill('201')));
    await take(reading(null, bill('301')));
    expect((await accounts()).get('301')).toBe('default');
    expect((await store.allBills()).filter(({ missingSince }) => missingSince !== undefined)).toEqual([]);
  });
});

describe('a page that shows the account by another text', () => {
  const KEY = '900000000000000101';
  const OTHER = '900000000000000201';
  const NEXT = '900000000000000102';

  it('is the same account where it lists a bill of it by key', async () => {
    const { take, accounts, store } = world();
    await take(reading('甲', bill(KEY)));
    await take(reading('70001', bill(KEY, 100), bill(NEXT)));
    await take(reading('甲', bill(KEY, 0), bill(NEXT)));
    expect([...new Set((await accounts()).values())]).toEqual(['hash(salt-of-tests|jd-baitiao|甲)']);
    expect(await store.allBills()).toHaveLength(2);
    expect(await store.siteStates()).toHaveLength(1);
  });

  it('stays apart without a bill that both list', async () => {
    const { take, accounts } = world();
    await take(reading('甲', bill(KEY)));
    await take(reading('70001', bill(OTHER)));
    expect(new Set((await accounts()).values()).size).toBe(2);
  });

  it('stays apart where the key may be a count that everybody has', async () => {
    const { take, store } = world();
    await take(reading('甲', bill('3')));
    await take(reading('乙', bill('3', 0)));
    expect((await store.allBills()).map(({ remainingFen }) => remainingFen).sort()).toEqual([0, 38620]);
  });

  it('a name left over from who was signed in before gets none of the bills of who is now', async () => {
    const { take, accounts, store } = world();
    await take(reading('甲', bill(KEY)));
    await take(reading('乙', bill(OTHER)));
    await take(reading('甲', bill(OTHER, 100)));
    expect((await accounts()).get(OTHER)).toContain('乙');
    const first = (await store.allBills()).find(({ key }) => key === KEY);
    expect(first).toMatchObject({ remainingFen: 38620 });
    expect(first!.missingSince).toBeUndefined();
  });

  it('with bills of two people is of the one whose name it shows', async () => {
    const { take, accounts, store } = world();
    await take(reading('甲', bill(KEY)));
    await take(reading('乙', bill(OTHER)));
    await take(reading('甲', bill(KEY), bill(OTHER)));
    expect((await accounts()).get(KEY)).toContain('甲');
    expect((await store.allBills()).filter(({ account, key }) => account.includes('乙') && key === OTHER)).toHaveLength(
      1,
    );
  });
});

describe('a page that shows nobody', () => {
  const labels = (remainingFen: number): ReadBill => ({
    ...bill('due:2026-09-14', remainingFen),
    statementDay: null,
    standing: remainingFen > 0 ? 'open' : 'settled',
    source: 'labels',
  });
  const all = async ({ store }: ReturnType<typeof world>) =>
    (await store.allBills()).map(({ account, key, remainingFen }) => [account.slice(-2, -1), key, remainingFen]);

  it('does not settle the bill of the only person known, though it is due that day', async () => {
    const there = world();
    await there.take(reading('甲', bill('101')));
    await there.take(reading(null, labels(0)));
    expect(await all(there)).toEqual(
      expect.arrayContaining([
        ['甲', '101', 38620],
        ['l', 'due:2026-09-14', 0],
      ]),
    );
  });

  it('nor does it after a bill of that day moved away with its id', async () => {
    const there = world();
    await there.take(reading(null, labels(38620)));
    await there.take(reading('甲', labels(38620)));
    await there.take(reading(null, labels(0)));
    expect(await all(there)).toEqual(
      expect.arrayContaining([
        ['甲', 'due:2026-09-14', 38620],
        ['l', 'due:2026-09-14', 0],
      ]),
    );
  });

  it('is not settled by the first person shown, who has a paid bill on that day', async () => {
    const there = world();
    await there.take(reading(null, labels(38620)));
    await there.take(reading('甲', { ...bill('101', 0), standing: 'settled' }));
    expect(await all(there)).toContainEqual(['l', 'due:2026-09-14', 38620]);
  });

  it('speaks for the only person known where it lists their bill by key, and then its zero settles', async () => {
    const there = world();
    await there.take(reading('甲', bill('101')));
    await there.take(reading(null, { ...bill('101', 0), standing: 'settled' }));
    expect(await all(there)).toEqual([['甲', '101', 0]]);
  });

  it('does not speak for anyone by a key that every month and person has', async () => {
    const there = world();
    await there.take(reading('甲', bill('current')));
    await there.take(reading(null, { ...bill('current', 0), standing: 'settled' }));
    expect(await all(there)).toContainEqual(['甲', 'current', 38620]);
  });

  it.each(['101', 'due:2026-09-14'])('and its bill %s goes home once a known person shows it', async (key) => {
    const there = world();
    await there.take(reading('甲', bill('99')));
    await there.take(reading(null, key === '101' ? bill('101') : labels(38620)));
    await there.take(reading('甲', bill('99', 0), bill('101')));
    expect((await all(there)).map(([account]) => account)).toEqual(['甲', '甲']);
    expect(await there.store.siteStates()).toHaveLength(1);
  });

  it('leaves one bill where both were read, with what the owner said of either', async () => {
    const there = world();
    await there.take(reading('甲', bill('101')));
    await there.take(reading(null, labels(38620)));
    const [twin] = (await there.store.allBills()).filter(({ account }) => account === 'default');
    const act = { id: 'a', billId: twin!.id, do: 'mute', via: 'popup', at: NOW, until: null } as const;
    await there.store.mark(act, (owner) => ({ ...owner, mutedAt: NOW }));
    await there.take(reading('甲', bill('101')));
    expect(await there.store.allBills()).toMatchObject([{ key: '101', owner: { mutedAt: NOW } }]);
  });

  it('is told of whoever was seen last when it asks to sign in', async () => {
    const there = world();
    await there.take(reading('甲', bill('101')));
    await there.take({ kind: 'signed-out' }, NOW + 1);
    expect(await there.store.siteStates()).toMatchObject([{ kind: 'signed-out' }]);
  });
});
