/** The vault key, wrapped by the pairing code, as it lies in the folder; and as a browser keeps it. */
import { CompactEncrypt, compactDecrypt } from 'jose';
import * as z from 'zod/mini';
import { base64url, fromBase64url, headerOf } from './bytes.ts';

export const FEWEST_ROUNDS = 600_000;
/** A store must not be able to keep a browser busy for long. */
export const MOST_ROUNDS = 2_000_000;
export const MOST_KEY_OBJECT_BYTES = 8192;
/** How a key or a text is sealed with what a person types. */
export const WRAP = 'PBES2-HS512+A256KW';

const KeyObject = z.object({
  duly: z.literal('vault'),
  version: z.int(),
  vault: z.string().check(z.regex(/^[0-9a-z]{10,32}$/)),
  wrapped: z.string().check(z.regex(/^[\w-]+(?:\.[\w-]*){4}$/)),
  /** SHA-256 of `vault` and `wrapped`: tells a damaged file from a wrong code. Secret from nobody. */
  digest: z.string(),
});

const Payload = z.object({ vault: z.string(), key: z.string().check(z.regex(/^[\w-]{43}$/)) });

export type Unwrapped =
  | { readonly kind: 'unwrapped'; readonly vault: string; readonly key: CryptoKey; readonly raw: string }
  | {
      readonly kind: 'refused';
      readonly code: 'sync-wrong-code' | 'sync-key-damaged' | 'sync-key-weak' | 'sync-key-newer';
    };

/** A new random key, base64url. Wrap it, import it, and let go of the text. */
export function newRawKey(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** `code` in its one spelling (`readPairingCode`). */
export async function wrapKey(vault: string, raw: string, code: string, rounds = FEWEST_ROUNDS): Promise<string> {
  const wrapped = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ vault, key: raw })))
    .setProtectedHeader({ alg: WRAP, enc: 'A256GCM', typ: 'duly-key', vault })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(new TextEncoder().encode(code));
  return `${JSON.stringify({ duly: 'vault', version: 1, vault, wrapped, digest: await digestOf(vault, wrapped) })}\n`;
}

/** Never derives anything before the rounds are known to be within bounds. */
export async function unwrapKey(text: string, code: string): Promise<Unwrapped> {
  const object = readKeyObject(text);
  if (!object || (await digestOf(object.vault, object.wrapped)) !== object.digest)
    return { kind: 'refused', code: 'sync-key-damaged' };
  if (object.version > 1) return { kind: 'refused', code: 'sync-key-newer' };
  const header = headerOf(object.wrapped);
  if (!header || header.vault !== object.vault) return { kind: 'refused', code: 'sync-key-damaged' };
  const { p2c } = header;
  if (header.alg !== WRAP || typeof p2c !== 'number' || p2c < FEWEST_ROUNDS || p2c > MOST_ROUNDS)
    return { kind: 'refused', code: 'sync-key-weak' };
  try {
    const { plaintext } = await compactDecrypt(object.wrapped, new TextEncoder().encode(code), {
      keyManagementAlgorithms: [WRAP],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MOST_ROUNDS,
    });
    const payload = Payload.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    if (payload.vault !== object.vault) return { kind: 'refused', code: 'sync-key-damaged' };
    return { kind: 'unwrapped', vault: payload.vault, key: await importKey(payload.key), raw: payload.key };
  } catch {
    // The digest fits, so the file is whole: the code is not the one that wrapped it.
    return { kind: 'refused', code: 'sync-wrong-code' };
  }
}

/** The key as a browser keeps it: it seals and opens, and never comes out again. */
export function importKey(raw: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(fromBase64url(raw), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function readKeyObject(text: string): z.infer<typeof KeyObject> | null {
  try {
    const parsed = KeyObject.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // No JSON: damaged, the caller says so.
    return null;
  }
}

async function digestOf(vault: string, wrapped: string): Promise<string> {
  const bytes = new TextEncoder().encode(`duly-vault\n${vault}\n${wrapped}`);
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
