/** What comes next, and what stands in the way of it: the same on every page that promises a reminder. */
import type { KnownHealth } from '../../app/health.ts';
import type { Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';

interface HealthSaidProps {
  readonly health: KnownHealth;
  readonly words: Words;
}

export function Warnings({ health, words }: HealthSaidProps) {
  const warnings = warningsOf(health, words);
  if (warnings.length === 0) return null;
  return (
    <div class="warnings">
      {warnings.map((warning) => (
        <p class="remark" role="status" key={warning}>
          {warning}
        </p>
      ))}
    </div>
  );
}

export function nextReminderIn(health: KnownHealth, words: Words, now: Instant): string {
  if (typeof health === 'string') return words.say('popupNextReminder', '…');
  const at = health.nextReminderAt;
  if (at === null) return words.say('popupNoReminder');
  return words.say(at < now ? 'popupReminderBehind' : 'popupNextReminder', words.moment(at));
}

function warningsOf(health: KnownHealth, words: Words): string[] {
  if (health === 'silent') return [words.say('healthSilent')];
  if (health === 'asking') return [];
  const { isNotifying, isWriting, lost, failing, sync } = health;
  return [
    ...(isWriting ? [] : [words.say('healthNotWriting')]),
    ...(lost ? [words.say('healthLost')] : []),
    ...(isNotifying ? [] : [words.say('healthNoticesOff')]),
    ...failing.map(({ service, label }) => words.say('healthChannel', label || words.service(service))),
    ...(sync?.failingSince != null ? [words.say('healthSyncFailing', words.moment(sync.failingSince))] : []),
    ...(sync?.questions ? [words.say('healthSyncQuestion', String(sync.questions))] : []),
  ];
}
