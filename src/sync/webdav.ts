/** A folder on the owner's WebDAV server: five verbs, none of which is trusted to be conditional or whole. */
import type { Backend, BackendFailure, RemoteEntry } from '../app/sync-ports.ts';
import type { Instant } from '../core/day.ts';
import { type Budget, take } from './budget.ts';
import { DELTAS_BEFORE_SNAPSHOT, MOST_OBJECT_BYTES } from './layout.ts';
import { readMultistatus } from './multistatus.ts';
import { type Answered, type Asked, ask, type Fetch, failureOf } from './request.ts';

export interface WebdavPlace {
  /** Of `readAddress`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface WebdavDoors {
  readonly fetch: Fetch;
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
  /** Where the server counts requests. */
  readonly budget?: Budget;
  /** The least time between two requests. */
  readonly paceMs?: number;
  readonly patienceMs?: number;
}

/** 坚果云's own plugin waits so long; its free accounts get 600 requests in 30 minutes, of which some are left to others. */
export const NUTSTORE = { paceMs: 200, most: 500, windowMs: 30 * 60_000 } as const;

const MOST_LISTING_BYTES = 16 << 20;
const MOST_ENTRIES = 20_000;
const MOST_PAGES = 30;
/** Answers whose body nobody needs. */
const MOST_WORDS = 64 << 10;
const PROPFIND =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>';

export function webdavBackend(place: WebdavPlace, doors: WebdavDoors): Backend {
  const dav = webdavClient(place, doors);
  const done = { kind: 'done' } as const;
  return {
    id: 'webdav',
    mostObjectBytes: MOST_OBJECT_BYTES,
    deltasBeforeSnapshot: DELTAS_BEFORE_SNAPSHOT,
    isSmall: false,
    list: () => list(place, dav),
    get: async (name, mostBytes) => {
      const got = await dav({ method: 'GET', name, mostBytes, tooLong: 'sync-object-too-large' });
      if (got.kind === 'failed') return got;
      if (got.status === 404 || got.status === 410) return { kind: 'absent' };
      return got.status === 200 ? { kind: 'got', bytes: got.bytes } : failureOf(got);
    },
    put: async (name, bytes) => {
      const put = await dav({ method: 'PUT', name, body: bytes, headers: { 'content-type': 'application/jose' } });
      return put.kind === 'failed' ? put : isGood(put) ? done : failureOf(put);
    },
    remove: async (names) => {
      for (const name of names) {
        const removed = await dav({ method: 'DELETE', name });
        if (removed.kind === 'failed') return removed;
        if (!isGood(removed) && removed.status !== 404 && removed.status !== 410) return failureOf(removed);
      }
      return done;
    },
    prepare: async () => {
      const there = await dav({ method: 'PROPFIND', name: '', headers: { depth: '0' }, body: PROPFIND });
      if (there.kind === 'failed') return there;
      if (there.status === 207) return done;
      if (there.status !== 404 && there.status !== 409) return failureOf(there);
      const made = await dav({ method: 'MKCOL', name: '' });
      if (made.kind === 'failed') return made;
      return isGood(made) || made.status === 405 ? done : failureOf(made);
    },
  };
}

type Verb = Pick<Asked, 'method' | 'body'> &
  Partial<Pick<Asked, 'headers' | 'mostBytes' | 'tooLong'>> & { name: string };
export type WebdavClient = (verb: Verb, whole?: string) => Promise<Answered | BackendFailure>;

/** `name` is one of the folder's own; `whole` another address of the same server, for the next page of a listing. */
export function webdavClient(place: WebdavPlace, doors: WebdavDoors): WebdavClient {
  const bytes = new TextEncoder().encode(`${place.user}:${place.password}`);
  const authorization = `Basic ${btoa(String.fromCharCode(...bytes))}`;
  let last = Number.NEGATIVE_INFINITY;
  return async ({ name, method, body, headers, mostBytes = MOST_WORDS, tooLong = 'sync-not-webdav' }, whole) => {
    const wait = last + (doors.paceMs ?? 0) - doors.now();
    if (wait > 0 && wait <= (doors.paceMs ?? 0)) await doors.sleep(wait);
    if (doors.budget) {
      const { waitMs } = await take(doors.budget, doors.now());
      if (waitMs > 0) return { kind: 'failed', code: 'sync-budget', pauseMs: waitMs };
    }
    last = doors.now();
    const url = whole ?? place.url + encodeURIComponent(name);
    return ask(doors.fetch, { method, url, authorization, headers, body, mostBytes, tooLong }, doors.patienceMs);
  };
}

async function list(place: WebdavPlace, dav: WebdavClient): ReturnType<Backend['list']> {
  const entries: RemoteEntry[] = [];
  const folder = new URL(place.url);
  let left = MOST_LISTING_BYTES;
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const listed = await dav(
      {
        method: 'PROPFIND',
        name: '',
        headers: { depth: '1', 'content-type': 'application/xml' },
        body: PROPFIND,
        mostBytes: left,
        tooLong: 'sync-listing-too-long',
      },
      next,
    );
    if (listed.kind === 'failed') return listed;
    if (listed.status !== 207) return failureOf(listed);
    left -= listed.bytes.length;
    const read = readMultistatus(new TextDecoder().decode(listed.bytes), MOST_ENTRIES - entries.length);
    if (read.kind === 'refused') return { kind: 'failed', code: read.code };
    for (const { href, isFolder, size, stamp } of read.entries) {
      const name = isFolder ? null : nameIn(folder, href);
      if (name !== null) entries.push({ name, size, stamp });
    }
    const link = /<([^<>]+)>\s*;[^,]*\brel="?next"?/i.exec(listed.headers.get('link') ?? '')?.[1];
    if (link === undefined) return { kind: 'listed', entries };
    const address = addressIn(link, next ?? place.url);
    if (address === null) return { kind: 'failed', code: 'sync-listing-broken' };
    // The password goes to no other server.
    if (address.origin !== folder.origin) return { kind: 'failed', code: 'sync-redirect' };
    next = address.href;
  }
  return { kind: 'failed', code: 'sync-listing-too-long' };
}

function addressIn(link: string, base: string): URL | null {
  try {
    return new URL(link, base);
  } catch {
    return null; // TypeError is how a URL says that it is none
  }
}

/** The name of a file right in the folder, else null; whatever scheme and host a proxy made of the address. */
function nameIn(folder: URL, href: string): string | null {
  try {
    const path = decodeURIComponent(new URL(href, folder).pathname);
    const base = decodeURIComponent(folder.pathname);
    const name = path.startsWith(base) ? path.slice(base.length) : (path.split('/').at(-1) ?? '');
    return name === '' || name.includes('/') ? null : name;
  } catch {
    // No address, or no UTF-8 in it: none of ours.
    return null;
  }
}

function isGood({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}
