/** When the owner wants to be reminded. Hours count from midnight in `zone`; fractions are minutes (10.5 = 10:30). */
import { type Instant, SHANGHAI } from './day.ts';

export interface Quiet {
  /** Hour of the day at which silence begins and ends; `fromHour > toHour` runs over midnight. */
  readonly fromHour: number;
  readonly toHour: number;
}

export interface Rules {
  /** Days before the due day, each with one notice at `beforeHour`. */
  readonly leadDays: readonly number[];
  readonly beforeHour: number;
  /** Slots of the due day itself. */
  readonly dueHours: readonly number[];
  /** One notice a day while overdue. */
  readonly overdueHour: number;
  readonly quiet: Quiet | null;
  /** IANA name of the zone whose clock the hours are read on. Due days are always Asia/Shanghai. */
  readonly zone: string;
  /** When these rules were saved: what they would have promised before that day is not owed. */
  readonly since: Instant;
  /** The quiet hours until then: what they still held back is owed under these rules too. */
  readonly quietBefore?: Quiet | null;
  /** False: the days before keep their hour, and none is added, whatever the ledger tells of the owner's habits. */
  readonly adapts?: boolean;
}

/** A notice this long before is the earliest that rules may ask for. */
export const MOST_LEAD_DAYS = 60;

/** What one bill may have of its own; quiet hours and zone are the person's. */
export type BillRules = Pick<Rules, 'leadDays' | 'beforeHour' | 'dueHours' | 'overdueHour'>;

export const DEFAULT_RULES: Rules = {
  leadDays: [7, 3, 1],
  beforeHour: 10,
  dueHours: [10, 18, 21],
  overdueHour: 10,
  quiet: null,
  zone: SHANGHAI,
  since: 0,
};
