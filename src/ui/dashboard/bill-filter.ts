/** Which of very many bills are listed. Pure. */
import { type Bill, isPaidDisputed, isWatched } from '../../core/bill.ts';
import type { Day } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';

export const STANDINGS = ['all', 'owed', 'overdue', 'unsure', 'done', 'silent'] as const;
export type StandingFilter = (typeof STANDINGS)[number];

/** What may still cost money is looked through from the soonest day on. */
export const IS_SOONEST_FIRST: Record<StandingFilter, boolean> = {
  all: false,
  owed: true,
  overdue: true,
  unsure: true,
  done: false,
  silent: false,
};

export function isListed(bill: Bill, standing: StandingFilter, today: Day): boolean {
  const { owner, dueDay, remainingFen } = bill;
  const isSilent = owner.mutedAt !== undefined || owner.hiddenAt !== undefined;
  const isOwed = isWatched(bill) || isPaidDisputed(bill);
  switch (standing) {
    case 'all':
      return true;
    case 'owed':
      return isOwed;
    case 'overdue':
      return isOwed && dueDay !== null && dueDay < today;
    case 'unsure':
      return (
        isOwed && (dueDay === null || remainingFen === null || bill.standing === 'unknown' || bill.doubts.length > 0)
      );
    case 'done':
      return !isOwed && !isSilent;
    case 'silent':
      return isSilent;
  }
}

/** What is looked through for the owner's words: title, note, day and amount as the list shows them. */
export function findableText({ title, owner, dueDay, remainingFen }: Bill, words: Words): string {
  const day = dueDay === null ? '' : `${dueDay} ${words.day(dueDay)}`;
  const amount = words.amount(remainingFen);
  return [title, owner.note ?? '', day, amount, amount.replaceAll(',', '')].join(' ').toLocaleLowerCase();
}
