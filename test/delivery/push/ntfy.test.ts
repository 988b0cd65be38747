/** Messages that ntfy holds until their moment, and takes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_HEALTH } from '../../../src/core/channel/setting.ts';
import { DAY_MS, HOUR_MS } from '../../../src/core/day.ts';
import { pushChannel } from '../../../src/delivery/push/channel.ts';
import { aNotice, NOW } from '../channel-contract.ts';
import { type ContractServer, startContractServer } from './contract-server.ts';
import { NTFY } from './protocols.ts';
import { channelTo, settingOf, TYPED, toolsFor } from './settings.ts';

let server: ContractServer;
let now = NOW;
beforeAll(async () => {
  server = await startContractServer({ now: () => now });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
  server.behave('ntfy', 'works');
  server.setNtfyVersion('2.16');
  now += 10 * DAY_MS;
});

const channel = (canWithdraw: boolean | null = true, clock = () => now) =>
  pushChannel(
    settingOf('ntfy', TYPED.ntfy, { health: { ...NO_HEALTH, canWithdraw } }),
    toolsFor(server, { now: clock }),
  );
const held = () => server.ntfy().held;

describe('armed ahead', () => {
  it('is held by the server and comes at its moment', async () => {
    const delivered = server.ntfy().delivered.length;
    expect(await channel().arm!(aNotice(), now + 5 * HOUR_MS, 'loudest')).toMatchObject({ kind: 'accepted' });
    expect(held()).toMatchObject([{ time: Math.round((now + 5 * HOUR_MS) / 1000), priority: 5 }]);
    now += 5 * HOUR_MS + 1000;
    expect(held()).toEqual([]);
    expect(server.ntfy().delivered).toHaveLength(delivered + 1);
  });

  it('withdrawn, even by a browser that lost the receipt, it never comes', async () => {
    await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
    expect(held()).toHaveLength(1);
    expect(await channel().withdraw(aNotice().id)).toBe(true);
    expect(held()).toEqual([]);
  });

  it('by its receipt as well', async () => {
    const delivery = await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
    await channel().withdraw('another notice', delivery.kind === 'accepted' ? delivery.receipt : '');
    expect(held()).toEqual([]);
  });

  it('armed again it moves, and does not ring twice', async () => {
    await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
    await channel().arm!(aNotice(), now + 2 * HOUR_MS, 'normal');
    expect(held()).toHaveLength(1);
  });

  it('by another browser with the same channel from one backup, what is held for this one stays', async () => {
    const other = pushChannel(settingOf('ntfy', TYPED.ntfy), toolsFor(server, { whose: async () => 'device-2' }));
    await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
    await other.arm!(aNotice(), now + HOUR_MS, 'normal');
    expect(await other.withdraw(aNotice().id)).toBe(true);
    expect(held()).toHaveLength(1);
    expect(await channel().withdraw(aNotice().id)).toBe(true);
    expect(held()).toEqual([]);
  });

  it.each([
    ['in the past', -HOUR_MS],
    ['in five seconds', 5000],
    ['in four days', 4 * DAY_MS],
  ])('%s is refused before anything is asked', async (_, ahead) => {
    expect(await channel().arm!(aNotice(), now + ahead, 'normal')).toEqual({ kind: 'failed', code: 'push-moment' });
    expect(server.received).toEqual([]);
  });

  it('as far ahead as it says it may be', async () => {
    const far = channel();
    expect(await far.arm!(aNotice(), now + far.armAheadMs!, 'normal')).toMatchObject({ kind: 'accepted' });
    await far.withdraw(aNotice().id);
  });

  it('the moment stays right when our clock is hours off; only what the server cannot hold fails', async () => {
    const slow = channel(true, () => now - 3 * HOUR_MS);
    await slow.arm!(aNotice(), now + 2 * HOUR_MS, 'normal');
    expect(held()).toMatchObject([{ time: Math.round((now + 2 * HOUR_MS) / 1000) }]);
    await slow.withdraw(aNotice().id);
    expect(await slow.arm!(aNotice(), now - HOUR_MS, 'normal')).toEqual({ kind: 'failed', code: 'push-clock' });
  });

  it.each([null, false])('is not offered where the server is known not to take it back: %s', async (canWithdraw) => {
    expect(channel(canWithdraw).arm).toBeUndefined();
    expect(channel(canWithdraw).armAheadMs).toBeUndefined();
    expect(await channel(canWithdraw).withdraw(aNotice().id, 'x')).toBe(true);
    expect(server.received).toEqual([]);
  });

  it('a server that cannot be reached keeps it, and we say that it is still there', async () => {
    await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
    server.behave('ntfy', 'dropped');
    expect(await channel().withdraw(aNotice().id)).toBe(false);
    server.behave('ntfy', 'works');
    await channel().withdraw(aNotice().id);
  });

  it.each(['html', 'login-page', 'nothing', 'junk-json', 'rate-limited'] as const)(
    'is not taken back by what no ntfy says: %s',
    async (mode) => {
      await channel().arm!(aNotice(), now + HOUR_MS, 'normal');
      server.behave('ntfy', mode);
      expect(await channel().withdraw(aNotice().id)).toBe(false);
      server.behave('ntfy', 'works');
      expect(await channel().withdraw(aNotice().id)).toBe(true);
    },
  );

  it('is not gone because a page is: behind a proxy the server may be down for a moment', async () => {
    const tools = toolsFor(server, { fetch: async () => new Response('<html>404</html>', { status: 404 }) });
    expect(await pushChannel(settingOf('ntfy', TYPED.ntfy), tools).withdraw(aNotice().id)).toBe(false);
  });

  it('no other service offers it', () => {
    for (const service of ['bark', 'telegram', 'gotify'] as const) {
      const other = channelTo(server, service, { health: { ...NO_HEALTH, canWithdraw: true } });
      expect(other.arm).toBeUndefined();
      expect(other.probe).toBeUndefined();
    }
  });
});

describe('finding out whether the server takes messages back', () => {
  it('2.16: it does, and nothing is left or delivered', async () => {
    const delivered = server.ntfy().delivered.length;
    expect(await channel(null).probe!()).toEqual({ canWithdraw: true });
    expect(held()).toEqual([]);
    expect(server.ntfy().delivered).toHaveLength(delivered);
  });

  it('what was armed for it has the lowest priority, as far ahead as can be', async () => {
    await channel(null).probe!();
    const published = server.received.filter(({ method }) => method === 'POST');
    expect(published).toHaveLength(1);
    expect(published[0]!.body.priority).toBe(1);
    expect(Number(published[0]!.body.delay) - now / 1000).toBeGreaterThan(2.9 * 86_400);
  });

  it('before 2.16: it does not, and nothing at all was published', async () => {
    server.setNtfyVersion('before-2.16');
    expect(await channel(null).probe!()).toEqual({ canWithdraw: false });
    expect(server.received.map(({ method }) => method)).toEqual(['DELETE']);
    expect(held()).toEqual([]);
  });

  it('what was armed for it does not stay behind when the answer to that was lost', async () => {
    const tools = toolsFor(server, { now: () => now });
    const fetch: typeof tools.fetch = async (url, init) => {
      const answer = await tools.fetch(url, init);
      if (init?.method === 'POST') throw new TypeError('lost');
      return answer;
    };
    const setting = settingOf('ntfy', TYPED.ntfy, { health: NO_HEALTH });
    expect(await pushChannel(setting, { ...tools, fetch }).probe!()).toEqual({ canWithdraw: null });
    expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(held()).toEqual([]);
  });

  it('a server that understands DELETE and still keeps what waits: it does not', async () => {
    server.setNtfyVersion('without-1556');
    expect(await channel(null).probe!()).toEqual({ canWithdraw: false });
  });

  it.each(['dropped', 'html', 'huge', 'rate-limited', 'nothing', 'redirect'] as const)(
    '%s: not known',
    async (mode) => {
      server.behave('ntfy', mode);
      expect(await channel(null).probe!()).toEqual({ canWithdraw: null });
    },
  );
});

describe('the server of the owner', () => {
  it.each([
    [{ topic: 'https://push.example.org/alerts/duly-contract-topic' }, 'https://push.example.org/alerts'],
    [{ topic: 'https://ntfy.sh/duly-contract-topic' }, 'https://ntfy.sh'],
    [{ topic: NTFY.topic, server: 'http://192.168.1.20:8080/' }, 'http://192.168.1.20:8080'],
  ])('%o', (typed, expected) => {
    expect(settingOf('ntfy', typed).values).toMatchObject({ server: expected, topic: NTFY.topic });
  });

  it('a second try is made only where it replaces the first', async () => {
    for (const [canWithdraw, tries] of [
      [true, 2],
      [null, 1],
    ] as const) {
      server.received.length = 0;
      server.behave('ntfy', 'dropped');
      expect(await channel(canWithdraw).send(aNotice())).toMatchObject({ kind: 'failed' });
      expect(server.received).toHaveLength(tries);
    }
  });
});
