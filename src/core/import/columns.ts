/** Which column says what: the words that people and spreadsheets use, in Chinese and English. */
import { halfWidth } from '../money.ts';

export const COLUMNS = ['title', 'due', 'remaining', 'minimum', 'total', 'statement', 'note'] as const;
export type Column = (typeof COLUMNS)[number];

const WORDS: Record<Column, readonly string[]> = {
  title: [
    '标题',
    '名称',
    '账单',
    '账单名',
    '账单名称',
    '项目',
    '平台',
    '机构',
    '银行',
    'title',
    'name',
    'bill',
    'lender',
  ],
  due: [
    '最后还款日',
    '还款日',
    '到期还款日',
    '到期日',
    '截止日',
    '还款日期',
    '应还日期',
    '最后还款日期',
    '到期日期',
    'due',
    'dueday',
    'duedate',
    'paymentduedate',
  ],
  remaining: [
    '剩余应还',
    '应还',
    '金额',
    '应还金额',
    '本期应还',
    '本期应还金额',
    '本期应还款',
    '本期应还款额',
    '本期剩余应还',
    '应还款',
    '应还总额',
    '剩余应还金额',
    '待还',
    '待还金额',
    '欠款',
    '剩余金额',
    '剩余',
    '应还款额',
    'amount',
    'remaining',
    'owed',
    'balance',
    'amountdue',
    'newbalance',
    'remainingfen',
  ],
  minimum: [
    '最低还款',
    '最低还款额',
    '最低应还',
    '最低还款金额',
    '本期最低还款',
    '本期最低还款额',
    '最低',
    'minimum',
    'minimumpayment',
    'minpayment',
    'min',
    'minimumfen',
  ],
  total: ['账单金额', '本期账单金额', '账单总额', '总额', 'total', 'totalamount', 'totalfen'],
  statement: [
    '账单日',
    '出账日',
    '账单日期',
    '出账日期',
    'statement',
    'statementday',
    'statementdate',
    'billday',
    'billdate',
  ],
  note: ['备注', '说明', 'note', 'notes', 'memo', 'remark'],
};

const BY_WORD = new Map(COLUMNS.flatMap((column) => WORDS[column].map((word) => [word, column] as const)));

/** Null for a column that Duly has no use for. A unit in brackets and case, spaces and dashes do not count. */
export function columnOf(heading: string): Column | null {
  const word = halfWidth(heading)
    .toLowerCase()
    .replace(/\([^)]*\)|[\s_:*-]/g, '');
  return BY_WORD.get(word) ?? null;
}

/** Duly's own field names carry whole fen. */
export function isInFen(heading: string): boolean {
  return /fen$/i.test(heading.trim());
}
