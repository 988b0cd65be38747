/** Reading a response by hand, tolerantly: the content script carries no schema library (design §8). */

export type Fields = Readonly<Record<string, unknown>>;

/** Longer bodies are not read: no answer of these endpoints comes near it. */
export const MAX_BODY = 2_000_000;

type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * JSON whose numbers come as the text they were written in, so that an id beyond 2^53 keeps its digits and `1e9` is
 * not taken for an amount. A JSONP wrapper is taken off. Undefined when it is no JSON.
 */
export function parseJson(body: string): unknown {
  const bare = /^\s*[\w$.]+\s*\(([\s\S]*)\)[\s;]*$/.exec(body)?.[1] ?? body.replace(/^\ufeff/, '');
  const keepDigits: Reviver = (_key, value, context) => {
    if (typeof value !== 'number') return value;
    if (context?.source) return context.source;
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
  };
  try {
    return JSON.parse(bare, keepDigits as Parameters<typeof JSON.parse>[1]) as unknown;
  } catch {
    // Not JSON is an answer of its own kind; the caller says which.
    return undefined;
  }
}

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.slice(0, 5000).filter((item): item is Fields => fieldsOf(item) !== null) : [];
}

/** A non-empty text; null otherwise. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() ? value.trim() : null;
}

/** An id of the site's own, as it may stand in a key. */
export function idOf(value: unknown): string | null {
  const text = textOf(value);
  return text && /^[\w-]{1,64}$/.test(text) && text !== '0' ? text : null;
}

/** A count such as `totalCount`; null when it is none. */
export function countOf(value: unknown): number | null {
  const text = textOf(value);
  return text && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** `true`, `"true"`, `1` or `"1"`: the site uses them all. */
export function isYes(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}
