/** All fourteen through one suite, over real HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIELDS } from '../../../src/core/channel/fields.ts';
import { SERVICES, type ServiceId } from '../../../src/core/channel/setting.ts';
import { DAY_MS } from '../../../src/core/day.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import { pushChannel } from '../../../src/delivery/push/channel.ts';
import { messagesOf } from '../../i18n/say-from.ts';
import { aNotice, NOW } from '../channel-contract.ts';
import { type ContractServer, type Mode, startContractServer } from './contract-server.ts';
import { type Json, PROTOCOLS } from './protocols.ts';
import { channelTo, settingOf, TYPED, toolsFor, WRONG, zh } from './settings.ts';

let server: ContractServer;
beforeAll(async () => {
  server = await startContractServer({ now: () => NOW });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
  for (const service of SERVICES) server.behave(service, 'works');
});

const shownBy = (service: ServiceId, body: Json): string =>
  service === 'ntfy' ? `${body.title}\n${body.message}` : PROTOCOLS[service].shown(body);
const fits = (service: ServiceId, body: Json): boolean =>
  service === 'ntfy' ? Buffer.byteLength(body.message) <= 4096 : PROTOCOLS[service].fits(body);

/** A notice whose words are longer than any service takes, in characters of three and four bytes. */
function longNotice(): Notice {
  const notice = aNotice();
  return { ...notice, bills: [{ ...notice.bills[0]!, title: '账😀单'.repeat(12_000) }] };
}

const zhMessages = messagesOf('zh_CN');

