/** What was typed into the bill form, read; every mistake beside its field. */
import type { BillGiven } from '../../app/edit-bill.ts';
import { toDay } from '../../core/day.ts';
import { type Fen, parseFen } from '../../core/money.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';

export type BillField = 'title' | 'dueDay' | 'remaining' | 'minimum' | 'isMonthly';
export type Mistakes = Partial<Record<BillField, MessageKey>>;

export function givenFrom(form: FormData): { given: BillGiven; mistakes: Mistakes } {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const mistakes: Mistakes = {};
  const amount = (name: 'remaining' | 'minimum'): Fen | null => {
    const read = parseFen(text(name));
    if (read === null && text(name) !== '') mistakes[name] = 'formAmountWrong';
    return read;
  };
  const isDayUnknown = form.get('isDayUnknown') !== null;
  const dueDay = isDayUnknown ? null : toDay(text('dueDay'));
  const given: BillGiven = {
    title: text('title'),
    dueDay,
    remainingFen: amount('remaining'),
    minimumFen: amount('minimum'),
    statementDay: toDay(text('statementDay')),
    note: text('note'),
    isMonthly: form.get('isMonthly') !== null,
  };
  if (!given.title) mistakes.title = 'formTitleMissing';
  if (!isDayUnknown && dueDay === null) mistakes.dueDay = 'formDueMissing';
  if (given.isMonthly && isDayUnknown) mistakes.isMonthly = 'formMonthlyNeedsDay';
  if (given.minimumFen !== null && given.remainingFen !== null && given.minimumFen > given.remainingFen)
    mistakes.minimum = 'formMinimumMore';
  return { given, mistakes };
}
