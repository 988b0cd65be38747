/**
 * Bark's sealed payload: the server and Apple see only `ciphertext` and `iv`.
 * Source: Finb/Bark AESCryptoModel (key and iv are the UTF-8 bytes of their texts; CBC with PKCS#7 and an iv of 16; GCM with
 * an iv of 12, no padding and the tag behind the ciphertext, `GCM(mode: .combined)`), Common/EncryptedPushParams.swift (an iv
 * of letters and digits, new for each push, sent beside the ciphertext). Apps before the `.combined` mode read no GCM of ours.
 */
import { toBase64 } from './sign.ts';

export interface Sealed {
  readonly ciphertext: string;
  readonly iv: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function barkIv(mode: string): string {
  // 64 random values over 62 letters: the two that are left over are drawn again.
  let iv = '';
  while (iv.length < (mode === 'gcm' ? 12 : 16)) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) iv += LETTERS[byte & 63] ?? '';
  }
  return iv.slice(0, mode === 'gcm' ? 12 : 16);
}

/** `key` has 16, 24 or 32 ASCII characters; `iv` 12 for gcm, 16 for cbc. */
export async function barkSeal(payload: object, key: string, mode: string, iv: string): Promise<Sealed> {
  const encoder = new TextEncoder();
  const name = mode === 'gcm' ? 'AES-GCM' : 'AES-CBC';
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), name, false, ['encrypt']);
  const bytes = encoder.encode(JSON.stringify(payload));
  return { ciphertext: toBase64(await crypto.subtle.encrypt({ name, iv: encoder.encode(iv) }, imported, bytes)), iv };
}
