/** What the background says of its health, for the pages that show it. */
import type { KnownHealth } from '../app/health.ts';
import type { Ask } from '../messages/own.ts';

export function watchHealth(ask: Ask, redraw: () => void) {
  let known: KnownHealth = 'asking';
  const learn = (answer: KnownHealth): void => {
    known = answer;
    redraw();
  };
  return {
    get known() {
      return known;
    },
    /** Never rejects. */
    look: (): Promise<void> =>
      ask({ do: 'health' }).then(
        (answer) => learn(answer ?? 'silent'),
        () => learn('silent'),
      ),
  };
}
