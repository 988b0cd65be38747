/** A value on the page that can be pointed at, as the overlay sees it. */
import type { Day } from '../../core/day.ts';
import type { Fen } from '../../core/money.ts';
import type { ReadBill } from '../../core/reading.ts';
import type { RecipeDraft } from '../../core/recipe.ts';
import type { Words } from '../../i18n/words.ts';

export const STEPS = ['dueDay', 'remaining', 'minimum'] as const;
export type Step = (typeof STEPS)[number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Choice {
  readonly key: string;
  readonly value: { readonly kind: 'day'; readonly day: Day } | { readonly kind: 'amount'; readonly fen: Fen };
  /** The words beside it, as the recipe would keep them; empty: it could not be found again. */
  readonly words: string;
  /** Where it stands on the screen now; null when it is not shown. */
  readonly box: () => Box | null;
  readonly isIn: (element: Element) => boolean;
  readonly scrollTo: () => void;
}

/** What the owner pointed at; null: skipped. */
export type Picked = Readonly<Record<Step, Choice | null>>;

export interface Attempt {
  readonly recipe: RecipeDraft;
  /** What the recipe reads on this page; empty unless what was pointed at is among it. */
  readonly bills: readonly ReadBill[];
}

export function valueText({ value }: Choice, words: Words): string {
  return value.kind === 'day' ? words.fullDay(value.day) : words.amount(value.fen);
}
