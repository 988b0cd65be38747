/** Signatures of 钉钉 and 飞书. They look alike and are not: key and message, unit of time and place differ. */

/** 钉钉: key = secret, message = `<ms>\n<secret>`; base64, to stand in the address (facts/channels.md §2.2). */
export function dingtalkSign(secret: string, ms: number): Promise<string> {
  return hmacSha256(secret, `${ms}\n${secret}`);
}

/** 飞书: key = `<s>\n<secret>`, message empty; base64, to stand in the body (facts/channels.md §2.2). */
export function feishuSign(secret: string, seconds: number): Promise<string> {
  return hmacSha256(`${seconds}\n${secret}`, '');
}

async function hmacSha256(key: string, message: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return toBase64(await crypto.subtle.sign('HMAC', imported, encoder.encode(message)));
}

export function toBase64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
