/** A tab about bills where there is none yet: the ways to the first one. */
import type { DashboardProps } from './dashboard.tsx';

export function NoBills({ words, openBills }: Pick<DashboardProps, 'words' | 'openBills'>) {
  return (
    <>
      <p>{words.say('pickNoBills')}</p>
      <p class="acts">
        <button type="button" class="main" onClick={() => openBills()}>
          {words.say('actionRead')}
        </button>
        <a href="#bills">{words.say('formAdd')}</a>
      </p>
    </>
  );
}
