/** A real reminder in one minute, the question whether it was seen, and what to check when it was not. */
import type { SelfTest } from '../../app/ports.ts';
import type { Instant } from '../../core/day.ts';
import type { LedgerEntry } from '../../core/reminder/reminder.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';

/** The notice may come this much after its moment before it counts as missing. */
const GRACE_MS = 30_000;

interface SelfTestPanelProps {
  readonly view: { readonly selfTest: SelfTest | null; readonly entries: readonly LedgerEntry[] };
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  /** Of its heading, on the page that it stands on. */
  readonly level?: 2 | 3;
}

export function SelfTestPanel({ view, words, now, ask, level = 3 }: SelfTestPanelProps) {
  const Heading = `h${level}` as const;
  const test = view.selfTest;
  const waiting = test !== null && test.wasSeen === null && now < test.at;
  const own = view.entries.filter(({ kind, plannedAt }) => kind === 'self-test' && plannedAt === test?.at);
  const delivered = own.some(({ outcome }) => outcome === 'accepted');
  const failure = own.find(({ outcome }) => outcome === 'failed')?.failure ?? null;
  const asked = test !== null && test.wasSeen === null && now >= test.at;
  const isMissing = asked && !delivered && (failure !== null || now > test.at + GRACE_MS);
  return (
    <section aria-labelledby="self-test">
      <Heading id="self-test">{words.say('selfTest')}</Heading>
      <p class="quiet">{words.say('selfTestText')}</p>
      {/* Not disabled: that would take the focus away for the minute. */}
      <button
        type="button"
        class="main"
        aria-disabled={waiting}
        onClick={() => waiting || void ask({ do: 'self-test' })}
      >
        {words.say('selfTestStart')}
      </button>
      <div role="status">
        {waiting && <p>{words.say('selfTestWaiting', words.moment(test.at))}</p>}
        {isMissing && (
          <>
            <p class="remark">
              {failure === null
                ? words.say('selfTestNotDelivered')
                : words.say('selfTestFailed', words.failure(failure))}
            </p>
            <Guidance words={words} />
          </>
        )}
        {asked && delivered && (
          <p class="acts">
            {words.say('selfTestAsk')}{' '}
            <button type="button" onClick={() => void ask({ do: 'self-test-seen', wasSeen: true })}>
              {words.say('selfTestYes')}
            </button>
            <button type="button" onClick={() => void ask({ do: 'self-test-seen', wasSeen: false })}>
              {words.say('selfTestNo')}
            </button>
          </p>
        )}
        {test?.wasSeen === true && <p>{words.say('selfTestGood')}</p>}
        {test?.wasSeen === false && (
          <>
            <p class="remark">{words.say('selfTestBad')}</p>
            <Guidance words={words} />
          </>
        )}
      </div>
    </section>
  );
}

function Guidance({ words }: Pick<SelfTestPanelProps, 'words'>) {
  const checks: MessageKey[] = ['guideBrowser', systemGuide(navigator.userAgent), 'guideChannel'];
  return (
    <ul class="checks">
      {checks.map((key) => (
        <li key={key}>{words.say(key)}</li>
      ))}
    </ul>
  );
}

/** Facts/platform.md §1.3: each system hides notices in its own way, and none of them tells the browser. */
function systemGuide(userAgent: string): MessageKey {
  if (/Mac/.test(userAgent)) return 'guideMac';
  return /Windows/.test(userAgent) ? 'guideWindows' : 'guideLinux';
}
