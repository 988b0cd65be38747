/** A list that the site hands out page by page. */
import type { Answer } from './answers.ts';
import { countOf, type Fields, listOf, textOf } from './json.ts';

export interface Pages {
  readonly items: readonly Fields[];
  /** As many different items were seen as the site says there are. */
  readonly isWhole: boolean;
}

/** The pages of one list put together; a page that came twice counts as it came last. */
export function pagesOf(answers: readonly Answer[], listName: string): Pages {
  const pages = new Map<string, Fields[]>();
  let total: number | null = null;
  for (const { data, request } of answers) {
    const page = textOf(data.currentPage) ?? textOf(data.pageNum) ?? request.get('pageNum') ?? '1';
    pages.set(`${request.get('funCode') ?? ''}/${page}`, listOf(data[listName]));
    total = countOf(data.totalCount) ?? total;
  }
  const items = [...pages.values()].flat();
  const different = new Set(items.map((item) => JSON.stringify(item))).size;
  return { items, isWhole: total !== null && (total === 0 ? different === 0 : different >= total) };
}
