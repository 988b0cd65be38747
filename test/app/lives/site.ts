/** The account as it truly is, and what a page shows of it: the life knows both, Duly only the second. */
import { addDays, type Day, dayFrom } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import { FAMILIES, type Family, type ReadBill, type Reading, SOURCES, type Source } from '../../../src/core/reading.ts';
import { billsReading, readBill, SITE } from '../../core/made-up.ts';
import type { Life, View } from './life.ts';

export interface Debt {
  readonly siteId: string;
  /** The title under which pages list it. */
  readonly name: string;
  readonly family: Family;
  readonly statementDay: Day | null;
  dueDay: Day;
  fen: number;
  key: string;
}

/** What one look at a page says of one debt. */
export interface Shown {
  readonly debt: Debt;
  readonly day: Day | null;
  readonly isEstimated: boolean;
  /** Null: the page does not say. */
  readonly fen: number | null;
  /** Of the reader, the most trusted first. */
  readonly rank: number;
  /** The site's own key under which it is listed; null where the page shows none. */
  readonly key: string | null;
  /** Told as paid, and not listed. */
  readonly isKeyOnly: boolean;
}

export interface Look {
  readonly reading: Extract<Reading, { kind: 'bills' }>;
  readonly shown: readonly Shown[];
  /** Something is owed, and the page says of which bill neither day nor name. */
  readonly hasNameless: boolean;
}

/** Titles of pages that show one bill without its month. */
export const NAMELESS = ['本期账单', '白条待还'];

const MONTHS = 4;

export function debtsOf({ statementDate, dueAfterDays, hasLoan, hasLongKeys, isSteady }: Life): Debt[] {
  const key = (text: string): string => (hasLongKeys ? `2026000000${text}` : text);
  const cards = Array.from({ length: MONTHS }, (_, month): Debt => {
    const statementDay = dayFrom(2026, 8 + month, statementDate)!;
    return {
      siteId: SITE,
      name: `白条${8 + month}月账单`,
      family: 'issued',
      statementDay,
      dueDay: addDays(statementDay, dueAfterDays),
      fen: 50_000 + (isSteady ? 0 : month * 7000),
      key: key(`100${month}`),
    };
  });
  const terms = Array.from({ length: hasLoan ? 3 : 0 }, (_, term): Debt => {
    const dueDay = dayFrom(2026, 9 + term, 20)!;
    const name = `金条第${term + 1}期`;
    return { siteId: SITE, name, family: 'loan', statementDay: null, dueDay, fen: 12_000, key: key(`700${term}`) };
  });
  return [...cards, ...terms];
}

