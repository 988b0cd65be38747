/** What Duly does and never does, and what being late may cost: with the owner's own numbers as soon as they are known. */
import type { WelcomeView } from '../../app/welcome.ts';
import { hasKnownRate, LATE_BASIS_POINTS, lateCost } from '../../core/cost.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

const DOES: readonly MessageKey[] = ['welcomeDoes_read', 'welcomeDoes_remind', 'welcomeDoes_record'];
const NEVER: readonly MessageKey[] = ['welcomeNever_send', 'welcomeNever_secrets', 'welcomeNever_pay'];

export function Promises({ words }: { readonly words: Words }) {
  return (
    <div class="promises">
      <List title="welcomeDoes" keys={DOES} words={words} />
      <List title="welcomeNever" keys={NEVER} words={words} />
    </div>
  );
}

function List({ title, keys, words }: { title: MessageKey; keys: readonly MessageKey[]; words: Words }) {
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{words.say(title)}</h2>
      <ul>
        {keys.map((key) => (
          <li key={key}>{words.say(key)}</li>
        ))}
      </ul>
    </section>
  );
}

const EXAMPLE = fen(100_000);
const DAYS = 30;

export function Risk({ view: { bill }, words }: { readonly view: Pick<WelcomeView, 'bill'>; readonly words: Words }) {
  const owed = bill?.remainingFen ?? null;
  const isOwn = bill !== null && owed !== null && hasKnownRate(bill.siteId);
  const [low, high] = rangeOf(isOwn ? owed : EXAMPLE, words);
  if (bill && !isOwn) return <p class="risk">{words.say('noticeLateMark')}</p>;
  return (
    <div class="risk">
      <p>
        {isOwn
          ? words.say('welcomeRiskOwn', `\u2068${bill.title}\u2069`, words.amount(owed), String(DAYS), low, high)
          : words.say('welcomeRiskExample', words.amount(EXAMPLE), String(DAYS), low, high)}
      </p>
      <p class="quiet">{words.say('welcomeRiskCredit')}</p>
    </div>
  );
}

function rangeOf(owedFen: Fen, words: Words): [string, string] {
  const cost = (basisPoints: number): string => words.amount(lateCost(owedFen, basisPoints, DAYS));
  return [cost(LATE_BASIS_POINTS.low), cost(LATE_BASIS_POINTS.high)];
}