describe.each(SERVICES)('%s', (service) => {
  const send = () => channelTo(server, service).send(aNotice());

  it('takes a message, and what a reader sees tells no amount, no lender and no title', async () => {
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(server.received).toHaveLength(1);
    const told = shownBy(service, server.received[0]!.body);
    expect(told).toContain('一笔账单今天到期');
    expect(server.received[0]!.raw).not.toMatch(/九月账单|386\.20|38620|¥|made-up/);
    expect(server.received[0]!.path).not.toMatch(/made-up/);
  });

  it('tells the bill where the owner chose so', async () => {
    await channelTo(server, service, { showsDetails: true }).send(aNotice());
    expect(shownBy(service, server.received[0]!.body)).toContain('九月账单');
    expect(shownBy(service, server.received[0]!.body)).toContain('386.20');
  });

  it('is louder when it is the last resort, where it can be', async () => {
    await channelTo(server, service).send(aNotice(), 'normal');
    await channelTo(server, service).send(aNotice(), 'loudest');
    const [normal, loudest] = server.received.map(({ raw }) => raw);
    expect(loudest).not.toBe(normal);
    expect(shownBy(service, server.received[1]!.body)).toContain('请现在就打开账单页还款');
  });

  it('a wrong key is said to be one', async () => {
    const channel = pushChannel(settingOf(service, WRONG[service]), toolsFor(server));
    expect(await channel.send(aNotice())).toEqual({ kind: 'failed', code: 'push-wrong-key' });
  });

  it('too many messages: silent for as long as was asked', async () => {
    server.behave(service, 'rate-limited');
    const delivery = await send();
    expect(delivery).toMatchObject({
      kind: 'failed',
      code: expect.stringMatching(/^push-(?:rate-limited|quota|muted)$/),
      pauseMs: expect.any(Number),
    });
    const pauseMs = delivery.kind === 'failed' ? delivery.pauseMs! : 0;
    expect(pauseMs).toBeGreaterThan(1000);
    expect(pauseMs).toBeLessThanOrEqual(DAY_MS);
  });

  it.each<[Mode, string]>([
    ['redirect', 'push-redirected'],
    ['html', 'push-not-json'],
    ['login-page', 'push-not-json'],
    ['huge', 'push-answer-too-long'],
    ['dropped', 'push-offline'],
    ['cut-off', 'push-cut-off'],
  ])('%s is not taken for a success', async (mode, code) => {
    server.behave(service, mode);
    const delivery = await send();
    // A plain-speaking service may say 403 in any words: then it is the key.
    const expected = mode === 'login-page' && delivery.kind === 'failed' ? ['push-not-json', 'push-wrong-key'] : [code];
    expect(delivery).toMatchObject({ kind: 'failed', code: expect.toSatisfy((got) => expected.includes(got)) });
  });

  it('an empty answer and one that says nothing are no success', async () => {
    // Apprise API says it by its status alone: an empty 200 is its word.
    const isPlain = service === 'apprise';
    for (const mode of ['nothing', 'junk-json'] as const) {
      server.behave(service, mode);
      expect(await send()).toMatchObject({ kind: isPlain ? 'accepted' : 'failed' });
    }
  });

  it('of ten megabytes only the beginning is read', async () => {
    const before = server.hugeBytes();
    server.behave(service, 'huge');
    await send();
    expect(server.hugeBytes() - before).toBeLessThan(9 * 1024 * 1024);
  });

  it('a server in trouble: its Retry-After is kept', async () => {
    server.behave(service, 'server-error');
    expect(await send()).toEqual({ kind: 'failed', code: 'push-server-error', pauseMs: 20_000 });
  });

  it('no answer at all is a time-out', async () => {
    vi.useFakeTimers();
    try {
      let asked = (): void => {};
      const wasAsked = new Promise<void>((resolve) => {
        asked = resolve;
      });
      const silent: typeof fetch = () => {
        asked();
        return new Promise(() => {});
      };
      // Nor does the browser say whether it lets us ask: then it is asked all the same.
      const mayReach = () => new Promise<never>(() => {});
      const tools = toolsFor(server, { fetch: silent, mayReach });
      const delivery = pushChannel(settingOf(service, TYPED[service]), tools).send(aNotice());
      await vi.advanceTimersByTimeAsync(15_000);
      await wasAsked;
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await delivery).toEqual({ kind: 'failed', code: 'push-timeout' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('a text of any length arrives within its limits, and no character is broken', async () => {
    const channel = channelTo(server, service, { showsDetails: true });
    expect(await channel.send(longNotice())).toMatchObject({ kind: 'accepted' });
    const { body, raw } = server.received[0]!;
    expect(fits(service, body)).toBe(true);
    expect(raw).not.toMatch(/�|\\ud[89a-f]/i);
    expect(shownBy(service, body).isWellFormed()).toBe(true);
  });

  it('no secret stands in a code, whatever happens', async () => {
    const setting = settingOf(service, TYPED[service]);
    const secrets = Object.values(setting.values).filter(
      (value) => value.length >= 12 && !/^https:\/\/[^/]+$/.test(value),
    );
    const thrown: typeof fetch = (url) => Promise.reject(new Error(`no way to ${String(url)}: ${secrets.join()}`));
    const throwing: typeof fetch = () => {
      throw new Error(secrets.join());
    };
    for (const fetch of [thrown, throwing]) {
      const delivery = await pushChannel(setting, toolsFor(server, { fetch })).send(aNotice());
      expect(delivery).toEqual({ kind: 'failed', code: expect.stringMatching(/^push-[a-z-]+$/) });
      expect(secrets.some((secret) => JSON.stringify(delivery).includes(secret))).toBe(false);
    }
  });

  it('asks without cookies, referrer, cache or redirects', async () => {
    const seen: RequestInit[] = [];
    const tools = toolsFor(server);
    const fetch: typeof globalThis.fetch = (url, init) => {
      seen.push(init!);
      return tools.fetch(url, init);
    };
    await pushChannel(settingOf(service, TYPED[service]), { ...tools, fetch }).send(aNotice());
    expect(seen[0]).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'manual',
    });
  });

  it('without the permission of the browser it asks nothing', async () => {
    const asked: (readonly string[])[] = [];
    const tools = toolsFor(server, {
      mayReach: async (patterns) => {
        asked.push(patterns);
        return false;
      },
    });
    const delivery = await pushChannel(settingOf(service, TYPED[service]), tools).send(aNotice());
    expect(delivery).toEqual({ kind: 'failed', code: 'push-no-permission' });
    expect(server.received).toEqual([]);
    expect(asked[0]).toEqual([expect.stringMatching(/^https:\/\/[a-z0-9.-]+\/\*$/)]);
  });

  it('has words for its name, its help and each of its fields', () => {
    expect(zh.service(service)).not.toBe('');
    expect(zh.serviceHelp(service)).not.toBe('');
    for (const { name, choices = [] } of FIELDS[service]) {
      expect(zh.serviceField(service, name), name).not.toBe('');
      for (const choice of choices) expect(zh.serviceChoice(choice)).not.toBe('');
    }
  });
});

describe('codes', () => {
  it('every one that the sources can give has its sentence', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folders = ['src/delivery/push', 'src/core/channel'];
    const text = folders
      .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8')))
      .join('\n');
    const codes = new Set([...text.matchAll(/'((?:push|field)-[a-z-]+)'/g)].map((match) => match[1]!));
    expect(codes.size).toBeGreaterThan(30);
    for (const code of codes) expect(zhMessages[`failure_${code.replaceAll('-', '_')}`], code).toBeDefined();
  });
});
