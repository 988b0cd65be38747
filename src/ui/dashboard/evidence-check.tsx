/** Was an exported file changed since? */
import { useState } from 'preact/hooks';
import type { EvidenceCheck } from '../../core/evidence-chain.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';

export function EvidenceCheckPanel({ words, ask }: { readonly words: Words; readonly ask: Ask }) {
  const [found, setFound] = useState<EvidenceCheck | null>(null);
  const check = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const result = await file
      .text()
      .then((text) => ask({ do: 'evidence-check', text }))
      .catch(() => null); // too large to be one of ours, or gone meanwhile
    setFound(result ?? { kind: 'unreadable' });
  };
  return (
    <section class="no-print" aria-labelledby="evidence-check">
      <h3 id="evidence-check">{words.say('evidenceCheck')}</h3>
      <p class="quiet">{words.say('evidenceCheckText')}</p>
      <label class="file">
        {words.say('evidenceCheckFile')}
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => void check(event.currentTarget.files?.[0])}
        />
      </label>
      <p role="status" class="address">
        {found && said(found, words)}
      </p>
    </section>
  );
}

function said(found: EvidenceCheck, words: Words): string {
  switch (found.kind) {
    case 'whole':
      return words.say('evidenceCheck_whole', String(found.count), found.finalHash);
    case 'broken':
      return words.say('evidenceCheck_broken', String(found.n));
    case 'newer':
      return words.say('evidenceCheck_newer', String(found.version));
    case 'unreadable':
      return words.say('evidenceCheck_unreadable');
  }
}
