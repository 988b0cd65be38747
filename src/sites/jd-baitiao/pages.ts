/** A list that the site hands out page by page. */
import type { Answer } from './answers.ts';
import { countOf, type Fields, idOf, listOf, textOf } from './json.ts';

export interface Pages {
  readonly items: readonly Fields[];
  /** One list's own pages have as many different items as the site says that list has. */
  readonly isWhole: boolean;
}

interface List {
  readonly pages: Map<string, Fields[]>;
  total: number | null;
}

/** The pages of a list put together; a page that came twice counts as it came last. `funCode` asks for another list. */
export function pagesOf(answers: readonly Answer[], listName: string, idNames: readonly string[]): Pages {
  const lists = new Map<string, List>();
  for (const { data, request } of answers) {
    const code = request.get('funCode') ?? '';
    const list = lists.get(code) ?? { pages: new Map<string, Fields[]>(), total: null };
    lists.set(code, list);
    const page = textOf(data.currentPage) ?? textOf(data.pageNum) ?? request.get('pageNum') ?? '1';
    list.pages.set(page, listOf(data[listName]));
    const total = countOf(data.totalCount);
    // Of two totals the larger: what was paid in between is asked for again.
    if (total !== null) list.total = Math.max(total, list.total ?? 0);
  }
  const items = [...lists.values()].flatMap(({ pages }) => [...pages.values()].flat());
  return { items, isWhole: [...lists.values()].some((list) => isWholeList(list, idNames)) };
}

function isWholeList({ pages, total }: List, idNames: readonly string[]): boolean {
  const items = [...pages.values()].flat();
  const ids = items.map((item) => itemId(item, idNames));
  if (total === null || ids.includes(null)) return false;
  return total === 0 ? items.length === 0 : new Set(ids).size >= total;
}

export function itemId(item: Fields, idNames: readonly string[]): string | null {
  for (const name of idNames) {
    const id = idOf(item[name]);
    if (id) return id;
  }
  return null;
}
