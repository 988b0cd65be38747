import { describe, expect, it } from 'vitest';
import { channelsViewOf } from '../../../src/app/channels-view.ts';
import { dashboardViewOf } from '../../../src/app/dashboard-view.ts';
import type { Channel, Delivery, Ports } from '../../../src/app/ports.ts';
import {
  addChannel,
  type ChannelGiven,
  confirmChannel,
  editChannel,
  emptyBin,
  moveChannel,
  removeChannel,
  restoreChannel,
  setPatience,
  switchChannel,
} from '../../../src/app/set-up-channel.ts';
import { probeChannel, testChannel } from '../../../src/app/test-channel.ts';
import { isReady, NO_HEALTH, type ServiceId } from '../../../src/core/channel/setting.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/core/day.ts';
import { chainOf, soundChannels } from '../../../src/core/reminder/chain.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import { DEFAULT_PATIENCE } from '../../../src/core/reminder/patience.ts';
import { at, bill } from '../../core/made-up.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { setting, worldOf } from '../escalation/world.ts';
import { portsOver } from '../ports-over.ts';

const now = at('2026-09-10 10:00');
const given = (values: Record<string, string>, part: Partial<ChannelGiven> = {}): ChannelGiven => ({
  values,
  label: '',
  whose: 'mine',
  agreed: false,
  ...part,
});
const BARK = { key: 'AbCdEfGh12345678' };

function set(answer: Delivery = { kind: 'accepted', receipt: 'r' }, part: Partial<Channel> = {}) {
  const store = memoryStore();
  const sent: Notice[] = [];
  const { ports: base, ...rest } = portsOver(store, { now });
  const channelFor = ({ id }: { id: string }): Channel => ({
    id,
    send: async (notice) => {
      sent.push(notice);
      return answer;
    },
    withdraw: async () => true,
    ...part,
  });
  const ports: Ports & { at(now: number): void } = { ...base, channelFor };
  const list = async () => (await store.channels()).list;
  const add = async (service: ServiceId = 'bark', values: Record<string, string> = BARK, more = {}) => {
    const saved = await addChannel(ports, service, given(values, more));
    if (saved.kind !== 'saved') throw new Error(`refused: ${JSON.stringify(saved)}`);
    return saved.id;
  };
  return { ...rest, store, ports, sent, list, add };
}

describe('setting a channel up', () => {
  it('reads what was typed, and uses nothing before its test was seen', async () => {
    const { ports, list, add, store } = set();
    const id = await add('bark', { key: 'https://api.day.app/AbCdEfGh12345678/' }, { label: ' 手机 ' });
    const [setting] = await list();
    expect(setting).toMatchObject({ id, label: '手机', confirmedAt: null, showsDetails: false, isOn: true });
    expect(setting!.values.key).toBe('AbCdEfGh12345678');
    expect(chainOf(await store.channels()).links).toEqual([]);
    await confirmChannel(ports, id, true);
    expect(chainOf(await store.channels()).links.map(({ channel }) => channel)).toEqual([id]);
  });

  it.each([
    ['nothing', 'bark', {}, { field: 'key', code: 'field-missing' }],
    ['a key that is none', 'serverchan', { key: 'hello' }, { field: 'key', code: 'field-key' }],
    [
      'plain http outside',
      'gotify',
      { server: 'http://push.example.org', token: 'A.b' },
      { field: 'server', code: 'field-http' },
    ],
  ] as const)('refuses %s beside its field, and stores nothing', async (_, service, values, refusal) => {
    const { ports, list } = set();
    expect(await addChannel(ports, service, given(values))).toEqual({ kind: 'refused', ...refusal });
    expect(await list()).toEqual([]);
  });

  it('a second person is taken only with the agreement, and stands last whatever the order', async () => {
    const { ports, list, add } = set();
    const other = given(BARK, { whose: 'other' });
    expect(await addChannel(ports, 'bark', other)).toEqual({ kind: 'refused', field: 'agreed', code: 'field-missing' });
    const friend = await add('bark', BARK, { whose: 'other', agreed: true });
    const mine = await add('ntfy', { topic: 'duly-1' });
    expect((await list()).map(({ id }) => id)).toEqual([mine, friend]);
    expect((await list())[1]!.agreedAt).toBe(now);
    expect(await moveChannel(ports, friend, 'up')).toBe(false);
    expect(await moveChannel(ports, mine, 'down')).toBe(false);
    expect((await list()).map(({ id }) => id)).toEqual([mine, friend]);
  });

  it('one pasted address settles the server too', async () => {
    const { list, add } = set();
    await add('apprise', { key: 'https://apprise.example.org/notify/family' });
    expect((await list())[0]!.values).toMatchObject({ key: 'family', server: 'https://apprise.example.org' });
  });
});

