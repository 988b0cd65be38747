/** Which of very many bills are listed. Pure. */
import { type Bill, isPaidDisputed, isWatched } from '../../core/bill.ts';
import type { Day } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';

export const STANDINGS = ['all', 'owed', 'overdue', 'unsure', 'done', 'silent'] as const;
export type StandingFilter = (typeof STANDINGS)[number];

/**
 * What may still cost money first, as the popup has it: due by today, then what has no day and may be due any moment,
 * then from the soonest day on. After it what is over, the latest first. `listed`: latest first.
 */
export function inOrder(listed: readonly Bill[], today: Day): Bill[] {
  const owed = listed.filter(isOwed).reverse();
  return [
    ...owed.filter(({ dueDay }) => dueDay !== null && dueDay <= today),
    ...owed.filter(({ dueDay }) => dueDay === null),
    ...owed.filter(({ dueDay }) => dueDay !== null && dueDay > today),
    ...listed.filter((bill) => !isOwed(bill)),
  ];
}

/** It may still cost money. */
export function isOwed(bill: Bill): boolean {
  return isWatched(bill) || isPaidDisputed(bill);
}

export function isListed(bill: Bill, standing: StandingFilter, today: Day): boolean {
  const { owner, dueDay, remainingFen } = bill;
  const isSilent = owner.mutedAt !== undefined || owner.hiddenAt !== undefined;
  switch (standing) {
    case 'all':
      return true;
    case 'owed':
      return isOwed(bill);
    case 'overdue':
      return isOwed(bill) && dueDay !== null && dueDay < today;
    case 'unsure':
      return (
        isOwed(bill) &&
        (dueDay === null || remainingFen === null || bill.standing === 'unknown' || bill.doubts.length > 0)
      );
    case 'done':
      return !isOwed(bill) && !isSilent;
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
