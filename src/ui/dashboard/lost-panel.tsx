/** The browser emptied its damaged database: what came back, and what is still to do. Gone once it was seen. */
import type { DashboardProps } from './dashboard.tsx';

export function LostPanel({ view, words, ask }: DashboardProps) {
  const { lost } = view;
  if (!lost) return null;
  const at = words.moment(lost.at);
  return (
    <section aria-labelledby="lost">
      <h3 id="lost">{words.say('noticeLost')}</h3>
      <p class="remark">
        {lost.copiedAt === null
          ? words.say('lostNothing', at)
          : words.say('lostBack', at, words.moment(lost.copiedAt), String(lost.bills))}
      </p>
      {lost.wasSyncing && <p class="remark">{words.say('lostSync')}</p>}
      <p class="acts">
        <button type="button" class="main" onClick={() => void ask({ do: 'lost-seen' })}>
          {words.say('actionAcknowledge')}
        </button>
      </p>
    </section>
  );
}
