/** What was learnt of the owner's hours: one sentence with its numbers, a switch, and the week as a table of chances. */
import './habit.css';
import type { Habit } from '../../core/habit.ts';
import type { Rules } from '../../core/rules.ts';
import type { Words } from '../../i18n/words.ts';
import { clockOf } from '../parts/typed.ts';
import type { DashboardProps } from './dashboard.tsx';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const;

export function HabitPanel({ view, words, ask }: DashboardProps) {
  const { habit, rules } = view;
  const isOn = rules.adapts !== false;
  const lines = sentences(habit, rules, words);
  return (
    <section aria-labelledby="habit">
      <h3 id="habit">{words.say('habit')}</h3>
      <p class="quiet">{words.say('habitText')}</p>
      <div role="status">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => void ask({ do: 'habit', isOn: event.currentTarget.checked })}
        />
        {words.say('habitSwitch')}
      </label>
      {habit && habit.facts.kind !== 'few' && <Week habit={habit} words={words} />}
    </section>
  );
}

/** A full hour as a number, another as a clock shows it. */
function hour(at: number): string {
  return Number.isInteger(at) ? `${at}` : clockOf(at);
}

function sentences(habit: Habit | null, rules: Rules, { say }: Words): string[] {
  if (rules.adapts === false) return [say('habitIsOff', hour(rules.beforeHour))];
  if (!habit || habit.facts.kind === 'few')
    return [say('habitFew', `${habit?.facts.notices ?? 0}`, hour(rules.beforeHour))];
  const { kind, weeks, notices, at, rulesAt, added } = habit.facts;
  const own = [hour(rulesAt.hour), `${rulesAt.raised}`, `${rulesAt.seen}`] as const;
  const first =
    kind === 'stays'
      ? say('habitStays', `${weeks}`, `${notices}`, hour(rulesAt.hour))
      : at.seen > 0
        ? say('habitMoved', hour(at.hour), `${at.raised}`, `${at.seen}`, ...own)
        : say('habitTried', hour(at.hour), `${at.raised}`, `${at.seen}`, ...own);
  return added.length > 0 ? [first, say('habitAdded', added.join(', '))] : [first];
}

/** Every second hour of the day: a table that is also a picture, the deeper the likelier. */
function Week({ habit, words }: { readonly habit: Habit; readonly words: Words }) {
  const hours = Array.from({ length: 12 }, (_, index) => index * 2);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (axe scrollable-region-focusable).
    <section class="wide" tabIndex={0} aria-label={words.say('habitGrid')}>
      <table class="habit-week">
        <caption>{words.say('habitGrid')}</caption>
        <thead>
          <tr>
            <th scope="col">{words.say('habitGridHour')}</th>
            {hours.map((from) => (
              <th scope="col" key={from}>{`${from}–${from + 2}`}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{words.say(`weekday${weekday}`)}</th>
              {hours.map((from) => {
                const cell = weekday * 24 + from;
                const chance = Math.round(((habit.chances[cell] ?? 0) + (habit.chances[cell + 1] ?? 0)) / 2);
                return (
                  <td key={from} style={{ '--chance': `${Math.round(chance * 0.6)}%` }}>
                    {words.say('habitGridChance', `${chance}`)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
