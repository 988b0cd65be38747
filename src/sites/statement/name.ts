/** What the bills of one mail are called, and by what they are known again. */
import type { ReadBill } from '../../core/reading.ts';
import { type Draft, freshKeys } from '../draft.ts';
import { toReadBill } from '../site.ts';
import type { LenderProfile } from './profiles.ts';

export interface CardDraft extends Draft {
  /** The end of its card's number, or what kind of card it is, where the mail tells. */
  readonly card: string | null;
}

/**
 * Two cards of one lender with one due day have keys of their own, whichever mail they come in and in whatever order. A
 * bill of a card that its mail does not name is told by its day and its place in the mail, as every bill once was. Which
 * stored bill such a key speaks of, `core/import/statement-versions.ts` decides.
 */
export function named(bills: readonly CardDraft[], { id, name }: LenderProfile): ReadBill[] {
  const keys = new Set<string>();
  const keyOf = freshKeys(keys);
  const onDay = new Map<string, number>();
  return bills.map(({ card, ...bill }) => {
    const day = bill.dueDay ?? bill.statementDay ?? 'undated';
    const count = (onDay.get(day) ?? 0) + 1;
    onDay.set(day, count);
    const month = bill.statementDay ? `${Number(bill.statementDay.slice(5, 7))}月` : '';
    const nth = count > 1 ? `（${count}）` : '';
    const key = keyOf(`statement:${id}:${card === null ? '' : `${markOf(card)}:`}${day}`);
    keys.add(key);
    return {
      ...toReadBill(bill),
      key,
      title: `${name}${month}账单${nth}`,
    };
  });
}

/**
 * Two digits of nothing but the card's own end or kind: some hundred ends of a number have the same, which is too many
 * to tell it by. What two cards of one mark cost, `core/import/statement-versions.ts` bounds.
 */
function markOf(card: string): string {
  const sum = Array.from(card).reduce((rest, sign) => (rest * 31 + (sign.codePointAt(0) as number)) % 97, 0);
  return `c${sum}`;
}
