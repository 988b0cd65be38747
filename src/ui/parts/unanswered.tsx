/** What was asked of the background and came to nothing, where the one who asked has no words of its own for it. */
import './bar.css';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../../i18n/words.ts';

export function Unanswered({ words }: { readonly words: Words }) {
  const [isSaid, setSaid] = useState(false);
  useEffect(() => {
    const say = (): void => setSaid(true);
    addEventListener('unhandledrejection', say);
    return () => removeEventListener('unhandledrejection', say);
  }, []);
  if (!isSaid) return null;
  return (
    <p class="bar trouble" role="alert">
      {words.say('popupNotDone')}
      <button type="button" aria-label={words.say('billRulesClose')} onClick={() => setSaid(false)}>
        ✕
      </button>
    </p>
  );
}
