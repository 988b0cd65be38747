/** What a lender's pages or statements do differently. Data only; an unconfirmed profile changes nothing else. */
import type { Day } from '../../core/day.ts';
import type { Source } from '../../core/reading.ts';

export interface LabelProfile {
  readonly today: Day;
  /** Title of a bill whose month is not known. */
  readonly title: string;
  readonly dueAfterStatementDays: number | null;
  /**
   * True: debt is written as a negative number, a positive one is overpaid. False: a negative one is overpaid.
   * Absent: not known, so a negative number is unknown. A page that says （欠款为-） beside the label needs no profile.
   */
  readonly debtIsNegative?: boolean;
  readonly source?: Source;
}
