/**
 * Bark's sealed payload: the server and Apple see only `ciphertext` and `iv`.
 * Source: Finb/Bark AESCryptoModel (key and iv are the UTF-8 bytes of their texts; CBC with PKCS#7 and an iv of 16; GCM with
 * an iv of 12, no padding and the tag behind the ciphertext, `GCM(mode: .combined)`), Common/EncryptedPushParams.swift (an iv
 * of letters and digits, new for each push, sent beside the ciphertext). Apps before the `.combined` mode read no GCM of ours.
 */
import { toBase64 } from './sign.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function barkIv(mode: string): string {
  const length = mode === 'gcm' ? 12 : 16;
  let iv = '';
  // 64 random values over 62 letters: the two that are left over are drawn again.
  while (iv.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) iv += LETTERS[byte & 63] ?? '';
  return iv.slice(0, length);
}

/** `key` has 16, 24 or 32 ASCII characters; `iv` 12 for gcm, 16 for cbc. */
export async function barkSeal(
  payload: object,
  key: string,
  mode: string,
  iv: string,
): Promise<{ ciphertext: string; iv: string }> {
  const encoder = new TextEncoder();
  const name = mode === 'gcm' ? 'AES-GCM' : 'AES-CBC';
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), name, false, ['encrypt']);
  const bytes = encoder.encode(JSON.stringify(payload));
  return { ciphertext: toBase64(await crypto.subtle.encrypt({ name, iv: encoder.encode(iv) }, imported, bytes)), iv };
}
