/** Texts to the length that a service takes, without breaking a character. */

export interface Limit {
  readonly most: number;
  /** `bytes`: of UTF-8; `chars`: UTF-16 units, the strictest way that a service may count. */
  readonly of: 'bytes' | 'chars';
}

const ELLIPSIS = '…';

/** The text itself where it fits; otherwise its beginning and an ellipsis, together within the limit. */
export function cut(text: string, limit: Limit): string {
  if (sizeOf(text, limit) <= limit.most) return text;
  const room = limit.most - sizeOf(ELLIPSIS, limit);
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += sizeOf(character, limit);
    if (used > room) break;
    kept += character;
  }
  return room < 0 ? '' : kept + ELLIPSIS;
}

export function sizeOf(text: string, { of }: Pick<Limit, 'of'>): number {
  return of === 'chars' ? text.length : new TextEncoder().encode(text).length;
}
