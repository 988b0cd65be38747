/** The store does not open: what happened, what is kept, what to do, and the two ways on from here. */
import type { Words } from '../../i18n/words.ts';

interface StoreTroubleProps {
  readonly words: Words;
  readonly error: unknown;
  readonly openBills: () => void;
}

export function StoreTrouble({ words, error, openBills }: StoreTroubleProps) {
  return (
    <section class="trouble store">
      <h1>{words.say('extensionName')}</h1>
      <p role="alert">{words.say('popupError', error instanceof Error ? error.name : 'unknown')}</p>
      <p class="acts">
        <button type="button" class="main" onClick={() => location.reload()}>
          {words.say('actionAgain')}
        </button>
        <button type="button" onClick={() => openBills()}>
          {words.say('welcomeOpenBills')}
        </button>
      </p>
    </section>
  );
}
