/**
 * Can this ntfy server take messages back? An older one ignores the sequence id and would ring twice, or three days later.
 * So nothing is published until its DELETE was understood (≥ 2.16 answers with a `message_delete` event, older ones 404);
 * then one message of the lowest priority is armed as far ahead as can be, seen waiting, cancelled, and seen gone.
 */
import type { Values } from '../../core/channel/fields.ts';
import type { Instant } from '../../core/day.ts';
import { type Asked, ask } from './ask.ts';
import type { Message } from './contract.ts';
import { objectOf } from './judge.ts';
import { ARM_AHEAD_MS, held, publish, remove } from './ntfy.ts';

type Tools = Parameters<typeof ask>[1] & { readonly now: () => Instant };

/** Null: could not be found out now (no answer, or a token that may not read the topic). */
export async function probeWithdraw(message: Message, values: Values, tools: Tools): Promise<boolean | null> {
  const told = async (asked: Asked) => {
    const answer = await ask(asked, tools);
    return answer.kind === 'answer' ? answer : { status: 0, text: '' };
  };
  const deletion = await told(remove(message.tag, values));
  if (deletion.status === 404 || deletion.status === 405) return false;
  const event = objectOf(deletion.text);
  if (deletion.status !== 200 || event?.event !== 'message_delete' || typeof event.time !== 'number') return null;

  const isHeld = async (since: number): Promise<boolean | null> => {
    const { status, text } = await told(held(since, values));
    if (status !== 200) return null;
    return text.split('\n').some((line) => {
      const each = objectOf(line);
      return each?.event === 'message' && each.sequence_id === message.tag;
    });
  };
  const armed = publish(message, values, tools.now() + ARM_AHEAD_MS);
  const reply = await told({ ...armed, body: { ...(armed.body as object), priority: 1, tags: [] } });
  // Taken back whatever the reply was: it may be held though its reply was lost.
  const before = reply.status === 200 ? await isHeld(event.time) : null;
  const cancelled = await told(remove(message.tag, values));
  const after = await isHeld(event.time);
  if (cancelled.status !== 200 || before === null || after === null) return null;
  return before && !after;
}
