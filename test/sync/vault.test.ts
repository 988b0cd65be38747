import { createDecipheriv, webcrypto } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ObjectBody, ObjectHeader } from '../../src/app/sync-ports.ts';
import { FEWEST_ROUNDS, importKey, MOST_ROUNDS, newRawKey, unwrapKey, wrapKey } from '../../src/sync/key-object.ts';
import { pack, sizeClass, unpack } from '../../src/sync/pack.ts';
import { newPairingCode, readPairingCode } from '../../src/sync/pairing-code.ts';
import { vaultOf } from '../../src/sync/vault.ts';

const HEADER: ObjectHeader = {
  vault: 'vault0000001',
  device: 'device000001',
  sequence: 3,
  previous: 'abc',
  kind: 'delta',
};
const BODY: ObjectBody = {
  at: 1_790_000_000_000,
  label: '家里的电脑',
  seen: { device000002: [4, 'hash'] },
  records: [{ 金额: 38620 }],
};
const EXPECTED = { device: 'device000001', sequence: 3, isSnapshot: false };
const raw = newRawKey();
const random = (bytes: number) => webcrypto.getRandomValues(new Uint8Array(bytes));

describe('a sealed object', () => {
  it('opens with its key, under its name', async () => {
    const vault = vaultOf('vault0000001', await importKey(raw));
    const bytes = await vault.seal(HEADER, BODY);
    expect(await vault.open(EXPECTED, bytes)).toEqual({ kind: 'opened', header: HEADER, body: BODY });
  });

  it("opens with node's own crypto, which knows nothing of JOSE: docs/sync.md is enough", async () => {
    const sealed = await vaultOf('vault0000001', await importKey(raw)).seal(HEADER, BODY);
    const [header, none, iv, ciphertext, tag] = new TextDecoder().decode(sealed).split('.') as [
      string,
      string,
      string,
      string,
      string,
    ];
    expect(none).toBe('');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      typ: 'duly',
      ...HEADER,
      version: 1,
    });
    const open = createDecipheriv('aes-256-gcm', Buffer.from(raw, 'base64url'), Buffer.from(iv, 'base64url'));
    open.setAAD(Buffer.from(header, 'ascii'));
    open.setAuthTag(Buffer.from(tag, 'base64url'));
    const plain = Buffer.concat([open.update(Buffer.from(ciphertext, 'base64url')), open.final()]);
    expect(plain.length).toBe(sizeClass(plain.length));
    const length = plain.readUInt32BE(0);
    expect(JSON.parse(inflateRawSync(plain.subarray(4, 4 + length)).toString('utf8'))).toEqual(BODY);
    expect(plain.subarray(4 + length).every((byte) => byte === 0)).toBe(true);
  });

  it('is the same length for contents of one size class', async () => {
    const vault = vaultOf('vault0000001', await importKey(raw));
    const lengths = new Set<number>();
    for (const records of [[], ['x'], ['a little more than that, still small']])
      lengths.add((await vault.seal(HEADER, { ...BODY, records })).length);
    expect(lengths.size).toBe(1);
  });

  it('no changed letter opens', async () => {
    const vault = vaultOf('vault0000001', await importKey(raw));
    const sealed = await vault.seal(HEADER, BODY);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bad = sealed.slice();
        bad[at] = bad[at]! ^ flip;
        // The last letters of base64url carry bits that say nothing: such a letter is the same object.
        const opened = await vault.open(EXPECTED, bad);
        if (opened.kind === 'opened') expect(opened).toEqual({ kind: 'opened', header: HEADER, body: BODY });
      }),
      { numRuns: 300 },
    );
  });

  it('no cut opens, and a cut is called a cut', async () => {
    const vault = vaultOf('vault0000001', await importKey(raw));
    const sealed = await vault.seal(HEADER, BODY);
    for (const length of [200, 400, sealed.length - 22, sealed.length - 1])
      expect(await vault.open(EXPECTED, sealed.slice(0, length)), String(length)).toEqual({
        kind: 'refused',
        code: 'sync-truncated',
      });
    for (let length = 0; length < sealed.length; length += 7)
      expect((await vault.open(EXPECTED, sealed.slice(0, length))).kind).toBe('refused');
  });
});

describe('a pack', () => {
  it('comes back as it went in, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const bytes = await pack(value);
        expect(sizeClass(bytes.length)).toBe(bytes.length);
        expect(JSON.stringify(await unpack(bytes))).toBe(JSON.stringify(value));
      }),
      { numRuns: 100 },
    );
  });

  it('a bomb is let go before it is large', async () => {
    const bomb = await pack('0'.repeat(4_000_000));
    expect(bomb.length).toBeLessThan(8192);
    expect(await unpack(bomb, 1_000_000)).toBeNull();
    expect(await unpack(bomb)).toHaveLength(4_000_000);
  });

  it('rubbish is no pack', async () => {
    for (const bytes of [[], [0, 0, 0], [255, 255, 255, 255, 1], [0, 0, 0, 2, 255, 255], [0, 0, 0, 0]])
      expect(await unpack(new Uint8Array(bytes))).toBeNull();
  });

  it('size classes waste at most an eighth of what is large, and are few', () => {
    const classes = new Set<number>();
    for (let length = 1; length < 3_000_000; length += 997) {
      const padded = sizeClass(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      if (length > 4096) expect(padded / length).toBeLessThanOrEqual(1.126);
      classes.add(padded);
    }
    expect(classes.size).toBeLessThan(100);
  });
});

