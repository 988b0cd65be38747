/** Bytes and text that more than one format here is made of. */

export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** One character for each byte. Throws where it is no base64url. */
export function fromBase64url(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** The readable header of a compact JWE; undefined where it is no JSON in base64url: the caller tells what that means. */
export function headerOf(jwe: string): Readonly<Record<string, unknown>> | null | undefined {
  try {
    return JSON.parse(fromBase64url(jwe.split('.', 1)[0]!));
  } catch {
    return undefined;
  }
}

export function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
