/** "我没有收到这条提醒" of a ledger entry: said, taken back, and answered with what is known of it. */
import { useState } from 'preact/hooks';
import { type KnownOfEntry, knownOf } from '../../core/missed.ts';
import type { LedgerEntry } from '../../core/reminder/reminder.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';

interface MissedButtonProps {
  readonly entry: LedgerEntry;
  readonly words: Words;
  readonly ask: Ask;
}

export function MissedButton({ entry, words, ask }: MissedButtonProps) {
  const [isFailed, setFailed] = useState(false);
  const isMissed = entry.missedAt !== undefined;
  const say = (): void => {
    const asked = ask({ do: 'missed', billId: entry.billId, entryId: entry.id, isMissed: !isMissed });
    void asked.then(
      ({ ok }) => setFailed(!ok),
      () => setFailed(true),
    );
  };
  const name = words.say('missedSayOf', words.moment(entry.plannedAt), words.kind(entry.kind));
  return (
    <>
      <button type="button" aria-label={isMissed ? undefined : name} onClick={say}>
        {words.say(isMissed ? 'missedUndo' : 'missedSay')}
      </button>
      {isFailed && <p role="alert">{words.say('missedFailed')}</p>}
    </>
  );
}

interface MissedRowProps {
  readonly entry: LedgerEntry;
  readonly words: Words;
  readonly columns: number;
}

export function MissedRow({ entry, words, columns }: MissedRowProps) {
  if (entry.missedAt === undefined) return null;
  return (
    <tr>
      <td colSpan={columns}>
        <div class="remark" role="status">
          <p>{words.say('missedDone', words.moment(entry.missedAt))}</p>
          <ul class="also">
            {knownOf(entry).map((known) => {
              const said = saidOf(known, words);
              return <li key={said}>{said}</li>;
            })}
          </ul>
        </div>
      </td>
    </tr>
  );
}

const HINTS = {
  focus: 'missedHint_focus',
  'browser-notices': 'missedHint_browserNotices',
  'phone-app': 'missedHint_phoneApp',
  'keep-open': 'missedHint_keepOpen',
  channel: 'missedHint_channel',
} as const;

function saidOf(known: KnownOfEntry, words: Words): string {
  const { say } = words;
  switch (known.kind) {
    case 'accepted':
      return say(known.isDesktop ? 'missedKnown_acceptedDesktop' : 'missedKnown_accepted', words.fullMoment(known.at));
    case 'failed':
      return say('missedKnown_failed', String(known.times), words.failure(known.code ?? ''));
    case 'no-answer':
      return say('missedKnown_noAnswer');
    case 'armed':
      return say('missedKnown_armed');
    case 'withdrawn':
      return say('missedKnown_withdrawn');
    case 'late':
      return say('missedKnown_late', words.span(known.lateMs), words.late(known.why));
    case 'seen':
      return say('missedKnown_seen', say(`seen_${known.seen}`), words.fullMoment(known.at));
    case 'hint':
      return say(HINTS[known.hint]);
  }
}
