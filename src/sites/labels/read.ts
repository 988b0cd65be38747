/**
 * The generic reader: bills by the words a person sees. It claims no family as covered unless the page says in words or
 * numbers that nothing is owed, and takes a number only under its own label.
 */
import { addDays } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import { type Family, SUM_KEY, standingFrom, type UnreadableWhy } from '../../core/reading.ts';
import { type Draft, dayKey, draft, monthTitle, NOTHING, type Part } from '../draft.ts';
import { findCards } from './card.ts';
import { framing } from './frame.ts';
import { type Bound, type Row, readGrid } from './grid.ts';
import { groupBounds } from './group.ts';
import { lookUp } from './look-up.ts';
import { readPairs } from './pairs.ts';
import { MAX_WORD, MAX_WORDS, type Piece, piecesOf } from './pieces.ts';
import { LEAST_ROWS, plainRows, type RunsIn } from './plain-rows.ts';
import type { LabelProfile } from './profile.ts';
import { type LabelRecord, recordOf, remainingOf, totalOf } from './records.ts';
import { combineRecords } from './settle.ts';
import { isBesideTabs, isOfIssued } from './tabs.ts';
import { type LookUp, nodeOf, type Token, tokensOf } from './tokens.ts';
import { measuring } from './tree.ts';

export interface LabelReading {
  readonly part: Part;
  /** The beginning of the page's text, for words that speak of the page as a whole. */
  readonly words: string;
  /** What card each bill names. */
  readonly cards: readonly (string | null)[];
  /** Why nothing was read; null when something was, or no reason is known. */
  readonly why: UnreadableWhy | null;
}

export const NO_LABELS: LabelReading = { part: NOTHING, words: '', cards: [], why: null };

/** `leastRows` is for tests: tables of fewer rows are read row by row. */
export function readLabels(document: Document, profile: LabelProfile, leastRows = LEAST_ROWS): LabelReading {
  const root: Node | null = document.body ?? document.documentElement;
  if (!root) return NO_LABELS;
  const look = lookUp(profile.today);
  return (
    readWith(root, profile, look, plainRows(look, profile, leastRows)) ??
    (readWith(root, profile, look) as LabelReading)
  );
}

/** Null where rows that were read at once do not fit what stands around them. */
function readWith(root: Node, profile: LabelProfile, look: LookUp, runsIn?: RunsIn): LabelReading | null {
  const { pieces, isTooLarge } = piecesOf(root, runsIn);
  const tokens = isTooLarge ? null : tokensOf(pieces, look);
  if (!tokens) return { ...NO_LABELS, words: wordsOf(pieces), why: 'page-too-large' };
  const runs = pieces.flatMap(({ run }) => run ?? []);
  const layout = layOut(tokens, runs.length > 0);
  if (!layout) return null;
  const { rows, loose } = layout;
  const isSettledSomewhere =
    runs.some(({ hasSettled }) => hasSettled) || tokens.some(({ is }) => is.kind === 'settled');
  if (loose.length && runs.length && isSettledSomewhere) return null;
  const settled = loose.length ? settledWords(tokens, pieces) : [];
  const all = [...rows, ...groupBounds(loose, settled)];
  const bounds: Bound[] = [];
  for (const row of all) if ('bounds' in row) for (const bound of row.bounds) bounds.push(bound);
  let dues = bounds.filter(({ field }) => field === 'due').length;
  for (const run of runs) dues += run.dues;
  const found = findCards();
  const records = combineRecords(
    all.map((row) => ('bounds' in row ? recordOf(row, profile) : row)),
    dues === 1,
    found,
  );
  const part = partOf(records, bounds, tokens, profile);
  const words = wordsOf(pieces);
  const cards = profile.source === 'file' ? records.map(found.cardOf) : [];
  if (part.bills.length || part.covered.length) return { part, words, cards, why: null };
  const hasBlank = runs.some((run) => run.hasBlank) || bounds.some(({ value }) => value?.kind === 'blank');
  return { part, words, cards, why: whyOf(hasBlank, words) };
}

/** Tokens stand in the order of their pieces. */
function settledWords(tokens: readonly Token[], pieces: readonly Piece[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const token of tokens) {
    if (token.is.kind !== 'settled') continue;
    while (pieces[at] !== token.piece) at++;
    if (!isBesideTabs(pieces, at)) nodes.push(nodeOf(token));
  }
  return nodes;
}

interface Layout {
  readonly rows: (Row | LabelRecord)[];
  readonly loose: Bound[];
}

