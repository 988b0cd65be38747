/** The words beside amounts and days on Chinese bill pages and statements (facts/jd-baitiao.md §8, §10.2; statements.md). */

/** What a label stands for. `other`, `near7`: a number that belongs to something else, so that nothing else takes it. */
export type Field =
  | 'due'
  | 'statement'
  | 'cycle'
  | 'minimum'
  | 'left'
  | 'owed'
  | 'total'
  | 'all'
  | 'fee'
  | 'overdue'
  | 'near7'
  | 'other';

/**
 * `{0,4}`, here and below: up to three, V8 writes the words out that many times over, at every label that begins with them,
 * and the first search of a page costs twice as much.
 */
const MINE = '(?:本期|本月|当期|当前|当月|您的|我的|账户|账号|人民币|白条|金条|花呗|\\d{1,2}月份?){0,4}';
const SUM = '(?:总额|总计|合计|金额|款额|额|款|本息)';

/** Behind a payment until some day: `还款满100元领取`. */
export const OFFERED = String.raw`(?:[^,;。]|,\d){0,16}?(?:满 ?\d|抽奖|领取|优惠|立减|好礼|有礼|使用)`;

/** Tried in this order at every place of a text; a space may stand between any two characters. */
const WORDS: readonly (readonly [Field, string])[] = [
  ['near7', '近[7七] ?(?:日|天)内?(?:应还|待还|待付|须还|需还)?款?金?额?'],
  [
    'other',
    '(?:上期|上月|上次|往期|历史|累计|每期|每月|下期|下月|昨日|美元|外币)(?:账单|应还|已还|还款|欠款|剩余|待还|最低|未还|总){1,4}(?:金额|总额|款额|额|款|日)?',
  ],
  [
    'due',
    `${MINE}(?:最后|最迟|最晚|到期|截止|应){1,2}还款(?:截止)?(?:日期?|时间|期限)|${MINE}还款(?:截止|到期)(?:日期?|时间)|${MINE}还款日|账单到期日期?|缴款截止日期?|(?:最晚|最迟|请您?)应?(?:于|在)(?=(?:[^,;。领取享参申券分]|\\d分){4,24}(?:还款|还清|归还|缴款)(?!券|${OFFERED}))`,
  ],
  ['cycle', `${MINE}(?:账单周期|账期|结账周期)`],
  ['statement', `${MINE}(?:账单|出账|结账)(?:生成)?(?:日期?)`],
  ['minimum', `${MINE}(?:剩余)?(?:最低|最少|最小)(?:应还|还款|应缴|待还)${SUM}?`],
  ['all', `(?:全部|所有|总)(?:待还|欠款|应还)款?${SUM}?`],
  [
    'left',
    `${MINE}(?:剩余(?:应还|待还|未还|还款)|(?:尚|仍)(?:需还|欠|未还)|仍需还款|还需还款|待还|未还|欠款)款?${SUM}?`,
  ],
  ['owed', `${MINE}(?:全部)?应还款?${SUM}{0,2}`],
  ['total', `${MINE}账单(?:总)?(?:金额|总额|额)`],
  ['fee', `(?:违约金|逾期费用?|滞纳金|罚息|逾期利息)(?:金额)?`],
  ['overdue', '已?逾期(?:未还|欠款|本金)?(?:金额)?'],
  [
    'other',
    '(?:总|可用|信用|授信|取现|预借|现金|剩余|临时|固定|分期|借款|白条|消费){0,4}额度|(?:本期|当期|本月)?(?:已还|已支付|已付|退款|分期|消费|交易|订单|还款|新增|入账|优惠)款?(?:金额|总额|额|日期|时间)|本期新增|手续费|可用余额|账户余额|溢缴款|积分余额?',
  ],
];

/** `未结清` is no `结清`: what follows a negation is not a word of payment. */
const SETTLED = '(?:已|全部){1,2}(?:结清|还清|还款完成)|无须还款|无需还款|无欠款';
const NOTHING_OWED = '(?:暂无|没有|无)(?:已出|待还|未还|应还)?账单|暂无待还款?|当前无欠款';

/** `如已还清，无需还款`: a sentence that says when something would be so does not say that it is so. */
export const CONDITION = /[如若倘]|假使|忽略|的话|时,|后,/;

/** A line that says of one bill that it is paid, and nothing else: `9月账单 已结清`, `状态：已还清`. */
export const WHOLLY_SETTLED = new RegExp(
  `^[(\\[]?(?:恭喜您?[,!]?|\\d{4} ?年|\\d{1,2} ?月份?|本期|本月|当期|当前|您的?|该|白条|金条|花呗|账单|还款|支付|状态|[:,\u0001 ])*(?:${spaced(SETTLED)})[!。.)\\]\u0001 ]*$`,
);

