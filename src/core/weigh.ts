/** Two readings of one bill, from readers that are not trusted alike: which is believed, and what is doubted. */
import type { Bill } from './bill.ts';
import type { Fen } from './money.ts';
import { type Doubt, type ReadBill, SOURCES, type Source } from './reading.ts';

type Field = Doubt['field'];
type Said = Doubt['values'][number];

export interface Weighed {
  readonly doubts: readonly Doubt[];
  readonly source: Source;
  /** Fields in which this reading contradicts a more trusted one. */
  readonly disagrees: readonly Field[];
  /** What stays owed although this reading, the less trusted one, says that nothing is; null: an unknown amount. */
  readonly owedFen?: Fen | null;
}

const COMPARED = ['dueDay', 'totalFen', 'remainingFen', 'minimumFen'] as const;

/** A less trusted reading is believed beside the more trusted one, never over it; the next more trusted one decides. */
export function weighed(known: Bill, seen: ReadBill, keepsDay: boolean): Weighed {
  const trusted = mostTrusted([known.source, ...known.doubts.flatMap(({ values }) => values.map(sourceOf))]);
  const above = (field: Field): Said | undefined => {
    const kept = known.doubts.filter((doubt) => doubt.field === field).flatMap(({ values }) => values);
    const value = known[field];
    const said = kept.length > 0 || value === null ? kept : [{ source: trusted, value }];
    const source = mostTrusted(said.map(sourceOf));
    return rank(source) < rank(seen.source) ? said.find((one) => one.source === source) : undefined;
  };
  const isSilent = (field: Field): boolean =>
    field === 'dueDay' ? keepsDay : field === 'standing' ? seen.standing === 'unknown' : seen[field] === null;
  const contradicted = COMPARED.flatMap((field): Doubt[] => {
    const [upper, value] = [above(field), seen[field]];
    if (!upper || value === null || isSilent(field) || upper.value === value) return [];
    if (field === 'dueDay' && (known.dueDayIs === 'estimated' || seen.dueDayIs === 'estimated')) return [];
    const own = seen.doubts.find((doubt) => doubt.field === field)?.values ?? [{ source: seen.source, value }];
    return [{ field, values: [upper, ...own] }];
  });
  const amount = above('remainingFen');
  const owedFen = typeof amount?.value === 'number' && amount.value > 0 ? (amount.value as Fen) : null;
  const standing = above('standing');
  const open = owedFen !== null ? amount : amount === undefined && standing?.value === 'open' ? standing : undefined;
  const holds = open !== undefined && isFree(seen);
  if (holds && (owedFen === null || seen.remainingFen === null)) {
    const values = [
      { source: open.source, value: 'open' },
      { source: seen.source, value: 'settled' },
    ];
    contradicted.push({ field: 'standing', values });
  }
  const disagrees = contradicted.map(({ field }) => field);
  const own = seen.doubts.filter(({ field }) => !disagrees.includes(field));
  const kept = known.doubts.filter(
    ({ field }) => isSilent(field) && !disagrees.includes(field) && !own.some((doubt) => doubt.field === field),
  );
  return {
    doubts: [...own, ...kept, ...contradicted],
    source: disagrees.length > 0 ? seen.source : mostTrusted([seen.source, kept.length > 0 ? known.source : trusted]),
    disagrees,
    ...(holds && { owedFen }),
  };
}

/** A zero that one reader doubts is still owed: the larger amount stands. */
export function wary(bill: Bill): Bill {
  const values = bill.doubts
    .filter(({ field }) => field === 'remainingFen' || field === 'standing')
    .flatMap((doubt) => doubt.values.map(({ value }) => value));
  const most = Math.max(0, ...values.map((value) => (Number.isSafeInteger(value) ? Number(value) : 0)));
  if (!isFree(bill) || (most === 0 && !values.includes('open'))) return bill;
  return { ...bill, remainingFen: most > 0 ? (most as Fen) : null, standing: 'open' };
}

function isFree({ remainingFen, standing }: Pick<ReadBill, 'remainingFen' | 'standing'>): boolean {
  return remainingFen === null ? standing === 'settled' : remainingFen === 0;
}

function sourceOf({ source }: Said): Source {
  return source;
}

function rank(source: Source): number {
  return SOURCES.indexOf(source);
}

function mostTrusted(sources: readonly Source[]): Source {
  return SOURCES.find((source) => sources.includes(source)) ?? 'hand';
}
