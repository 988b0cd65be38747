/** What tells two cards apart that fall due on one day. It is compared while a page is read, and never kept. */
import type { LabelRecord } from './records.ts';
import { FOREIGN_NAME, SUM_ROW } from './vocabulary.ts';

/** `尾号1234`, `6229-19**-****-0000`; a telephone number is masked as well, and a day may stand behind a hidden amount. */
const TAIL = /(?:尾号|末[四4]位)\D{0,4}(\d{4})(?!\d)|(?<!(?<!\d)1\d\d\*{4})(?<=\*[- ]?)(\d{4})(?![\d年/.-])/g;
const GRADE = /(?:联名|主题|白金|钛金|钻石|标准|无限|世界|金|普)卡/;
/** A debt is paid from another card. */
const PAID_FROM = /(?:自动还款|还款[账帐卡银]|扣款|付款|代扣|关联|绑定|转账|借记|储蓄)[^。；;\n]{0,30}/g;

export function tailsIn(text: string): string[] {
  const tails = text.replace(PAID_FROM, '').matchAll(TAIL);
  return [...new Set(Array.from(tails, ([, named, masked]) => (named ?? masked) as string))];
}

/** The ends of their numbers, else what kind one is of. */
export function cardsIn(text: string): string[] {
  const tails = tailsIn(text);
  return tails.length ? tails : (GRADE.exec(text)?.slice(0, 1) ?? []);
}

const MAX_CLIMB = 4;
/** A bill's own row or box has no more text; so much is looked at on one page. */
const LONGEST_BOX = 2000;
const MAX_CHARS = 2_000_000;
/** Of a card's second currency: no bill beside the first. */
const CURRENCY = new RegExp(`人民币|RMB|CNY|${FOREIGN_NAME}`, 'g');
/** Of a row; a cell of four digits may be the end of a card's number. */
const NAMES = /\p{L}+|(?<![\d.,*-])\d{4}(?![\d.,年/-])/gu;

export interface Cards {
  /** The one card that a bill's row or box names. */
  cardOf(record: LabelRecord): string | null;
  /** Two cards wherever they stand, and two rows of one table that bear different names, are no repetition. */
  areApart(a: LabelRecord, b: LabelRecord): boolean;
}

export function findCards(): Cards {
  const texts = new Map<Element, string>();
  let chars = 0;
  const textOf = (element: Element): string => {
    const known = texts.get(element);
    if (known !== undefined) return known;
    const all = chars > MAX_CHARS ? '' : Array.from(element.childNodes, (child) => child.textContent).join(' ');
    chars += all.length;
    const text = all.length > LONGEST_BOX ? '' : all;
    texts.set(element, text);
    return text;
  };
  const cardAt = ({ place, isRow }: LabelRecord): string | null => {
    let at = place;
    for (let steps = 0; at && steps < MAX_CLIMB; steps++, at = isRow ? null : at.parentElement) {
      const [card, ...others] = cardsIn(textOf(at));
      if (card) return others.length ? null : card;
    }
    return null;
  };
  const nameAt = ({ place, isRow }: LabelRecord): string => {
    const text = isRow && place ? textOf(place) : '';
    return SUM_ROW.test(text) ? '' : (text.replace(CURRENCY, '').match(NAMES) ?? []).join('');
  };
  const known = new Map<LabelRecord, Told>();
  const toldBy = (record: LabelRecord): Told => {
    const told = known.get(record) ?? { card: cardAt(record), name: nameAt(record) };
    known.set(record, told);
    return told;
  };
  return {
    cardOf: (record) => toldBy(record).card,
    areApart(a, b) {
      const [one, other] = [toldBy(a), toldBy(b)];
      const isOfOneKind = one.card !== null && other.card !== null && /\d/.test(one.card) === /\d/.test(other.card);
      if (isOfOneKind) return one.card !== other.card;
      return one.name !== '' && other.name !== '' && one.name !== other.name && listOf(a) === listOf(b);
    },
  };
}

interface Told {
  readonly card: string | null;
  readonly name: string;
}

function listOf({ place }: LabelRecord): Element | null {
  return place?.closest('table') ?? place?.parentElement ?? null;
}