/** Words of a row of tabs or filters, one of which may be 已结清. */
export const STATUS_TAB =
  /^(?:全部|所有|未还清?|未结清|待还款?|还款中|已?逾期|未逾期|进行中|处理中)(?:账单|借款|\(\d+\))?$/;

/** The tabs of a bill page: 暂无账单 speaks of the one it stands in. */
export const TABS =
  /近[7七] ?[日天]|未出账|还款(?:流水|记录|明细)|退款(?:记录|明细)|消费(?:明细|记录)|交易(?:明细|记录)|优惠券/;
export const ISSUED_TAB = /已出账(?:单)?/;

/** A space may stand between any two characters of a word: `账 单 日`. */
function spaced(words: string): string {
  return words.replace(/\[[^\]]*\]|[\u4e00-\u9fff](?=[\u4e00-\u9fff(])|\)(?=[\u4e00-\u9fff(])/g, (part) =>
    part.startsWith('[') ? part : `${part} ?`,
  );
}

/** One group per entry: the index of the group that matched tells the field. */
export const LABEL_SOURCE = WORDS.map(([, words]) => `(${spaced(words)})`).join('|');
export const LABEL_FIELDS: readonly Field[] = WORDS.map(([field]) => field);
export const SETTLED_SOURCE = spaced(SETTLED);
export const NOTHING_SOURCE = spaced(NOTHING_OWED);

/** A label has one of these; a text without any is not searched. */
export const LABEL_HINT = /[还账额欠逾期缴清费金晚积]/;

/** `本期应还款额(欠款为-)`: the page itself says how debt is signed. */
export const DEBT_NEGATIVE = /\( ?欠款为 ?[-负][^()]{0,3}\)/g;

/** In a row over others: it is no bill beside them, and nobody's values. */
export const SUM_ROW = /[合总小共]计/;

/** Over a column of days, whatever they are of. */
export const DAY_HEAD = /日|时间|[账周]期|期限/;

/** Over a column of neither amounts nor days. */
export const NO_VALUES = /^(?:操作|备注|说明|状态|详情|明细)?$/;

/** Words that may stand between a label and its value. */
export const FILLER = /人民币|美元|账户|单位|元|为|是|于|前|\([^()\d]{0,12}\)/g;

/** Money that is not yuan. */
export const FOREIGN_NAME = String.raw`(?:USD|US\$|HK\$|\$|HKD|MOP|TWD|EUR|GBP|JPY|KRW|AUD|CAD|NZD|SGD|CHF|THB|RUB|[€£₩₽฿]|(?:美|港|欧|日|英|澳|加|韩|新|泰)(?:元|币|镑|铢)|外币)`;
/** `美元(USD)`: nothing but a currency. */
export const WHOLLY_FOREIGN = new RegExp(`^${FOREIGN_NAME}(?: ?[(/]? ?${FOREIGN_NAME}\\)?)?$`);
/** Right before a label or in brackets behind it. */
export const FOREIGN_BEFORE = new RegExp(`${FOREIGN_NAME}[ \u0001]?$`);
export const FOREIGN_BEHIND = new RegExp(`^[ \u0001]?\\( ?(?:${FOREIGN_NAME}|(?:单位 ?:? ?)?[百千万亿] ?元? ?\\))`);
/** Signs of a negative amount. An en dash also stands between the ends of a range. */
export const MINUS = /[\u2212\ufe63]|(?<![\d.] ?)–(?=[¥\d])/g;
/** As accounts write a negative amount, and others any: `(56.00)`. */
export const WHOLLY_BRACKETED = /^\( ?¥? ?[\d,]+\.\d\d ?\)$/;

/** `期数`, `分期`: a word, and no unit of the number before. */
export const UNIT = '(?:[万亿%％]|[期天笔次个角分](?![数限人日天期享]))';
const GAP = '[ \u0001]{0,2}';
/** Behind an amount: a count of things, a rate, one end of a range, the next digits of the number, a sign, a credit, a limit. */
export const NOT_AN_AMOUNT = String.raw`${GAP}${UNIT}|${GAP}元?${GAP}(?:/${GAP}[日天月年期次笔]|\d{1,2}${GAP}[角分](?![期享]))| ?(?:[~–—至到]|- ) ?[¥\d]|(?<!\.\d*) (?:\d{3}|\d(?![.,年月日号期]))(?!\d)|-(?![^\s\u0001])|['’·、]\d| ?CR(?![A-Za-z])|${GAP}元? ?(?:\(不?含\)|以[上下内])`;
/** Numbers that are one value, and no amount: `1 234.56`, `1 2 3`, `100~200`. */
export const SEVERAL_NUMBERS = String.raw`\d{1,3}(?: \d{3})+(?!\d)(?:\.\d+)?|\d(?: \d(?![\d.,年月日号期]))+|\d[\d,.]* ?(?:[~–—至到]|- ) ?¥? ?\d[\d,.]*`;

export function isDayField(field: Field): boolean {
  return field === 'due' || field === 'statement' || field === 'cycle';
}