/** Tables by header first, where a label begins one; everything between them as pairs. Null where a run has no place. */
function layOut(tokens: readonly Token[], hasRuns: boolean): Layout | null {
  const rows: (Row | LabelRecord)[] = [];
  const loose: Bound[] = [];
  const columnsOf = measuring();
  const frameAt = framing(columnsOf);
  let start = 0;
  let free = 0;
  let hasStray = false;
  const flush = (end: number): void => {
    const between = tokens.slice(start, end);
    hasStray ||= hasRuns && between.some(({ is }) => is.kind === 'rows');
    const pairs = readPairs(between, columnsOf);
    for (const row of pairs.rows) rows.push(row);
    for (const bound of pairs.loose) loose.push(bound);
  };
  for (let at = 0; at < tokens.length; ) {
    const isLabel = tokens[at]?.is.kind === 'label';
    // Rows of plain elements may hold whole tables.
    if (hasRuns && isLabel && !tokens[at]?.piece.cell && frameAt(tokens, at)) return null;
    const grid = isLabel ? readGrid(tokens, at, free, frameAt) : null;
    if (!grid) {
      at++;
      continue;
    }
    flush(at);
    for (const row of grid.rows) rows.push(row);
    at = start = grid.end;
    // The row below may be the values of the labels that follow.
    if (!grid.isDoubtful) free = start;
  }
  flush(tokens.length);
  return hasStray ? null : { rows, loose };
}

function wordsOf(pieces: readonly Piece[]): string {
  let words = '';
  for (const { text, run } of pieces)
    for (const one of run?.texts ?? [text]) {
      words += `${one.slice(0, MAX_WORD)}\n`;
      if (words.length > MAX_WORDS) return words;
    }
  return words;
}

function whyOf(hasBlank: boolean, words: string): UnreadableWhy | null {
  if (hasBlank) return 'amounts-hidden';
  return words.length < 400 && /加载中|正在加载|loading/i.test(words) ? 'still-loading' : null;
}

/** So many words of nothing are looked at. */
const MAX_NOTHING = 5;

function partOf(
  records: readonly LabelRecord[],
  bounds: readonly Bound[],
  tokens: readonly Token[],
  profile: LabelProfile,
): Part {
  const times = new Map<string, number>();
  const bills = records.map((record) => {
    const key = dayKey(record.dueDay, record.statementDay, 'current');
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return billOf(record, profile, time === 1 ? key : `${key}:${time}`, records.length === 1);
  });
  const sums: Fen[] = [];
  for (const { field, value } of bounds) if (field === 'all' && value?.kind === 'amount') sums.push(value.fen);
  const sum = sums.find((fen) => fen > 0);
  if (sum !== undefined) {
    const title = `${profile.title}待还`;
    bills.push(
      draft({
        family: 'issued',
        source: profile.source ?? 'labels',
        key: `${SUM_KEY}all`,
        title,
        remainingFen: sum,
        standing: 'open',
        isSum: true,
      }),
    );
  }
  const covered: Family[] = [];
  const nothing = bills.length ? [] : tokens.filter(({ is }) => is.kind === 'nothing').slice(0, MAX_NOTHING);
  if (nothing.some((token) => isOfIssued(nodeOf(token)))) covered.push('issued');
  if (!bills.some(({ standing }) => standing !== 'settled') && sums.length > 0 && sums.every((fen) => fen === 0))
    covered.push('issued', 'unissued');
  return { bills, covered: [...new Set(covered)], paidKeys: [] };
}

function billOf(record: LabelRecord, profile: LabelProfile, key: string, isCurrent: boolean): Draft {
  const { dueDay, statementDay } = record;
  const after = profile.dueAfterStatementDays;
  const estimated = !dueDay && statementDay && after !== null ? addDays(statementDay, after) : null;
  const remainingFen = remainingOf(record);
  const standing = standingFrom(remainingFen, record.isSettled);
  const source = profile.source ?? 'labels';
  return {
    family: statementDay && statementDay > profile.today ? 'unissued' : 'issued',
    source,
    key,
    title: monthTitle(statementDay, `${profile.title}账单`),
    dueDay: dueDay ?? estimated,
    dueDayIs: estimated ? 'estimated' : 'stated',
    statementDay,
    totalFen: totalOf(record),
    remainingFen,
    minimumFen: record.minimum,
    overdueFeeFen: record.fee,
    standing,
    doubts:
      record.isSettled && standing === 'open'
        ? [
            {
              field: 'standing',
              values: [
                { source, value: 'open' },
                { source, value: 'settled' },
              ],
            },
          ]
        : [],
    isCurrent,
    isSum: false,
  };
}
