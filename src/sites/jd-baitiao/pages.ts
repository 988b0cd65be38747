/** A list that the site hands out page by page. */
import type { Answer } from './answers.ts';
import { countOf, type Fields, idOf, listOf, textOf } from './json.ts';

export interface Pages {
  readonly items: readonly Fields[];
  /** One list's own pages are as many, and have as many different items, as the site says. */
  readonly isWhole: boolean;
}

interface Page {
  readonly code: string;
  readonly items: readonly Fields[];
  readonly total: number | null;
  readonly pageCount: number;
}

/** The pages of a list in the order in which each came last. `funCode` asks for another list. */
export function pagesOf(answers: readonly Answer[], listName: string, idNames: readonly string[]): Pages {
  const pages = new Map<string, Page>();
  for (const { data, request } of answers) {
    const code = request.get('funCode') ?? '';
    const key = `${code} ${textOf(data.currentPage) ?? textOf(data.pageNum) ?? request.get('pageNum') ?? '1'}`;
    pages.delete(key);
    pages.set(key, {
      code,
      items: listOf(data[listName]),
      total: countOf(data.totalCount),
      pageCount: countOf(data.pageCount) ?? 0,
    });
  }
  const all = [...pages.values()];
  const codes = [...new Set(all.map(({ code }) => code))];
  return {
    items: all.flatMap(({ items }) => items),
    isWhole: codes.some((code) =>
      isWholeList(
        all.filter((page) => page.code === code),
        idNames,
      ),
    ),
  };
}

function isWholeList(pages: readonly Page[], idNames: readonly string[]): boolean {
  const ids = pages.flatMap(({ items }) => items.map((item) => itemId(item, idNames)));
  // Of two totals the larger: what was paid in between is asked for again.
  const total = Math.max(...pages.map((page) => page.total ?? -1));
  if (total < 0 || ids.includes(null) || pages.some(({ pageCount }) => pageCount > pages.length)) return false;
  return total === 0 ? ids.length === 0 : new Set(ids).size >= total;
}

export function itemId(item: Fields, idNames: readonly string[]): string | null {
  for (const name of idNames) {
    const id = idOf(item[name]);
    if (id) return id;
  }
  return null;
}
