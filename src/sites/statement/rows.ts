/** Rows of values whose meaning is known by their order alone (`profiles.ts`). */
import { type Day, parseDay } from '../../core/day.ts';
import { type Fen, parseSignedFen } from '../../core/money.ts';
import { tailsIn } from '../labels/card.ts';
import type { Cell } from './profiles.ts';

export interface ValueRow {
  readonly card: string | null;
  readonly statementDay: Day | null;
  readonly dueDay: Day | null;
  readonly owed: Fen | null;
  readonly minimum: Fen | null;
}

const DATE = String.raw`\d{4} ?(?:年|[-/.]) ?\d{1,2} ?(?:月|[-/.]) ?\d{1,2}(?: ?日)?`;
/** Hidden amounts: stars or dashes, to their end. */
const HIDDEN = String.raw`(?<!\*)\*{2,12}(?:\.\*{2})?(?!\*)|(?<!-)-{2,4}(?!-)`;
const NUMBER = String.raw`[\d,]+\.\d{2}`;
const MONEY = String.raw`(?:(?:人民币|RMB|CNY|\(CNY\)|¥) ?)*(?:-? ?(?:¥ ?)?${NUMBER}|${HIDDEN})(?: ?元)?`;
const USD = `(?:USD|美元|\\$) ?(?:-?${NUMBER}|${HIDDEN})`;
/** What each cell matches: the groups that carry its value are named after it. */
const CELLS: Record<Cell, string> = {
  card: String.raw`(?<![\d*-])(?=[\d-]*\*)(?<card>[\d*-]{4,30})`,
  currency: String.raw`(?:人民币 ?\(CNY\)|人民币|CNY|RMB)`,
  cycle: `${DATE} ?(?:-|–|—|~|至|到) ?(?<statement>${DATE})`,
  due: `(?<due>${DATE})`,
  name: String.raw`[\u4e00-\u9fff*]{1,6}`,
  skip: MONEY,
  owed: `(?<owed>${MONEY})`,
  minimum: `(?<minimum>${MONEY})`,
  'rmb-usd': '(?:人民币/美元账户(?: ?RMB/USD Account)?|RMB/USD Account)',
};

/** Every such row of a text in which all space is single. The same row twice is one. */
export function rowsOf(text: string, cells: readonly Cell[], today: Day): ValueRow[] {
  const hasDollars = cells.includes('rmb-usd');
  const parts = cells.map((cell) => {
    const isAmount = cell === 'owed' || cell === 'minimum';
    return hasDollars && isAmount ? `${CELLS[cell]}(?: ?${USD})?` : CELLS[cell];
  });
  const expression = new RegExp(`${parts.join(' ?')}(?![\\d.,*])`, 'g');
  const found = new Map<string, ValueRow>();
  for (const match of text.matchAll(expression)) {
    const { card = '', statement, due, owed, minimum } = match.groups ?? {};
    found.set(match[0], {
      card: tailsIn(card)[0] ?? null,
      statementDay: parseDay(statement, today),
      dueDay: parseDay(due, today),
      owed: amountOf(owed),
      minimum: amountOf(minimum),
    });
  }
  return [...found.values()];
}

function amountOf(text: string | undefined): Fen | null {
  return parseSignedFen(text?.replace('(CNY)', '').replace(/\s+/g, ' '));
}
