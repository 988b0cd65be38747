/** The values that can be chosen in this step, as buttons: Tab goes through them, Enter takes one. */
import { useEffect, useRef } from 'preact/hooks';
import type { Words } from '../../i18n/words.ts';
import type { Candidate } from '../../sites/taught/teach.ts';
import { valueText } from './value-text.ts';

interface CandidatesProps {
  readonly candidates: readonly Candidate[];
  readonly shown: Candidate | null;
  readonly words: Words;
  readonly show: (candidate: Candidate | null) => void;
  readonly pick: (candidate: Candidate) => void;
}

/** More than these are pointed at on the page. */
const MOST = 60;

export function Candidates({ candidates, shown, words, show, pick }: CandidatesProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const focus = (candidate: Candidate): void => {
    candidate.spot.node.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' });
    show(candidate);
  };
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step || !list.current) return;
    event.preventDefault();
    const buttons = [...list.current.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ul ref={list} class="candidates" onKeyDown={move}>
      {candidates.slice(0, MOST).map((candidate) => (
        <li key={`${candidate.spot.line}:${candidate.spot.value.start}`}>
          <button
            type="button"
            class={candidate === shown ? 'shown' : ''}
            onFocus={() => focus(candidate)}
            onPointerEnter={() => show(candidate)}
            onClick={() => pick(candidate)}
          >
            <b>{valueText(candidate.spot, words)}</b>
            <span>{candidate.words && words.say('teachBeside', candidate.words)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
