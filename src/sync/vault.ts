/** Seals and opens objects: compact JWE, `dir` with `A256GCM`, a format that any JOSE tool opens (docs/sync.md). */
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { Opened, Vault } from '../app/sync-ports.ts';
import { base64url, headerOf } from './bytes.ts';
import { checkBody, checkHeader, type Expected, protectedHeader } from './header.ts';
import { pack, unpack } from './pack.ts';

const ASCII = new TextEncoder();
/** Base64url of a 96-bit IV and of a 128-bit tag. */
const IV_LETTERS = 16;
const TAG_LETTERS = 22;

/** `key` is AES-GCM, 256 bits, and need not be extractable. */
export function vaultOf(id: string, key: CryptoKey): Vault {
  return {
    id,
    seal: async (header, body) => {
      const jwe = new CompactEncrypt(await pack(body)).setProtectedHeader({ ...protectedHeader(header) });
      return ASCII.encode(await jwe.encrypt(key));
    },
    open: (expected, bytes) => open(id, key, expected, bytes),
    hash: hashOf,
  };
}

async function open(id: string, key: CryptoKey, expected: Expected, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const text = new TextDecoder('latin1').decode(bytes);
  const parts = text.split('.', 6);
  // A cut leaves the beginning of a seal; whatever does not even begin like one was never sealed.
  if (!/^eyJ[\w-]+(?:\.|$)/.test(text.slice(0, 4096))) return { kind: 'refused', code: 'sync-plaintext' };
  const headerValue = headerOf(text);
  if (parts.length < 5 || headerValue === undefined) {
    return { kind: 'refused', code: /^[\w.-]*$/.test(text) && parts.length < 5 ? 'sync-truncated' : 'sync-damaged' };
  }
  const header = checkHeader(headerValue, id, expected);
  if (typeof header === 'string') return { kind: 'refused', code: header };
  if (parts.length > 5 || parts[1] !== '' || parts[2]!.length !== IV_LETTERS)
    return { kind: 'refused', code: 'sync-damaged' };
  if (parts[4]!.length < TAG_LETTERS) return { kind: 'refused', code: 'sync-truncated' };
  let plaintext: Uint8Array<ArrayBuffer>;
  try {
    const opened = await compactDecrypt(text, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    plaintext = new Uint8Array(opened.plaintext);
  } catch {
    // Whatever jose says of it: these bytes were not sealed with this key and this header.
    return { kind: 'refused', code: 'sync-damaged' };
  }
  const body = checkBody(await unpack(plaintext));
  return body ? { kind: 'opened', header, body } : { kind: 'refused', code: 'sync-content' };
}

/** SHA-256 of the sealed bytes, its first 128 bits in base64url: against accidents of our own devices; the seal is against others. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return base64url(digest.subarray(0, 16));
}
