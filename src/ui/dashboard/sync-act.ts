/** One thing asked of the background at a time; what it refused is said in words, and nothing that was typed is lost. */
import { useState } from 'preact/hooks';
import type { SyncAnswer } from '../../app/sync-ports.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export interface SyncAct {
  readonly busy: MessageKey | null;
  readonly trouble: string | null;
  /** The code of the last refusal. */
  readonly refusal: string | null;
  /** True when it was done. */
  run(doing: MessageKey, work: () => Promise<SyncAnswer>): Promise<SyncAnswer | null>;
  say(trouble: string | null): void;
}

export function useSyncAct(words: Words): SyncAct {
  const [busy, setBusy] = useState<MessageKey | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    busy,
    trouble,
    refusal,
    say: (text) => {
      setTrouble(text);
      setRefusal(null);
    },
    run: async (doing, work) => {
      setBusy(doing);
      setTrouble(null);
      setRefusal(null);
      try {
        const answer = await work();
        if (answer.kind === 'done') return answer;
        setTrouble(words.failure(answer.code));
        setRefusal(answer.code);
        return null;
      } catch {
        // The background did not answer: nobody knows how far it came, the page shows it.
        setTrouble(words.say('syncNoAnswer'));
        return null;
      } finally {
        setBusy(null);
      }
    },
  };
}
