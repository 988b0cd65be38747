/** Three browsers over a real server each: edits meet, offline edits merge, and the server's disk holds no word of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, joinVault } from '../../src/sync/membership.ts';
import { webdavBackend } from '../../src/sync/webdav.ts';
import { memoryFolder } from '../fakes/memory-backend.ts';
import { browser } from './browser.ts';
import { type DavServer, type ServerKind, startServer } from './servers.ts';

describe.each<ServerKind>(['apache', 'rclone', 'nginx'])('three browsers over %s', (kind) => {
  let server: DavServer;
  beforeAll(async () => {
    server = await startServer(kind);
  }, 30_000);
  afterAll(() => server.close());

  it('end with the same records, of which the server knows nothing', { timeout: 120_000 }, async () => {
    let requests = 0;
    const open = (name: string) =>
      browser(
        memoryFolder(),
        name,
        {},
        {
          ...webdavBackend(
            { ...server, url: `${server.url}three/` },
            {
              fetch: (url, init) => {
                requests++;
                return fetch(url, init);
              },
              now: () => Date.now(),
              sleep: (ms) => new Promise((rest) => setTimeout(rest, ms)),
            },
          ),
          deltasBeforeSnapshot: 3,
        },
      );
    const [a, b, c] = [open('a'), open('b'), open('c')];
    const made = await createVault(a.deps, '书房');
    if (made.kind === 'refused') throw new Error(made.code);
    for (const each of [b, c]) expect((await joinVault(each.deps, made.code!, '单位')).kind).toBe('member');
    for (let round = 0; round < 6; round++) {
      for (const each of [a, b, c]) each.write(`京东白条 ${each.disk.node} ${round}`, `bill-${each.disk.node}`);
      b.write(`已还款 ${round}`, 'both');
      a.write(`未还 ${round}`, 'both');
      for (const each of [a, b, c]) expect((await each.sync()).failure).toBeNull();
    }
    for (let round = 0; round < 4; round++) for (const each of [a, b, c]) await each.sync();
    for (const each of [a, b, c]) {
      expect(each.value('both')).toBe('未还 5');
      for (const name of ['a', 'b', 'c']) expect(each.value(`bill-${name}`)).toBe(`京东白条 ${name} 5`);
      const before = requests;
      const report = await each.sync();
      expect(requests - before).toBe(1);
      expect([report.refused, report.waiting.objects]).toEqual([[], 0]);
    }
    const files = readdirSync(join(server.files, 'three')).filter(
      (name) => name.endsWith('.jwe') || name.endsWith('.json'),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const text = readFileSync(join(server.files, 'three', name), 'utf8');
      const decoded = text.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
      for (const word of ['京东', '还款', '书房', '单位', 'bill-', 'both'])
        expect([text, ...decoded].join('\n')).not.toContain(word);
    }
  });
});
