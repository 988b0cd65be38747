/** Content script → background. Untrusted: the sender is checked once, the payload is parsed, nothing else is believed. */
import * as z from 'zod/mini';
import type { MaskedPhone } from '../core/contact.ts';
import { FAMILIES, MOST_BILLS, type Reading, SOURCES } from '../core/reading.ts';
import { fen, filled, parserOf, readFields, text } from './fields.ts';

const bill = z.strictObject({
  ...readFields,
  family: z.enum(FAMILIES),
  key: filled(120),
  dueDayIs: z.enum(['stated', 'estimated']),
  instalmentFen: z.optional(fen),
  source: z.enum(SOURCES),
});

const reading = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bills'),
    bills: z.array(bill).check(z.maxLength(MOST_BILLS)),
    covered: z.array(z.enum(FAMILIES)),
    accountMarker: z.nullable(text(200)),
    paidKeys: z.optional(z.array(filled(120)).check(z.maxLength(MOST_BILLS))),
  }),
  z.strictObject({ kind: z.literal('signed-out') }),
  z.strictObject({ kind: z.literal('no-account') }),
  z.strictObject({ kind: z.literal('no-access'), why: filled(40) }),
  z.strictObject({
    kind: z.literal('unreadable'),
    why: z.enum([
      'layout-unknown',
      'answer-refused',
      'answer-not-json',
      'amounts-hidden',
      'page-too-large',
      'still-loading',
      'challenge',
    ]),
  }),
]);

export interface PageMessage {
  readonly from: 'page';
  readonly siteId: string;
  readonly reading: Reading;
}

export const parsePageMessage = parserOf<PageMessage>(
  z.strictObject({ from: z.literal('page'), siteId: filled(40), reading }),
);

/** This page may show a bill: the readers are put into the tab of the sender. */
export const parseReadersMessage = parserOf(z.strictObject({ from: z.literal('page'), do: z.literal('readers') }));

/** From a page that shows the bound number, and never more than seven digits of it. */
export interface ContactMessage {
  readonly from: 'contact';
  /** Null: the page showed no number under its label. */
  readonly phone: MaskedPhone | null;
}

export const parseContactMessage = parserOf<ContactMessage>(
  z.strictObject({
    from: z.literal('contact'),
    phone: z.nullable(
      z.strictObject({
        first: z.string().check(z.regex(/^1\d{2}$/)),
        last: z.string().check(z.regex(/^\d{4}$/)),
      }),
    ),
  }),
);
