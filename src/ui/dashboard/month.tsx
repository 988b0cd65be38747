/** 日历: a month with its due days and planned reminders; every day opens its list. (ARIA APG, grid with roving tabindex) */
import './month.css';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Day, dayOf } from '../../core/day.ts';
import { addMonth, dayAfterKey, monthOf, weeksOf } from '../../core/month.ts';
import { type DayPlan, monthPlan } from '../../core/month-plan.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { isOwed } from './bill-filter.ts';
import type { DashboardProps } from './dashboard.tsx';
import { MonthDay, overdueOf } from './month-day.tsx';

const NOTHING: DayPlan = { due: [], reminders: [] };
const COLUMNS = [1, 2, 3, 4, 5, 6, 0] as const;

export function Month(props: DashboardProps) {
  const { view, plan, words, now } = props;
  const today = dayOf(now);
  const [focused, setFocused] = useState<Day>(today);
  const [opened, setOpened] = useState<Day>(today);
  const month = monthOf(focused);
  const grid = useRef<HTMLTableElement>(null);
  /** The grid takes the focus only where it had it: not when a button beside it was pressed. */
  const follows = useRef(false);
  const given = { ...view, next: plan?.next ?? [] };
  const days = useMemo(() => monthPlan(given, month, now), [view, plan, month, today]);
  // Before the next key is heard: a later effect would be overtaken by it, and the focus stay behind.
  useLayoutEffect(() => {
    if (follows.current) grid.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus();
    follows.current = false;
  }, [focused]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.ctrlKey || event.altKey || event.metaKey ? null : dayAfterKey(focused, event.key, event.shiftKey);
    if (!to) return;
    event.preventDefault();
    follows.current = true;
    setFocused(to);
  };
  const go = (count: number): void => setFocused(`${addMonth(month, count)}-01` as Day);
  const overdue = useMemo(() => overdueOf(view.allBills, today).length, [view, today]);
  const openedMonth = monthOf(opened);
  // The opened day may lie in another month than the one that is shown.
  const openedDays = useMemo(
    () => (openedMonth === month ? days : monthPlan(given, openedMonth, now)),
    [days, openedMonth, month],
  );
  return (
    <>
      <section class="month" aria-labelledby="month-name">
        <div class="month-bar">
          <button type="button" onClick={() => go(-1)}>
            {words.say('monthPrevious')}
          </button>
          <h3 id="month-name" aria-live="polite">
            {words.month(month)}
          </h3>
          <button type="button" onClick={() => go(1)}>
            {words.say('monthNext')}
          </button>
          <button
            type="button"
            onClick={() => {
              setFocused(today);
              setOpened(today);
            }}
          >
            {words.say('monthToday')}
          </button>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern for a grid of days. */}
        <table role="grid" aria-labelledby="month-name" ref={grid} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              {COLUMNS.map((weekday) => (
                <th scope="col" key={weekday}>
                  {words.say(`weekday${weekday}` as MessageKey)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map((week, index) => (
              <tr key={`${month}-${index}`}>
                {week.map((day, column) =>
                  day === null ? (
                    <td key={column} class="outside" />
                  ) : (
                    // biome-ignore lint/a11y: the pattern for a grid of days: the button inside takes the focus.
                    <td key={day} role="gridcell" aria-selected={day === opened}>
                      <Cell
                        {...{ day, words, today, plan: days.get(day) ?? NOTHING, isTabStop: day === focused }}
                        overdue={day === today ? overdue : 0}
                        open={() => {
                          setFocused(day);
                          setOpened(day);
                        }}
                      />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="quiet">{words.say('monthLegend')}</p>
        <p class="quiet">{words.say('monthOverdueNote')}</p>
      </section>
      <MonthDay {...props} day={opened} of={openedDays.get(opened) ?? NOTHING} />
    </>
  );
}

interface CellProps {
  readonly day: Day;
  readonly plan: DayPlan;
  readonly words: Words;
  readonly today: Day;
  readonly isTabStop: boolean;
  /** Told today alone. */
  readonly overdue: number;
  readonly open: () => void;
}

function Cell({ day, plan: { due, reminders }, words, today, isTabStop, overdue, open }: CellProps) {
  const isOpen = due.some(isOwed);
  const urgency = !isOpen ? '' : day < today ? 'late' : day === today ? 'soon' : 'calm';
  const name = words.say('monthCell', words.day(day, today), String(due.length), String(reminders.length));
  return (
    <button
      type="button"
      class="day"
      data-day={day}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={day === today ? 'date' : undefined}
      onClick={open}
    >
      <span class="spoken">
        {day === today ? words.say('monthCellToday', name) : name}
        {overdue > 0 && words.say('monthCellOverdue', String(overdue))}
      </span>
      <span class="date" aria-hidden="true">
        {Number(day.slice(8))}
      </span>
      {overdue > 0 && (
        <span aria-hidden="true" class="mark due late">
          {words.say('monthOverdueShort', String(overdue))}
        </span>
      )}
      {due.length > 0 && (
        <span aria-hidden="true" class={`mark due ${urgency}`}>
          {words.say('monthDueShort', String(due.length))}
        </span>
      )}
      {reminders.length > 0 && (
        <span class="mark planned" aria-hidden="true">
          {words.say('monthPlannedShort', String(reminders.length))}
        </span>
      )}
    </button>
  );
}
