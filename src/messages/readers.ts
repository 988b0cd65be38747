/** Content script → background: this page may show a bill, put the readers into it. Untrusted: it is put into the sender's tab. */
import * as z from 'zod/mini';

const readersMessage = z.strictObject({ from: z.literal('page'), do: z.literal('readers') });

export function isReadersMessage(raw: unknown): boolean {
  return readersMessage.safeParse(raw).success;
}
