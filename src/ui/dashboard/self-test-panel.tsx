/** A real reminder in one minute, the question whether it was seen, and what to check when it was not. */
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { DashboardProps } from './dashboard.tsx';

/** The notice may come this much after its moment before it counts as missing. */
const GRACE_MS = 30_000;

export function SelfTestPanel({ view, words, now, ask }: DashboardProps) {
  const test = view.selfTest;
  const waiting = test !== null && test.wasSeen === null && now < test.at;
  const delivered = view.entries.some(
    (entry) => entry.kind === 'self-test' && entry.plannedAt === test?.at && entry.outcome === 'accepted',
  );
  const asked = test !== null && test.wasSeen === null && now >= test.at;
  return (
    <section aria-labelledby="self-test">
      <h3 id="self-test">{words.say('selfTest')}</h3>
      <p class="quiet">{words.say('selfTestText')}</p>
      <button type="button" class="main" disabled={waiting} onClick={() => void ask({ do: 'self-test' })}>
        {words.say('selfTestStart')}
      </button>
      <div role="status">
        {waiting && <p>{words.say('selfTestWaiting', words.moment(test.at))}</p>}
        {asked && !delivered && now > test.at + GRACE_MS && <p class="remark">{words.say('selfTestNotDelivered')}</p>}
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
        {test?.wasSeen === false && <Guidance words={words} />}
      </div>
    </section>
  );
}

function Guidance({ words }: Pick<DashboardProps, 'words'>) {
  const checks: MessageKey[] = ['guideBrowser', systemGuide(navigator.userAgent), 'guideChannel'];
  return (
    <>
      <p class="remark">{words.say('selfTestBad')}</p>
      <ul>
        {checks.map((key) => (
          <li key={key}>{words.say(key)}</li>
        ))}
      </ul>
    </>
  );
}

/** Facts/platform.md §1.3: each system hides notices in its own way, and none of them tells the browser. */
function systemGuide(userAgent: string): MessageKey {
  if (/Mac/.test(userAgent)) return 'guideMac';
  return /Windows/.test(userAgent) ? 'guideWindows' : 'guideLinux';
}
