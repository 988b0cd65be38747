/** Print, export, copy. */
import { useState } from 'preact/hooks';
import type { Evidence } from '../../core/evidence-chain.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { saveFile } from '../parts/save-file.ts';
import { paperText } from './evidence-paper.tsx';

export function EvidenceActs({ evidence, words }: { readonly evidence: Evidence | null; readonly words: Words }) {
  const [said, setSaid] = useState<MessageKey | null>(null);
  const exportFile = (): void => {
    if (evidence) saveFile(JSON.stringify(evidence, null, 2), words.say('evidenceFile'), 'application/json');
  };
  const copy = (): void => {
    if (!evidence) return;
    void navigator.clipboard.writeText(paperText(evidence, words)).then(
      () => setSaid('evidenceCopied'),
      () => setSaid('evidenceCopyFailed'),
    );
  };
  return (
    <div class="acts">
      <button type="button" class="main" disabled={!evidence} onClick={() => window.print()}>
        {words.say('evidencePrint')}
      </button>
      <button type="button" disabled={!evidence} onClick={exportFile}>
        {words.say('evidenceExport')}
      </button>
      <button type="button" disabled={!evidence} onClick={copy}>
        {words.say('evidenceCopy')}
      </button>
      <span role="status">{said && words.say(said)}</span>
    </div>
  );
}
