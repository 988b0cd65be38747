/** The answers that a page has received of late, newest last. */
import { FRESH_MS, type PageResponse } from '../site.ts';

const MOST = 60;
const MOST_CHARS = 4_000_000;

export interface Responses {
  add(response: PageResponse): void;
  all(): readonly PageResponse[];
}

/** A request whose body is not known is told by the page of the list that its answer says it is. */
const PAGE = /"(?:currentPage|pageNum)"\s*:\s*"?(\d{1,6})/;

function keyOf({ url, body, requestBody }: PageResponse): string {
  return `${url} ${requestBody || (PAGE.exec(body)?.[0] ?? '')}`;
}

interface Kept {
  readonly response: PageResponse;
  readonly at: number;
}

/** One per address and request body: the newest. Bounded in number, in characters and in age; the oldest go first. */
export function keepResponses(most = MOST, mostChars = MOST_CHARS, now: () => number = Date.now): Responses {
  const kept = new Map<string, Kept>();
  let chars = 0;
  const drop = (key: string): void => {
    chars -= kept.get(key)?.response.body.length ?? 0;
    kept.delete(key);
  };
  return {
    add: (response) => {
      const key = keyOf(response);
      drop(key);
      if (response.body.length > mostChars) return;
      kept.set(key, { response, at: now() });
      chars += response.body.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= most && chars <= mostChars) break;
        drop(oldest);
      }
    },
    all: () => {
      for (const [key, { at }] of kept) if (now() - at > FRESH_MS) drop(key);
      return [...kept.values()].map(({ response }) => response);
    },
  };
}
