/** The readable half of an object: the JWE protected header, and the shape of what is sealed. */
import * as z from 'zod/mini';
import type { ObjectBody, ObjectHeader, RefusalCode } from '../app/sync-ports.ts';

const FORMAT_VERSION = 1;
const OBJECT_TYPE = 'duly';

const Header = z.object({
  alg: z.literal('dir'),
  enc: z.literal('A256GCM'),
  typ: z.literal(OBJECT_TYPE),
  vault: z.string().check(z.maxLength(64)),
  device: z.string().check(z.maxLength(64)),
  sequence: z.int().check(z.minimum(0)),
  previous: z.string().check(z.maxLength(64)),
  kind: z.enum(['delta', 'snapshot', 'head']),
  version: z.int(),
});

const Body = z.object({
  at: z.int(),
  label: z.string().check(z.maxLength(200)),
  seen: z.record(z.string().check(z.maxLength(64)), z.tuple([z.int(), z.string().check(z.maxLength(64))])),
  records: z.array(z.unknown()),
  closedFor: z.optional(z.string().check(z.maxLength(64))),
});

export function protectedHeader(header: ObjectHeader) {
  return { alg: 'dir', enc: 'A256GCM', typ: OBJECT_TYPE, ...header, version: FORMAT_VERSION } as const;
}

export type Expected = Pick<ObjectHeader, 'device' | 'sequence'> & { isSnapshot: boolean };

/** Whether a header may stand under this name in this vault. */
export function checkHeader(value: unknown, vault: string, expected: Expected): ObjectHeader | RefusalCode {
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > FORMAT_VERSION) return 'sync-newer-format';
  const parsed = Header.safeParse(value);
  if (!parsed.success) return 'sync-plaintext';
  const { device, sequence, previous, kind } = parsed.data;
  if (parsed.data.vault !== vault) return 'sync-wrong-vault';
  if (device !== expected.device) return 'sync-foreign-name';
  if (sequence !== expected.sequence || (kind === 'snapshot') !== expected.isSnapshot) return 'sync-replayed';
  return { vault, device, sequence, previous, kind };
}

export function checkBody(value: unknown): ObjectBody | null {
  const parsed = Body.safeParse(value);
  return parsed.success ? parsed.data : null;
}