/** A page of the account, opened on `today`. */
export function look(debts: readonly Debt[], view: View, today: Day, isNamed: boolean, life: Life): Look {
  const cards = debts.filter(({ family }) => family === 'issued');
  const issued = cards.filter(({ statementDay }) => statementDay! <= today);
  const unissued = cards.find(({ statementDay }) => statementDay! > today);
  const terms = debts.filter(({ family, dueDay }) => family === 'loan' && dueDay <= addDays(today, 45));
  const current = issued.at(-1)!;
  const isOwed = ({ fen }: Debt): boolean => fen > 0;
  const page = (source: Source, covered: readonly Family[] = []) => {
    const bills: ReadBill[] = [];
    const shown: Shown[] = [];
    const list = (debt: Debt, part: Partial<ReadBill> = {}): void => {
      const { family, key, name: title, dueDay, statementDay } = debt;
      const remainingFen = debt.fen as Fen;
      const bill = readBill({
        ...{ family, key, title, dueDay, statementDay, remainingFen, source },
        ...{ totalFen: null, minimumFen: null, standing: remainingFen > 0 ? 'open' : 'settled' },
        ...part,
      });
      bills.push(bill);
      if (part.title !== undefined && bill.dueDay === null) return;
      const isEstimated = bill.dueDayIs === 'estimated';
      const rank = SOURCES.indexOf(source);
      const shownKey = bill.key === key ? key : null;
      shown.push({
        debt,
        day: bill.dueDay,
        isEstimated,
        fen: bill.remainingFen,
        rank,
        key: shownKey,
        isKeyOnly: false,
      });
    };
    const done = (hasNameless = false, paidKeys?: readonly string[]): Look => ({
      reading: {
        ...billsReading(bills, covered),
        accountMarker: isNamed ? 'me' : null,
        ...(paidKeys && { paidKeys }),
      },
      shown,
      hasNameless,
    });
    return { list, done, shown };
  };
  const listUnissued = (list: (debt: Debt, part?: Partial<ReadBill>) => void): void => {
    if (!unissued) return;
    const dueDay = addDays(unissued.dueDay, life.estimateOffDays);
    const key = `statement:${unissued.statementDay}`;
    list(unissued, { family: 'unissued', key, dueDay, dueDayIs: 'estimated' });
  };
  switch (view) {
    case 'full': {
      const { list, done } = page('responses', FAMILIES);
      for (const debt of [...issued, ...terms]) list(debt);
      listUnissued(list);
      return done();
    }
    case 'open-only': {
      const { list, done } = page('responses', FAMILIES);
      for (const debt of [...issued, ...terms].filter(isOwed)) list(debt);
      listUnissued(list);
      return done();
    }
    case 'issued': {
      const { list, done } = page('responses', ['issued']);
      for (const debt of issued) list(debt);
      return done();
    }
    case 'paid-keys': {
      const { list, done, shown } = page('responses', ['issued']);
      for (const debt of issued.filter(isOwed)) list(debt);
      const paid = [...issued, ...terms].filter((debt) => !isOwed(debt));
      for (const debt of paid)
        shown.push({ debt, day: null, isEstimated: false, fen: 0, rank: 0, key: debt.key, isKeyOnly: true });
      return done(
        false,
        paid.map(({ key }) => key),
      );
    }
    case 'detail': {
      const { list, done } = page('responses');
      const open = issued.find(isOwed);
      if (open) list(open);
      return done();
    }
    case 'labels':
    case 'labels-plain': {
      const { list, done } = page('labels');
      for (const debt of issued.slice(-3))
        list(debt, { key: `due:${debt.dueDay}`, ...(view === 'labels-plain' && { statementDay: null }) });
      return done();
    }
    case 'statement-days': {
      const { list, done } = page('labels');
      for (const debt of issued.slice(-3)) list(debt, { key: `statement:${debt.statementDay}`, dueDay: null });
      return done();
    }
    case 'h5':
    case 'taught': {
      const { list, done } = page(view === 'h5' ? 'embedded' : 'taught');
      list(current, { key: `due:${current.dueDay}`, title: NAMELESS[0]!, statementDay: null });
      return done();
    }
    case 'overview': {
      const { list, done } = page('embedded');
      if (!isOwed(current)) return done();
      list(current, { key: 'current', title: NAMELESS[0]!, dueDay: null, statementDay: null });
      return done(true);
    }
    case 'sum': {
      const { list, done } = page('labels');
      const sum = issued.reduce((total, { fen }) => total + fen, 0);
      if (sum === 0) return done();
      const remainingFen = sum as Fen;
      list(current, { key: 'sum:baitiao', title: NAMELESS[1]!, dueDay: null, statementDay: null, remainingFen });
      return done(true);
    }
    case 'dayless': {
      const { list, done } = page('responses');
      for (const debt of issued) list(debt, { dueDay: null });
      return done();
    }
    case 'amountless': {
      const { list, done } = page('responses', ['issued']);
      for (const debt of issued) list(debt, { remainingFen: null, standing: 'unknown' });
      return done();
    }
    case 'doubtful': {
      const { list, done } = page('responses');
      for (const debt of issued.filter(isOwed)) {
        const later = { source: 'labels' as const, value: addDays(debt.dueDay, 3) };
        list(debt, { doubts: [{ field: 'dueDay', values: [{ source: 'responses', value: debt.dueDay }, later] }] });
      }
      return done();
    }
  }
}
