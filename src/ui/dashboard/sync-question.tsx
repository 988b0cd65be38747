/** A sync that would silence many bills at once: what would change, and the owner's word on it. */
import { useState } from 'preact/hooks';
import type { SyncQuestion } from '../../core/sync-setting.ts';
import { Table } from '../parts/table.tsx';
import { useSyncAct } from './sync-act.ts';
import type { SyncStateProps } from './sync-state.tsx';
import { SyncTold } from './sync-told.tsx';

const MOST_ROWS = 50;

interface SyncQuestionProps extends SyncStateProps {
  readonly question: readonly SyncQuestion[];
}

export function SyncQuestionPanel({ words, ask, question }: SyncQuestionProps) {
  const act = useSyncAct(words);
  /** How many the owner had before them when they spoke. */
  const [seen, setSeen] = useState<number | null>(null);
  const release = (word: 'apply' | 'refuse'): void => {
    setSeen(question.length);
    void act.run('syncRunning', () => ask({ do: 'sync-release', word }));
  };
  return (
    <section class="sync-card asks" aria-labelledby="sync-question">
      <h3 id="sync-question">{words.say('syncQuestion', String(question.length))}</h3>
      <p>{words.say('syncQuestionText')}</p>
      <Table
        names={[words.say('columnBill'), words.say('columnDueDay'), words.say('columnOwed'), words.say('syncWould')]}
      >
        {question.slice(0, MOST_ROWS).map(({ billId, title, dueDay, remainingFen, what }) => (
          <tr key={billId}>
            <th scope="row" class="title">
              {title}
            </th>
            <td>{words.fullDay(dueDay)}</td>
            <td class="number">{words.amount(remainingFen)}</td>
            <td>{words.say(`syncWould_${what}`)}</td>
          </tr>
        ))}
      </Table>
      {question.length > MOST_ROWS && <p>{words.say('noticeMore', String(question.length - MOST_ROWS))}</p>}
      {seen !== null && question.length > seen && (
        <p role="alert" class="remark">
          {words.say('syncQuestionMore')}
        </p>
      )}
      <p class="acts">
        <button type="button" disabled={act.busy !== null} onClick={() => release('apply')}>
          {words.say('syncApply')}
        </button>
        <button type="button" disabled={act.busy !== null} onClick={() => release('refuse')}>
          {words.say('syncRefuse')}
        </button>
      </p>
      <SyncTold act={act} words={words} />
    </section>
  );
}
