/** Seals with a checksum instead of a cipher: the same header rules, a thousand times cheaper. For the simulator alone. */
import type { Vault } from '../../src/app/sync-ports.ts';
import { checkBody, checkHeader, protectedHeader } from '../../src/sync/header.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function fakeVault(id: string): Vault {
  return {
    id,
    seal: async (header, body) => {
      const text = JSON.stringify({ header: protectedHeader(header), body });
      return encoder.encode(`${text}\n${sum(text)}`);
    },
    open: async (expected, bytes) => {
      const [text = '', check] = decoder.decode(bytes).split('\n');
      if (check === undefined || check.length < 8) return { kind: 'refused', code: 'sync-truncated' };
      if (check !== sum(text)) return { kind: 'refused', code: 'sync-damaged' };
      const { header, body } = JSON.parse(text);
      const checked = checkHeader(header, id, expected);
      if (typeof checked === 'string') return { kind: 'refused', code: checked };
      const sound = checkBody(body);
      return sound ? { kind: 'opened', header: checked, body: sound } : { kind: 'refused', code: 'sync-content' };
    },
    hash: async (bytes) => sum(decoder.decode(bytes)),
  };
}

/** The records in a sealed object, or null when it does not open. */
export function peek(bytes: Uint8Array): readonly unknown[] | null {
  const [text = '', check] = decoder.decode(bytes).split('\n');
  return check === sum(text) ? JSON.parse(text).body.records : null;
}

function sum(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1234567;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b + text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
