/** One handler for every message of our own pages. */
import { act } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { answerSelfTest, startSelfTest } from '../app/self-test.ts';
import { importRecipe } from '../app/teach-site.ts';
import { viewOf } from '../app/view.ts';
import type { OwnMessage, Replies } from '../messages/own.ts';
import type { Recipe } from '../sites/taught/recipe.ts';
import { refreshTaught, wantTeaching } from './teaching.ts';

export async function answer(
  ports: Ports,
  message: OwnMessage,
  pass: () => Promise<void>,
): Promise<Replies[OwnMessage['do']]> {
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
    case 'act': {
      const ok = await act(ports, message.act);
      await pass();
      return { ok };
    }
    case 'self-test': {
      const at = await startSelfTest(ports);
      await pass();
      return { at };
    }
    case 'self-test-seen':
      await answerSelfTest(ports, message.wasSeen);
      return { ok: true };
    case 'teach':
      await wantTeaching(ports, message.tabId, message.origin);
      return { ok: true };
    case 'recipes':
      for (const recipe of message.recipes) await importRecipe(ports, recipe as Recipe);
      await refreshTaught(ports);
      return { ok: true };
    case 'recipe-remove':
      await ports.store.removeRecipe(message.id);
      await refreshTaught(ports);
      return { ok: true };
  }
}
