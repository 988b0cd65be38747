/** How far the owner got on the first page of all: it is opened by itself once, and goes on where it was left. */
import { type Instant, isInstant } from './day.ts';

export const WELCOME_STEPS = ['promise', 'notice', 'days', 'bills', 'done'] as const;
export type WelcomeStep = (typeof WELCOME_STEPS)[number];

export interface Welcome {
  readonly step: WelcomeStep;
  readonly at: Instant;
}

/** A damaged row was written by a first page all the same: that page is not opened by itself again. */
export function soundWelcome(raw: unknown): Welcome | null {
  if (raw === undefined) return null;
  const { step, at } = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<Welcome>;
  return {
    step: WELCOME_STEPS.find((each) => each === step) ?? 'promise',
    at: isInstant(at) ? at : 0,
  };
}
