/** Text sealed with a passphrase of the owner's: as the vault key is wrapped (key-object.ts), with a digest beside it. */
import { CompactEncrypt, compactDecrypt } from 'jose';
import { base64url, headerOf } from './bytes.ts';
import { FEWEST_ROUNDS, MOST_ROUNDS, WRAP } from './key-object.ts';

const TYPE = 'duly-secrets';

export interface SealedText {
  readonly jwe: string;
  /** SHA-256 of `jwe`: tells a damaged file from a wrong passphrase. Secret from nobody. */
  readonly digest: string;
}

export type OpenedText =
  | { readonly kind: 'opened'; readonly text: string }
  | { readonly kind: 'refused'; readonly code: 'wrong-passphrase' | 'secrets-damaged' };

export async function sealText(text: string, passphrase: string, rounds = FEWEST_ROUNDS): Promise<SealedText> {
  const jwe = await new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: WRAP, enc: 'A256GCM', typ: TYPE })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(bytesOf(passphrase));
  return { jwe, digest: await digestOf(jwe) };
}

/** Never derives anything before the rounds are known to be within bounds. */
export async function openText({ jwe, digest }: SealedText, passphrase: string): Promise<OpenedText> {
  const header = headerOf(jwe);
  const rounds = header?.p2c;
  const isSound = header?.alg === WRAP && header.typ === TYPE && typeof rounds === 'number';
  if ((await digestOf(jwe)) !== digest || !isSound || rounds < FEWEST_ROUNDS || rounds > MOST_ROUNDS)
    return { kind: 'refused', code: 'secrets-damaged' };
  try {
    const { plaintext } = await compactDecrypt(jwe, bytesOf(passphrase), {
      keyManagementAlgorithms: [WRAP],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MOST_ROUNDS,
    });
    return { kind: 'opened', text: new TextDecoder().decode(plaintext) };
  } catch {
    // The digest fits, so the file is whole: the passphrase is not the one that sealed it.
    return { kind: 'refused', code: 'wrong-passphrase' };
  }
}

/** One spelling, however a keyboard composes its letters. */
function bytesOf(passphrase: string): Uint8Array {
  return new TextEncoder().encode(passphrase.normalize('NFKC').trim());
}

async function digestOf(jwe: string): Promise<string> {
  const bytes = new TextEncoder().encode(`duly-secrets\n${jwe}`);
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
