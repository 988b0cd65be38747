/** One handler for every message of our own pages. */
import { acknowledge, act } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { viewOf } from '../app/view.ts';
import type { OwnMessage, Replies } from '../messages/own.ts';

export async function answer(ports: Ports, message: OwnMessage, pass: () => Promise<void>): Promise<Replies[OwnMessage['do']]> {
  switch (message.do) {
    case 'status':
      return viewOf(ports);
    case 'check':
      await pass();
      return { ok: true };
    case 'rules':
      // What the old rules still owe is delivered first: the new ones promise only from now on.
      await pass();
      await ports.store.saveRules({ ...message.rules, since: ports.clock.now() });
      await pass();
      return { ok: true };
    case 'acknowledge': {
      const ok = await acknowledge(ports, message.billId);
      await pass();
      return { ok };
    }
    default: {
      const ok = await act(ports, message);
      await pass();
      return { ok };
    }
  }
}
