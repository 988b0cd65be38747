/** What a backup would change, before anything is written; and the owner's yes where it would end reminders. */
import { useState } from 'preact/hooks';
import type { ImportMode, OpenedBackup, PlannedChange } from '../../app/backup-ports.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';

const ENDS: readonly PlannedChange['what'][] = ['paid', 'settle', 'mute', 'delete'];
const ROWS_A_STEP = 50;

interface RestorePreviewProps {
  readonly opened: OpenedBackup & { readonly kind: 'opened' };
  readonly words: Words;
  readonly take: (mode: ImportMode, isAllowed: boolean) => void;
  readonly discard: () => void;
}

export function RestorePreview({ opened, words, take, discard }: RestorePreviewProps) {
  const [mode, setMode] = useState<ImportMode>('merge');
  const [isAllowed, setAllowed] = useState(false);
  const [shown, setShown] = useState(ROWS_A_STEP);
  const { say } = words;
  const plan = opened.plans[mode];
  const ends = plan.changes.filter(({ what }) => ENDS.includes(what)).length;
  const isAsked = mode === 'replace' || plan.asks;
  const choose = (next: ImportMode): void => {
    setMode(next);
    setAllowed(false);
  };
  const keys = plan.needKey.map(({ service, label }) => label || words.service(service)).join(words.say('listMark'));
  return (
    <section aria-label={say('backupPreview')}>
      <p>{say('backupFrom', words.fullMoment(opened.backup.exportedAt))}</p>
      <fieldset>
        <legend>{say('backupMode')}</legend>
        {(['merge', 'replace'] as const).map((each) => (
          <label class="check" key={each}>
            <input type="radio" name="backupMode" checked={mode === each} onChange={() => choose(each)} />
            {say(each === 'merge' ? 'backupMerge' : 'backupReplace')}
          </label>
        ))}
      </fieldset>
      <p>
        {say('backupCounts', String(plan.added), String(plan.changed), String(plan.same), String(plan.onlyHere))}{' '}
        {say(mode === 'merge' ? 'backupMergeNote' : 'backupReplaceNote')}
      </p>
      {opened.refused > 0 && <p>{say('backupRefused', String(opened.refused))}</p>}
      {plan.passedOver > 0 && <p>{say('backupPassedOver', String(plan.passedOver))}</p>}
      {keys !== '' && <p>{say('backupNeedKey', keys)}</p>}
      {plan.calendarNeedsPassword && <p>{say('backupCalendarPassword')}</p>}
      {plan.changes.length > 0 && (
        <Table names={[say('columnBill'), say('columnDueDay'), say('columnOwed'), say('importColumnResult')]}>
          {plan.changes.slice(0, shown).map(({ billId, title, dueDay, remainingFen, what }) => (
            <tr key={billId} class={ENDS.includes(what) ? 'late' : ''}>
              <th scope="row" class="title">
                {title}
              </th>
              <td>{words.fullDay(dueDay)}</td>
              <td class="number">{words.amount(remainingFen)}</td>
              <td>{say(`backupWhat_${what}`)}</td>
            </tr>
          ))}
        </Table>
      )}
      {plan.changes.length > shown && (
        <p>
          <button type="button" onClick={() => setShown(shown + ROWS_A_STEP)}>
            {say('backupMore', String(plan.changes.length - shown))}
          </button>
        </p>
      )}
      {isAsked && (
        <label class="check">
          <input
            type="checkbox"
            name="backupAllow"
            checked={isAllowed}
            onChange={({ currentTarget }) => setAllowed(currentTarget.checked)}
          />
          {mode === 'replace' ? say('backupAllowReplace', String(plan.onlyHere)) : say('backupAllow', String(ends))}
        </label>
      )}
      <p class="acts">
        <button type="button" class="main" disabled={isAsked && !isAllowed} onClick={() => take(mode, isAllowed)}>
          {say(mode === 'merge' ? 'backupDo' : 'backupDoReplace')}
        </button>
        <button type="button" onClick={discard}>
          {say('importDiscard')}
        </button>
      </p>
    </section>
  );
}
