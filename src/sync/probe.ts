/** What a server honours. Setting up asks for `readsBack` alone; the rest is told to the owner, and nothing depends on it. */
import type { BackendFailure } from '../app/sync-ports.ts';
import type { SyncHonours } from '../core/sync-setting.ts';
import type { WebdavClient } from './webdav.ts';

/** Writes one small file under a name of its own, asks, and removes it: six requests, at set-up only. */
export async function probe(dav: WebdavClient, random: string): Promise<SyncHonours | BackendFailure> {
  const name = `duly-probe-${random}.txt`;
  const put = (body: string, headers: Record<string, string> = {}) =>
    dav({ method: 'PUT', name, body, headers: { 'content-type': 'text/plain', ...headers } });
  const first = await put('one');
  if (first.kind === 'failed') return first;
  const got = await dav({ method: 'GET', name });
  const again = await put('one', { 'if-none-match': '*' });
  const wrong = await put('one', { 'if-match': '"no-such-tag"' });
  await dav({ method: 'DELETE', name });
  return {
    readsBack: got.kind === 'answered' && got.status === 200 && new TextDecoder().decode(got.bytes) === 'one',
    createsOnce: again.kind === 'answered' && again.status === 412,
    checksMatch: wrong.kind === 'answered' && wrong.status === 412,
    hasTags: got.kind === 'answered' && got.headers.get('etag') !== null,
  };
}
