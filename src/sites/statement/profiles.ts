/**
 * Lenders whose statements differ from what the generic reader takes for granted. Data only (facts/statements.md); a
 * lender without a line here is read as well, by its labels.
 */

/** What stands in a row of values, in order. `card` is a masked number, `skip` an amount that is not wanted. */
export type Cell = 'card' | 'currency' | 'cycle' | 'due' | 'name' | 'skip' | 'owed' | 'minimum' | 'rmb-usd';

export interface LenderProfile {
  /** Part of every key; never changed once it was released. */
  readonly id: string;
  readonly name: string;
  /** The sender's host, or the end of it. */
  readonly hosts: readonly string[];
  /** Debt is written as a negative number. */
  readonly debtIsNegative?: true;
  /** A dash in the place of the due day says that nothing is due. */
  readonly dashIsNothingDue?: true;
  /** Rows of values whose labels stand elsewhere or nowhere. */
  readonly rows?: readonly (readonly Cell[])[];
}

const CMB_ROW: readonly Cell[] = ['cycle', 'skip', 'owed', 'minimum', 'due'];

export const PROFILES: readonly LenderProfile[] = [
  {
    id: 'citic',
    name: '中信银行',
    hosts: ['citiccard.com', 'citicbank.com'],
    rows: [['card', 'currency', 'skip', 'skip', 'skip', 'owed', 'minimum']],
  },
  {
    id: 'cmbc',
    name: '民生银行',
    hosts: ['creditcard.cmbc.com.cn', 'cmbc.com.cn'],
    rows: [['rmb-usd', 'owed', 'minimum']],
  },
  { id: 'abc', name: '农业银行', hosts: ['abchina.com.cn', 'abchina.com'], debtIsNegative: true },
  {
    id: 'ccb',
    name: '建设银行',
    hosts: ['ccb.com', 'ccb.cn'],
    dashIsNothingDue: true,
    rows: [['card', 'currency', 'owed', 'minimum']],
  },
  { id: 'cib', name: '兴业银行', hosts: ['cib.com.cn'] },
  { id: 'icbc', name: '工商银行', hosts: ['icbc.com.cn'] },
  { id: 'cmb', name: '招商银行', hosts: ['cmbchina.com'], rows: [CMB_ROW] },
  { id: 'bob', name: '北京银行', hosts: ['bankofbeijing.com.cn'] },
  { id: 'ceb', name: '光大银行', hosts: ['cebbank.com'], rows: [['card', 'name', 'skip', 'owed', 'minimum']] },
  { id: 'jd', name: '京东白条', hosts: ['jd.com', 'jdpay.com', 'jr.jd.com'] },
];

/** Other names that a mail may call its lender by; one without a line here is found by its shape (`…银行`). */
export const OTHER_LENDERS: readonly string[] = [
  '京东金条',
  '花呗',
  '借呗',
  '美团月付',
  '抖音月付',
  '微信分付',
  '度小满',
  '平安银行',
  '浦发银行',
  '广发银行',
  '交通银行',
  '邮储银行',
  '中国银行',
  '华夏银行',
  '上海银行',
  '宁波银行',
  '江苏银行',
  '浙商银行',
  '渤海银行',
  '恒丰银行',
];

export const OTHER_HOSTS: Readonly<Record<string, string>> = {
  'pingan.com.cn': '平安银行',
  'pingan.com': '平安银行',
  'spdbccc.com.cn': '浦发银行',
  'spdb.com.cn': '浦发银行',
  'cgbchina.com.cn': '广发银行',
  'bankcomm.com': '交通银行',
  'psbc.com': '邮储银行',
  'psbcltd.cn': '邮储银行',
  'boc.cn': '中国银行',
  'hxb.com.cn': '华夏银行',
};
