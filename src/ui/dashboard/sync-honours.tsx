/** What the server was found to do at set-up, one line each. */
import type { SyncHonours as Honours } from '../../core/sync-setting.ts';
import type { Words } from '../../i18n/words.ts';

const EACH = ['readsBack', 'createsOnce', 'checksMatch', 'hasTags'] as const;

export function SyncHonours({ honours, words }: { readonly honours: Honours; readonly words: Words }) {
  return (
    <details>
      <summary>{words.say('syncHonours')}</summary>
      <ul class="plain">
        {EACH.map((each) => (
          <li key={each}>
            {words.say(honours[each] ? 'syncHonoured' : 'syncNotHonoured', words.say(`syncHonours_${each}`))}
          </li>
        ))}
      </ul>
      <p class="quiet">{words.say('syncHonoursText')}</p>
    </details>
  );
}