describe('the test message', () => {
  it('is a real one, and its answer is kept', async () => {
    const { ports, sent, add, list } = set();
    const id = await add();
    expect(await testChannel(ports, id)).toEqual({ kind: 'accepted' });
    expect(sent[0]).toMatchObject({ kind: 'self-test', bills: [] });
    expect((await list())[0]!.health).toMatchObject({ acceptedAt: now, failure: null });
    expect(isReady((await list())[0]!)).toBe(false);
  });

  it.each([
    ['refuses', { kind: 'failed', code: 'push-wrong-key' }, {}, 'push-wrong-key'],
    ['breaks its word', { kind: 'accepted' }, { send: () => Promise.reject(new Error('SECRET')) }, 'channel-broke'],
  ] as const)('of a service that %s is a failure with its code', async (_, answer, part, code) => {
    const { ports, add, list } = set(answer, part as Partial<Channel>);
    const id = await add();
    expect(await testChannel(ports, id)).toEqual({ kind: 'failed', code });
    expect((await list())[0]!.health).toMatchObject({ failedAt: now, failure: code });
  });

  it('of a channel that is gone says so', async () => {
    expect(await testChannel(set().ports, 'x')).toEqual({ kind: 'failed', code: 'channel-gone' });
  });

  it('that was not seen takes the channel out of the chain', async () => {
    const { ports, add, store } = set();
    const id = await add();
    await confirmChannel(ports, id, true);
    await confirmChannel(ports, id, false);
    expect(chainOf(await store.channels()).links).toEqual([]);
  });

  it.each([
    [true, true],
    [false, false],
    [null, null],
  ])('a server that answers %s to the probe is known as %s', async (canWithdraw, known) => {
    const { ports, add, list } = set(undefined, { probe: async () => ({ canWithdraw }) });
    const id = await add('ntfy', { topic: 'duly-1' });
    await probeChannel(ports, id);
    expect((await list())[0]!.health.canWithdraw).toBe(known);
  });
});

describe('changing a channel', () => {
  const setUp = async () => {
    const all = set();
    const id = await all.add('ntfy', { topic: 'duly-1', token: 'tk_old' });
    await confirmChannel(all.ports, id, true);
    return { ...all, id };
  };
  const server = 'https://ntfy.sh';

  it('a new name changes nothing else', async () => {
    const { ports, id, list } = await setUp();
    expect(await editChannel(ports, id, given({ topic: '', token: '', server }, { label: '平板' }))).toEqual({
      kind: 'saved',
      id,
    });
    expect((await list())[0]).toMatchObject({
      id,
      label: '平板',
      confirmedAt: now,
      values: { topic: 'duly-1', token: 'tk_old' },
    });
  });

  it('other values are not used until they were seen, and an empty secret stays', async () => {
    const { ports, id, list, store } = await setUp();
    const saved = await editChannel(ports, id, given({ topic: 'duly-2', token: '', server }));
    const [setting] = await list();
    expect(saved).toEqual({ kind: 'saved', id: setting!.id });
    expect(setting).toMatchObject({ confirmedAt: null, values: { topic: 'duly-2', token: 'tk_old' } });
    expect(setting!.id).not.toBe(id);
    expect((await store.channels()).bin.map(({ setting: { id: binned } }) => binned)).toEqual([id]);
  });

  it('values that were never confirmed leave nothing behind', async () => {
    const { ports, add, list, store } = set();
    const id = await add('ntfy', { topic: 'duly-wrong' });
    await editChannel(ports, id, given({ topic: 'duly-right', server }));
    expect((await list()).map(({ values }) => values.topic)).toEqual(['duly-right']);
    expect((await store.channels()).bin).toEqual([]);
  });

  it('a secret goes when it is to be forgotten', async () => {
    const { ports, id, list } = await setUp();
    await editChannel(ports, id, given({ topic: '', token: '', server }), ['token']);
    expect((await list())[0]!.values).toMatchObject({ topic: 'duly-1', token: '' });
  });

  it('wrong values leave the former ones', async () => {
    const { ports, id, list } = await setUp();
    expect(await editChannel(ports, id, given({ topic: '你好', server }))).toMatchObject({
      kind: 'refused',
      field: 'topic',
    });
    expect((await list())[0]).toMatchObject({ id, confirmedAt: now });
  });

  it('given to another person it asks for the agreement, and shows no details any more', async () => {
    const { ports, id, list } = await setUp();
    await switchChannel(ports, id, { showsDetails: true });
    const other = given({ server }, { whose: 'other' });
    expect(await editChannel(ports, id, other)).toMatchObject({ kind: 'refused', field: 'agreed' });
    await editChannel(ports, id, { ...other, agreed: true });
    expect((await list())[0]).toMatchObject({ whose: 'other', agreedAt: now, confirmedAt: null, showsDetails: false });
  });

  it('one that is gone says so', async () => {
    expect(await editChannel(set().ports, 'x', given(BARK))).toEqual({ kind: 'gone' });
  });

  it('goes up and down by one place', async () => {
    const { ports, add, list } = set();
    const [a, b, c] = [await add(), await add(), await add()];
    await moveChannel(ports, c, 'up');
    expect((await list()).map(({ id }) => id)).toEqual([a, c, b]);
    await moveChannel(ports, a, 'down');
    expect((await list()).map(({ id }) => id)).toEqual([c, a, b]);
  });

  it('a removed one comes back in its place, confirmed as it was, until the bin is emptied', async () => {
    const { ports, add, list, store } = set();
    const [a, b] = [await add(), await add()];
    await confirmChannel(ports, a, true);
    expect(await removeChannel(ports, a)).toBe(true);
    expect((await list()).map(({ id }) => id)).toEqual([b]);
    expect(await restoreChannel(ports, a)).toBe(true);
    expect((await list()).map(({ id, confirmedAt }) => [id, confirmedAt])).toEqual([
      [a, now],
      [b, null],
    ]);
    await removeChannel(ports, a);
    ports.at(now + 8 * DAY_MS);
    await emptyBin(ports);
    expect((await store.channels()).bin).toEqual([]);
    expect(await restoreChannel(ports, a)).toBe(false);
  });

  it('patience is kept as it was set', async () => {
    const { ports, store } = set();
    await setPatience(ports, { ...DEFAULT_PATIENCE, today: 10 * MINUTE_MS });
    expect(soundChannels(await store.channels()).patience.today).toBe(10 * MINUTE_MS);
  });
});

