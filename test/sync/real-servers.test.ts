/** The same contract on real servers of Debian, and what each of them honours. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probe } from '../../src/sync/probe.ts';
import { type WebdavPlace, webdavBackend, webdavClient } from '../../src/sync/webdav.ts';
import { backendContract } from '../contracts/backend-contract.ts';
import { type DavServer, type ServerKind, startServer } from './servers.ts';

const doors = {
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  now: () => Date.now(),
  sleep: (ms: number) => new Promise<void>((rest) => setTimeout(rest, ms)),
};

const HONOURS: Record<ServerKind, { createsOnce: boolean; checksMatch: boolean }> = {
  apache: { createsOnce: true, checksMatch: true },
  rclone: { createsOnce: false, checksMatch: false },
  nginx: { createsOnce: false, checksMatch: false },
};

describe.each<ServerKind>(['apache', 'rclone', 'nginx'])('%s', (kind) => {
  let server: DavServer;
  let folders = 0;
  beforeAll(async () => {
    server = await startServer(kind);
  }, 30_000);
  afterAll(() => server.close());
  const place = (): WebdavPlace => ({ ...server, url: `${server.url}duly-${++folders}/` });

  backendContract(`on ${kind}`, async () => {
    const at = place();
    return {
      backend: webdavBackend(at, doors),
      // Over the wire: rclone does not look at its disk again for minutes.
      layStranger: async (name, text) => {
        expect(await webdavClient(at, doors)({ method: 'PUT', name, body: text })).toMatchObject({ status: 201 });
      },
    };
  });

  it('a wrong password is said as such', async () => {
    const backend = webdavBackend({ ...place(), password: 'wrong' }, doors);
    expect(await backend.list()).toEqual({ kind: 'failed', code: 'sync-auth' });
    expect(await backend.prepare()).toEqual({ kind: 'failed', code: 'sync-auth' });
  });

  it('a folder that is not there is said as such', async () => {
    expect(await webdavBackend(place(), doors).list()).toEqual({ kind: 'failed', code: 'sync-folder-missing' });
  });

  it('a folder in the folder is no object', async () => {
    const at = place();
    const backend = webdavBackend(at, doors);
    await backend.prepare();
    mkdirSync(join(server.files, `duly-${folders}`, 'device000001-1.jwe'));
    expect(await backend.list()).toEqual({ kind: 'listed', entries: [] });
  });

  it('the probe tells what it honours, and leaves nothing behind', async () => {
    const at = place();
    await webdavBackend(at, doors).prepare();
    expect(await probe(webdavClient(at, doors), 'k3')).toEqual({ readsBack: true, hasTags: true, ...HONOURS[kind] });
    expect(readdirSync(join(server.files, `duly-${folders}`)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});
