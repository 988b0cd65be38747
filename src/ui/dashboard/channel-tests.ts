/** Test messages on this page: what each channel answered, and what the owner saw of it. */
import { useState } from 'preact/hooks';
import type { Ask } from '../../messages/own.ts';

export type TestState =
  | { readonly kind: 'sending' | 'accepted' | 'seen' | 'unseen' | 'no-answer' }
  | { readonly kind: 'failed'; readonly code: string };

export interface Tests {
  readonly of: (id: string) => TestState | null;
  readonly run: (id: string) => void;
  readonly answer: (id: string, wasSeen: boolean) => void;
}

export function useTests(ask: Ask): Tests {
  const [states, setStates] = useState<Readonly<Record<string, TestState>>>({});
  const set = (id: string, state: TestState): void => setStates((all) => ({ ...all, [id]: state }));
  // The background did not answer: the owner may try again.
  const failed = (id: string) => (): void => set(id, { kind: 'no-answer' });
  return {
    of: (id) => states[id] ?? null,
    run: (id) => {
      set(id, { kind: 'sending' });
      void ask({ do: 'channel-test', id }).then((tested) => set(id, tested), failed(id));
    },
    answer: (id, wasSeen) => {
      set(id, { kind: wasSeen ? 'seen' : 'unseen' });
      void ask({ do: 'channel-seen', id, wasSeen }).then(
        ({ ok }) => ok || set(id, { kind: 'failed', code: 'channel-gone' }),
        failed(id),
      );
    },
  };
}
