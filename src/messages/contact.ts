/** From a page that shows the bound number → background. Untrusted, and never more than seven digits. */
import * as z from 'zod/mini';
import type { MaskedPhone } from '../core/contact.ts';

const contactMessage = z.strictObject({
  from: z.literal('contact'),
  phone: z.nullable(
    z.strictObject({
      first: z.string().check(z.regex(/^1\d{2}$/)),
      last: z.string().check(z.regex(/^\d{4}$/)),
    }),
  ),
});

export interface ContactMessage {
  readonly from: 'contact';
  /** Null: the page showed no number under its label. */
  readonly phone: MaskedPhone | null;
}

/** Null for anything that is not exactly such a message. */
export function parseContactMessage(raw: unknown): ContactMessage | null {
  const parsed = contactMessage.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