describe('a pairing code', () => {
  const code = newPairingCode(random);

  it('is 110 random bits in six groups of four', () => {
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const many = new Set(Array.from({ length: 200 }, () => newPairingCode(random)));
    expect(many.size).toBe(200);
  });

  it('is read however it is written', () => {
    const bare = code.replaceAll('-', '');
    for (const typed of [
      code,
      bare,
      code.toLowerCase(),
      ` ${bare.replace(/(..)/g, '$1 ')}\n`,
      code.replaceAll('-', '—'),
    ])
      expect(readPairingCode(typed)).toBe(bare);
    expect(readPairingCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(bare);
    expect(readPairingCode(code.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(bare);
  });

  it('any one letter wrong, or two neighbours swapped, is seen', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let round = 0; round < 20; round++) {
      const bare = readPairingCode(newPairingCode(random))!;
      for (let at = 0; at < bare.length; at++) {
        for (const letter of letters)
          if (letter !== bare[at]) expect(readPairingCode(bare.slice(0, at) + letter + bare.slice(at + 1))).toBeNull();
        const next = bare[at + 1];
        if (next !== undefined && next !== bare[at])
          expect(readPairingCode(bare.slice(0, at) + next + bare[at] + bare.slice(at + 2))).toBeNull();
      }
    }
  });

  it('nothing and half a code are mistyped', () => {
    for (const typed of ['', 'ABCD', code.slice(0, -1), `${code}A`, '密码']) expect(readPairingCode(typed)).toBeNull();
  });
});

describe('a wrapped key', () => {
  const code = readPairingCode(newPairingCode(random))!;
  let text: string;
  beforeAll(async () => {
    text = await wrapKey('vault0000001', raw, code);
  });

  it('opens with its code, and the key on the device never comes out', async () => {
    const unwrapped = await unwrapKey(text, code);
    if (unwrapped.kind !== 'unwrapped') throw new Error(unwrapped.code);
    expect(unwrapped.raw).toBe(raw);
    expect(unwrapped.key.extractable).toBe(false);
    await expect(webcrypto.subtle.exportKey('raw', unwrapped.key)).rejects.toThrow();
  });

  it('a wrong code is not called damaged, a damaged file not a wrong code', async () => {
    const other = readPairingCode(newPairingCode(random))!;
    expect(await unwrapKey(text, other)).toEqual({ kind: 'refused', code: 'sync-wrong-code' });
    const object = JSON.parse(text);
    const middle = Math.floor(object.wrapped.length / 2);
    const flipped =
      object.wrapped.slice(0, middle) + (object.wrapped[middle] === 'A' ? 'B' : 'A') + object.wrapped.slice(middle + 1);
    for (const bad of [
      '',
      '{}',
      text.slice(0, 200),
      JSON.stringify({ ...object, wrapped: flipped }),
      JSON.stringify({ ...object, vault: 'vault0000002' }),
    ])
      expect(await unwrapKey(bad, code)).toEqual({ kind: 'refused', code: 'sync-key-damaged' });
  });

  it('rounds below the floor and above the cap are refused, and nothing is derived', async () => {
    const derived = vi.spyOn(crypto.subtle, 'deriveBits');
    try {
      for (const rounds of [1000, FEWEST_ROUNDS - 1, MOST_ROUNDS + 1, 4e9]) {
        const weak =
          rounds < FEWEST_ROUNDS ? await wrapKey('vault0000001', raw, code, rounds) : await withRounds(text, rounds);
        derived.mockClear();
        expect(await unwrapKey(weak, code)).toEqual({ kind: 'refused', code: 'sync-key-weak' });
        expect(derived).not.toHaveBeenCalled();
      }
      // What is spied on is what derives.
      expect((await unwrapKey(text, code)).kind).toBe('unwrapped');
      expect(derived).toHaveBeenCalledOnce();
    } finally {
      derived.mockRestore();
    }
  });
});

/** The file as a hostile server would rewrite it: another number of rounds, and a digest that fits. */
async function withRounds(text: string, p2c: number): Promise<string> {
  const object = JSON.parse(text);
  const [header, ...rest] = object.wrapped.split('.');
  const rewritten = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), p2c }));
  const wrapped = [rewritten.toString('base64url'), ...rest].join('.');
  const digest = await webcrypto.subtle.digest('SHA-256', Buffer.from(`duly-vault\n${object.vault}\n${wrapped}`));
  return JSON.stringify({ ...object, wrapped, digest: Buffer.from(digest).toString('base64url') });
}
