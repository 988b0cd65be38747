/** The values that can be chosen in this step, as buttons: Tab goes through them, Enter takes one. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Words } from '../../i18n/words.ts';
import { type Choice, valueText } from './choice.ts';

interface ChoicesProps {
  readonly choices: readonly Choice[];
  readonly shown: Choice | null;
  readonly words: Words;
  readonly show: (choice: Choice | null) => void;
  readonly pick: (choice: Choice) => void;
}

/** More than these are pointed at on the page. */
const MOST = 60;

export function Choices({ choices, shown, words, show, pick }: ChoicesProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => list.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const focus = (choice: Choice): void => {
    choice.scrollTo();
    show(choice);
  };
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || !list.current) return;
    event.preventDefault();
    const buttons = [...list.current.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button.contains(event.target as Node));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ul ref={list} class="choices" onKeyDown={move}>
      {choices.slice(0, MOST).map((choice) => (
        <li key={choice.key}>
          <button
            type="button"
            class={choice === shown ? 'shown' : ''}
            onFocus={() => focus(choice)}
            onPointerEnter={() => show(choice)}
            onClick={() => pick(choice)}
          >
            <b>{valueText(choice, words)}</b>
            <span>{choice.words && words.say('teachBeside', choice.words)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
