import { compactDecrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { openText, sealText } from '../../src/sync/secret-text.ts';

const PASSPHRASE = '一句很长的话 and more';

describe('secrets under a passphrase', () => {
  it('come out again, however the keyboard composes the letters, and any JOSE tool opens them', async () => {
    const sealed = await sealText('{"channels":{}}', ` ${'é'.normalize('NFD')}-${PASSPHRASE}`);
    expect(JSON.stringify(sealed)).not.toContain('channels');
    expect(await openText(sealed, `${'é'.normalize('NFC')}-${PASSPHRASE} `)).toEqual({
      kind: 'opened',
      text: '{"channels":{}}',
    });
    const { plaintext } = await compactDecrypt(sealed.jwe, new TextEncoder().encode(`é-${PASSPHRASE}`), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      maxPBES2Count: 600_000,
    });
    expect(new TextDecoder().decode(plaintext)).toBe('{"channels":{}}');
  });

  it('a wrong passphrase is not a damaged file', async () => {
    const sealed = await sealText('secret', PASSPHRASE);
    expect(await openText(sealed, `${PASSPHRASE}!`)).toEqual({ kind: 'refused', code: 'wrong-passphrase' });
    const damaged = [
      { ...sealed, jwe: `${sealed.jwe.slice(0, -2)}AA` },
      { ...sealed, jwe: sealed.jwe.slice(0, 200) },
      { ...sealed, digest: '' },
      { jwe: 'a.b.c.d.e', digest: sealed.digest },
    ];
    for (const each of damaged)
      expect(await openText(each, PASSPHRASE)).toEqual({ kind: 'refused', code: 'secrets-damaged' });
  });

  it('too few or too many rounds are refused before any work', async () => {
    const weak = await sealText('secret', PASSPHRASE, 1000);
    expect(await openText(weak, PASSPHRASE)).toEqual({ kind: 'refused', code: 'secrets-damaged' });
  });
});