describe('what a service holds', () => {
  it.each([
    ['removed', (ports: Ports) => removeChannel(ports, 'n')],
    ['switched off', (ports: Ports) => switchChannel(ports, 'n', { isOn: false })],
    ['not seen', (ports: Ports) => confirmChannel(ports, 'n', false)],
    ['edited', (ports: Ports) => editChannel(ports, 'n', given({ topic: 'other', server: 'https://ntfy.sh' }))],
  ])('is taken back when its channel was %s', async (_, change) => {
    const one = setting('n', {
      service: 'ntfy',
      values: { topic: 'duly-1', server: 'https://ntfy.sh', token: '' },
      health: { ...NO_HEALTH, canWithdraw: true },
    });
    const world = await worldOf(at('2026-09-13 09:00'), [bill()], [one], { holds: ['n'] });
    await world.run(at('2026-09-13 09:30'));
    expect(world.armed().length).toBeGreaterThan(0);
    await change(world.ports);
    await world.run(at('2026-09-13 09:40'));
    expect(world.armed()).toEqual([]);
    const { held } = await world.store.channels();
    expect(held.filter(({ armedFor }) => armedFor !== null)).toEqual([]);
  });
});

describe('what our pages see', () => {
  it('no key and no secret of any channel', async () => {
    const { ports, add, store } = set();
    const secrets = [
      'AbCdEfGh12345678',
      '1234567890123456',
      'tk_verysecret',
      'Bearer hushhush',
      'private-hook-path',
      'AAFfsecretbottoken',
    ];
    await add('bark', { key: secrets[0]!, seal: secrets[1]! });
    await add('ntfy', { topic: 'duly-topic-1', token: secrets[2]! });
    await add('webhook', { url: `https://example.org/${secrets[4]}`, authorization: secrets[3]! });
    const removed = await add('telegram', { token: `1234567:${secrets[5]}`, chat: '99' });
    await removeChannel(ports, removed);
    const text = JSON.stringify((await dashboardViewOf(ports)).channels);
    for (const secret of [...secrets, 'duly-topic-1']) expect(text).not.toContain(secret);
    expect(text).toContain('••••5678');
    expect((await store.channels()).list).toHaveLength(3);
  });

  it('a state and a moment for each', async () => {
    const { ports, add, store } = set({ kind: 'failed', code: 'push-quota', pauseMs: DAY_MS });
    const [a, b, c, d] = [await add(), await add(), await add(), await add()];
    for (const id of [a, b, c]) await confirmChannel(ports, id, true);
    await testChannel(ports, b);
    await switchChannel(ports, c, { isOn: false });
    const view = channelsViewOf(await store.channels(), now + 1);
    expect(view.list.map(({ id, state, afterMs }) => [id, state, afterMs])).toEqual([
      [a, 'ready', 30 * MINUTE_MS],
      [b, 'paused', 60 * MINUTE_MS],
      [c, 'off', null],
      [d, 'unconfirmed', null],
    ]);
    expect(channelsViewOf(await store.channels(), now + 2 * DAY_MS).list[1]!.state).toBe('failed');
  });
});
