/**
 * Instalments of a card (`分期付款 第3期 本期应还 200.00`): they are part of the month's amount. A loan is a debt of its
 * own, and so is what has a day of its own. In doubt both stay: one bill too many is seen, and one too few is not.
 */
import { type Fen, parseFen } from '../../core/money.ts';
import type { CardDraft } from './name.ts';

const AMOUNT = String.raw`\d[\d,]*\.\d\d(?![\d.])`;
const NTH = String.raw`(?:第 ?[\d一二三四五六七八九十]{1,3} ?(?:/ ?\d{1,2} ?)?期(?: ?/? ?共? ?\d{1,2} ?期)?|(?<!\d)\d{1,2} ?/ ?\d{1,2} ?期?)`;
/** An amount in a row of a table has its label above; what is left of the whole instalment may stand behind it. */
const INSTALMENT = new RegExp(
  String.raw`(?<!(?:[贷借]|金条)[\u4e00-\u9fff]{0,3})分期(?!乐)[^\d。；;贷借]{0,40}?(?:${AMOUNT}[ 元]*)?${NTH} ?(?:[本当每][期月])? ?(?:应还)?(?:金额)?[ :¥]*${AMOUNT}(?:[ 元¥]*${AMOUNT})*`,
  'g',
);
/** Of any instalment, whether or not it is called one. */
const OF_NTH = new RegExp(`(?<!/)${NTH} ?(?:[本当每][期月])? ?(?:应还)?(?:金额)?[ :¥]*${AMOUNT}`, 'g');
const OWED = new RegExp(String.raw`(?:应还|欠款|待还|账单)[^\d。]{0,16}${AMOUNT}`, 'g');
const HIDDEN = /应还[款总金额]* ?[:¥]* ?\*{2}/;
const DUE = /还 ?款 ?日/g;
const OWN_DAY = /^ ?元?[^\d。；;]{0,6}还 ?款 ?日[^\d]{0,10}\d/;

export function withoutInstalments(bills: readonly CardDraft[], text: string): readonly CardDraft[] {
  const instalments = instalmentsIn(text);
  const partOf = ({ remainingFen, minimumFen }: CardDraft): readonly Fen[] | undefined =>
    remainingFen === null || minimumFen !== null
      ? undefined
      : instalments.find((amounts) => amounts.includes(remainingFen));
  const ofNth = amountsIn(text.match(OF_NTH) ?? []);
  const months = bills.filter((bill) => !partOf(bill));
  const [first] = bills;
  // The month's own amount is hidden: nobody knows it, and a part of it is not it.
  const isHidden = months.length === 0 && HIDDEN.test(text) && bills.every(({ dueDay }) => dueDay === first?.dueDay);
  if (first && isHidden) return [{ ...first, remainingFen: null, standing: 'unknown' }];
  return bills.filter((bill) => {
    const part = partOf(bill);
    const isIn = (month: CardDraft): boolean =>
      month.dueDay === bill.dueDay &&
      (month.remainingFen === null || !ofNth.includes(month.remainingFen)) &&
      (month.card === null || bill.card === null || month.card === bill.card) &&
      (month.remainingFen ?? 0) > Math.min(...(part ?? []));
    return !part || !months.some(isIn);
  });
}

/** The amounts of each. One that also stands under a label of the month's is none. */
function instalmentsIn(text: string): readonly (readonly Fen[])[] {
  const found = Array.from(text.matchAll(INSTALMENT));
  const isOneDue = (text.match(DUE)?.length ?? 0) < 2;
  const own = found.filter(
    ({ index, 0: words }) => isOneDue || !OWN_DAY.test(text.slice(index + words.length, index + words.length + 40)),
  );
  const others = new Set(amountsIn(text.replaceAll(INSTALMENT, ' ').match(OWED) ?? []));
  return own.map(([words]) => amountsIn([words])).filter((amounts) => !amounts.some((fen) => others.has(fen)));
}

function amountsIn(texts: readonly string[]): Fen[] {
  return texts.flatMap((text) =>
    Array.from(text.matchAll(new RegExp(AMOUNT, 'g')), ([amount]) => parseFen(amount) ?? []).flat(),
  );
}
