/** A claim about cost, measured: one line of `npm run bench`. */
export interface Row {
  /** What is measured. */
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What it is compared with, in the same unit: the least that could be (floor), or another program (peer). */
  readonly against: { readonly kind: 'floor' | 'peer'; readonly name: string; readonly figure: number };
  /** The largest ratio of figure to `against` that keeps the claim; null for a figure that claims nothing. */
  readonly aim: number | null;
}

export interface Bench {
  readonly name: string;
  /** `quick` measures in seconds: fewer rounds, smaller data. The chrome build is there. */
  readonly measure: (quick: boolean, asked?: BenchOptions) => Promise<readonly Row[]>;
  /** It needs no build of the extension. */
  readonly isPure?: boolean;
}

/** What may be asked of the simulation of habits. */
export interface BenchOptions {
  readonly population?: string | undefined;
  readonly people?: string | undefined;
}
