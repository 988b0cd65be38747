/**
 * What lies inside a seal: four bytes of length (big-endian), that many bytes of raw DEFLATE (RFC 1951) of UTF-8 JSON,
 * and zeros up to the next size class, so that a store learns the class and not the length.
 */
import { joined } from './bytes.ts';

const SMALLEST_CLASS = 512;
/** What one object may grow to when it is inflated. */
const MOST_INFLATED_BYTES = 48 << 20;

export async function pack(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await through(new TextEncoder().encode(JSON.stringify(value)), new CompressionStream('deflate-raw'));
  const padded = new Uint8Array(sizeClass(packed!.length + 4));
  new DataView(padded.buffer).setUint32(0, packed!.length);
  padded.set(packed!, 4);
  return padded;
}

/** Null when the bytes are not a pack, or would grow beyond `mostBytes`; no more than that is ever held. */
export async function unpack(bytes: Uint8Array<ArrayBuffer>, mostBytes = MOST_INFLATED_BYTES): Promise<unknown> {
  if (bytes.length < 4) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (length > bytes.length - 4) return null;
  try {
    const inflated = await through(bytes.subarray(4, 4 + length), new DecompressionStream('deflate-raw'), mostBytes);
    return inflated && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(inflated));
  } catch {
    // Not DEFLATE, not UTF-8 or not JSON: the caller says that it cannot be read.
    return null;
  }
}

/** Powers of two, and eighths of them from 4 kB on: at most an eighth is added to what is large. */
export function sizeClass(length: number): number {
  let power = SMALLEST_CLASS;
  while (power * 2 < length) power *= 2;
  if (length <= power) return power;
  const step = power < 4096 ? power : power / 8;
  return power + step * Math.ceil((length - power) / step);
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => {}); // what was wrong comes out at the readable end too
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > mostBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return joined(parts, length);
}
