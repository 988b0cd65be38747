/** What a server may answer, however badly: bounded in time, memory and trust. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/sync/address.ts';
import type { Spent } from '../../src/sync/budget.ts';
import { readMultistatus } from '../../src/sync/multistatus.ts';
import { type WebdavDoors, webdavBackend } from '../../src/sync/webdav.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

async function serving(answer: Answer): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closes.push(
    () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dav/duly/`;
}

const DOORS: WebdavDoors = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  sleep: (ms) => new Promise((rest) => setTimeout(rest, ms)),
};
const over = async (answer: Answer, doors: Partial<WebdavDoors> = {}) =>
  webdavBackend({ url: await serving(answer), user: 'owner', password: '密码 p' }, { ...DOORS, ...doors });

const response = (name: string, size = 3) =>
  `<D:response><D:href>/dav/duly/${name}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>${size}</D:getcontentlength><D:getetag>W/&quot;e${size}&quot;</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
const multistatus = (inside: string) => `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${inside}</D:multistatus>`;

describe('a hostile or broken WebDAV server', () => {
  it('an object without an end: no more than the bound is read', async () => {
    let sent = 0;
    const backend = await over((_, answer) => {
      answer.writeHead(200);
      const part = Buffer.alloc(64 << 10, 'x');
      const more = () => {
        while (!answer.destroyed && answer.write(part)) sent += part.length;
        if (!answer.destroyed) answer.once('drain', more);
      };
      more();
    });
    expect(await backend.get('device000001-1.jwe', 1 << 20)).toEqual({ kind: 'failed', code: 'sync-object-too-large' });
    expect(sent).toBeLessThan(32 << 20);
  });

  it('an object that says it has a gigabyte is not begun', async () => {
    const backend = await over((_, answer) => {
      answer.writeHead(200, { 'content-length': String(1 << 30) });
      answer.write('x');
    });
    expect(await backend.get('device000001-1.jwe', 1 << 20)).toEqual({ kind: 'failed', code: 'sync-object-too-large' });
  });

  it('a listing without an end', async () => {
    const backend = await over((_, answer) => {
      answer.writeHead(207);
      const part = response('x.jwe').repeat(500);
      const more = () => {
        while (!answer.destroyed && answer.write(part));
        if (!answer.destroyed) answer.once('drain', more);
      };
      more();
    });
    expect(await backend.list()).toEqual({ kind: 'failed', code: 'sync-listing-too-long' });
  });

  it('an XML bomb is not expanded', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "${'x'.repeat(1000)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]><D:multistatus xmlns:D="DAV:">&a19;</D:multistatus>`;
    const backend = await over((_, answer) => answer.writeHead(207).end(bomb));
    expect(await backend.list()).toEqual({ kind: 'failed', code: 'sync-listing-hostile' });
  });

  it('a listing that nests for ever, one cut short, and a page of HTML', () => {
    expect(readMultistatus(multistatus('<a>'.repeat(5000)), 100)).toEqual({
      kind: 'refused',
      code: 'sync-listing-hostile',
    });
    expect(readMultistatus(multistatus(response('a')).slice(0, -20), 100)).toEqual({
      kind: 'refused',
      code: 'sync-listing-broken',
    });
    expect(readMultistatus('<html><body><p>Sign in</body></html>', 100).kind).toBe('refused');
    expect(readMultistatus('', 100).kind).toBe('refused');
    expect(readMultistatus(multistatus(response('a').repeat(101)), 100)).toEqual({
      kind: 'refused',
      code: 'sync-listing-too-long',
    });
  });

  it('a long line of open brackets takes no long time', () => {
    const lines = ['<'.repeat(1_000_000), `<a ${'"'.repeat(200_000)}`, '<!--'.repeat(100_000)];
    const broken = { kind: 'refused', code: 'sync-listing-broken' };
    expect(lines.map((line) => readMultistatus(multistatus(line), 100))).toEqual([broken, broken, broken]);
  });

  it('other prefixes, entities, CDATA and a whole address read the same', () => {
    const plain = multistatus(response('a%20b.jwe'));
    const other = plain
      .replaceAll('D:', 'lp1:')
      .replace('a%20b', '<![CDATA[a%20b]]>')
      .replace('/dav', 'https://proxy.example/dav');
    const [one, two] = [readMultistatus(plain, 9), readMultistatus(other.replace('%20', '&#37;20'), 9)];
    expect(one).toEqual({
      kind: 'read',
      entries: [{ href: '/dav/duly/a%20b.jwe', isFolder: false, size: 3, stamp: '"e3"' }],
    });
    expect(two.kind === 'read' && two.entries[0]?.size).toBe(3);
  });

  it('pages of 750 are followed on the same server, and on no other', async () => {
    const asked: string[] = [];
    const pages: Answer = (request, answer) => {
      asked.push(request.url ?? '');
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 0);
      const link = page < 2 ? { link: `</dav/duly/?page=${page + 1}>; rel="next"` } : {};
      answer
        .writeHead(207, link)
        .end(multistatus(Array.from({ length: 750 }, (_, i) => response(`f${page * 750 + i}.jwe`)).join('')));
    };
    const listed = await (await over(pages)).list();
    expect(listed.kind === 'listed' && listed.entries.length).toBe(2250);
    expect(asked).toHaveLength(3);
    const elsewhere: Answer = (_, answer) =>
      answer.writeHead(207, { link: '<http://192.0.2.1/steal>; rel="next"' }).end(multistatus(''));
    expect(await (await over(elsewhere)).list()).toEqual({ kind: 'failed', code: 'sync-redirect' });
    const nowhere: Answer = (_, answer) =>
      answer.writeHead(207, { link: '<http://[nowhere>; rel="next"' }).end(multistatus(''));
    expect(await (await over(nowhere)).list()).toEqual({ kind: 'failed', code: 'sync-listing-broken' });
    const forEver: Answer = (_, answer) =>
      answer.writeHead(207, { link: '</dav/duly/?again>; rel="next"' }).end(multistatus(''));
    expect(await (await over(forEver)).list()).toEqual({ kind: 'failed', code: 'sync-listing-too-long' });
  });

  it('a redirect is not followed: the password goes nowhere else', async () => {
    let second = 0;
    const elsewhere = await serving((_, answer) => {
      second++;
      answer.end('x');
    });
    const backend = await over((_, answer) => answer.writeHead(302, { location: elsewhere }).end());
    expect(await backend.get('device000001-1.jwe', 100)).toEqual({ kind: 'failed', code: 'sync-redirect' });
    expect(await backend.put('device000001-1.jwe', new Uint8Array(3))).toEqual({
      kind: 'failed',
      code: 'sync-redirect',
    });
    expect(second).toBe(0);
  });

  it.each([
    [401, {}, '', 'sync-auth', undefined],
    [403, {}, '', 'sync-auth', undefined],
    [412, {}, '', 'sync-precondition', undefined],
    [500, {}, '', 'sync-server', undefined],
    [503, {}, '', 'sync-busy', 60_000],
    [503, { 'retry-after': '120' }, '', 'sync-busy', 120_000],
    [429, { 'retry-after': '999999' }, '', 'sync-busy', 3_600_000],
    [401, {}, '<s:exception>BlockedTemporarily</s:exception>', 'sync-busy', 1_800_000],
    [507, {}, '', 'sync-quota', undefined],
    [200, {}, '<html>', 'sync-not-webdav', undefined],
  ] as const)('%i %j is %s', async (status, headers, body, code, pauseMs) => {
    const backend = await over((_, answer) => answer.writeHead(status, headers).end(body));
    expect(await backend.list()).toEqual({ kind: 'failed', code, pauseMs });
  });

  it('a server that says nothing, and one that stops in the middle, are given up', async () => {
    const silent = await over(() => {}, { patienceMs: 200 });
    expect(await silent.list()).toEqual({ kind: 'failed', code: 'sync-timeout' });
    const stops = await over((_, answer) => answer.writeHead(207).write('<a>'), { patienceMs: 200 });
    expect(await stops.list()).toEqual({ kind: 'failed', code: 'sync-timeout' });
    const breaks = await over((request) => request.socket.destroy());
    expect(await breaks.list()).toEqual({ kind: 'failed', code: 'sync-offline' });
  });

  it('the name and the password travel in UTF-8, in the header alone', async () => {
    const heads: (string | undefined)[] = [];
    const backend = await over((request, answer) => {
      heads.push(request.headers.authorization, request.headers.cookie, request.url);
      answer.writeHead(207).end(multistatus(''));
    });
    await backend.list();
    expect(heads).toEqual([`Basic ${Buffer.from('owner:密码 p').toString('base64')}`, undefined, '/dav/duly/']);
  });
});

describe('坚果云', () => {
  it('the requests of half an hour are counted over restarts, and the rest waits', async () => {
    let at = 1_790_000_000_000;
    let spent: Spent | null = null;
    let asked = 0;
    const url = await serving((_, answer) => {
      asked++;
      answer.writeHead(207).end(multistatus(''));
    });
    const meter = {
      load: async () => spent,
      save: async (now: Spent) => {
        spent = structuredClone(now);
      },
    };
    const fresh = () =>
      webdavBackend(
        { url, user: 'u', password: 'p' },
        { ...DOORS, now: () => at, budget: { most: 5, windowMs: 1_800_000, meter } },
      );
    for (let n = 0; n < 5; n++) {
      expect((await fresh().list()).kind).toBe('listed');
      at += 60_000;
    }
    const refused = await fresh().list();
    expect(refused).toMatchObject({ kind: 'failed', code: 'sync-budget' });
    expect(asked).toBe(5);
    at += (refused as { pauseMs: number }).pauseMs;
    expect((await fresh().list()).kind).toBe('listed');
    expect((await fresh().list()).kind).toBe('failed');
  });

  it('two requests are 200 ms apart', async () => {
    let at = 0;
    const slept: number[] = [];
    const backend = await over((_, answer) => answer.writeHead(207).end(multistatus('')), {
      now: () => at,
      sleep: async (ms) => {
        slept.push(ms);
        at += ms;
      },
      paceMs: 200,
    });
    await backend.list();
    at += 50;
    await backend.list();
    at += 300;
    await backend.list();
    expect(slept).toEqual([150]);
  });
});

describe('the address that the owner typed', () => {
  it.each([
    ['https://dav.jianguoyun.com/dav/duly', 'https://dav.jianguoyun.com/dav/duly/'],
    [' https://cloud.example/remote.php/dav/files/me/duly/ ', 'https://cloud.example/remote.php/dav/files/me/duly/'],
    ['http://192.168.1.4:5005/home/duly', 'http://192.168.1.4:5005/home/duly/'],
    ['http://nas.local/duly', 'http://nas.local/duly/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('%s', (typed, url) => {
    expect(readAddress(typed)).toMatchObject({ kind: 'address', url });
  });

  it.each([
    ['https://dav.jianguoyun.com/dav/duly', 'https://dav.jianguoyun.com/*'],
    ['http://NAS.local:5005/duly', 'http://nas.local/*'],
    ['https://云.example/duly', 'https://xn--9kq.example/*'],
  ])('%s asks the browser for its server alone', (typed, pattern) => {
    expect(readAddress(typed)).toMatchObject({ patterns: [pattern] });
  });

  it.each([
    ['', 'sync-address-bad'],
    ['dav.jianguoyun.com', 'sync-address-bad'],
    ['ftp://cloud.example/', 'sync-address-bad'],
    ['https://cloud.example/100%/duly/', 'sync-address-bad'],
    ['https://me:secret@cloud.example/', 'sync-address-bad'],
    ['http://cloud.example/dav', 'sync-address-plain'],
    ['http://127.0.0.1.evil.example/', 'sync-address-plain'],
    ['http://172.32.0.1/', 'sync-address-plain'],
    ['https://dav.jianguoyun.com/dav/', 'sync-address-root'],
  ])('%s is refused', (typed, code) => {
    expect(readAddress(typed)).toEqual({ kind: 'refused', code });
  });
});
