/** The teaching overlay: three things to point at, by pointer or by keyboard, then what was read, shown back to save. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Day } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { RecipeDraft } from '../../sites/taught/recipe.ts';
import type { Page } from '../../sites/taught/spots.ts';
import { type Candidate, candidatesFor, type Picks, type Step } from '../../sites/taught/teach.ts';
import { Candidates } from './candidates.tsx';
import { Check } from './check.tsx';
import { boxOf, candidateAt } from './places.ts';

export interface TeachProps {
  readonly words: Words;
  readonly today: Day;
  readonly url: URL;
  readonly document: Document;
  /** A fresh look at the page; null: too large. */
  readonly look: () => Page | null;
  /** The page's element under a point of the screen. */
  readonly under: (x: number, y: number) => Element | null;
  readonly save: (recipe: RecipeDraft) => Promise<boolean>;
  readonly close: () => void;
}

const STEPS: readonly Step[] = ['dueDay', 'remaining', 'minimum'];
const ASK: Record<Step, MessageKey> = {
  dueDay: 'teachDueDay',
  remaining: 'teachRemaining',
  minimum: 'teachMinimum',
};

export function Teach(props: TeachProps) {
  const { words, look, under, close } = props;
  const [page, setPage] = useState(look);
  const [picks, setPicks] = useState<Partial<Picks>>({});
  const [shown, setShown] = useState<Candidate | null>(null);
  const [remark, setRemark] = useState<MessageKey | null>(null);
  const step = STEPS.find((name) => picks[name] === undefined) ?? null;
  const candidates = useMemo(
    () => (page && step ? candidatesFor(page, step).filter(({ spot }) => boxOf(spot)) : []),
    [page, step],
  );
  const isDay = step === 'dueDay';
  const pick = (candidate: Candidate): void => {
    setRemark(candidate.words ? null : 'teachNoWords');
    if (!candidate.words) return;
    setShown(null);
    setPicks({ ...picks, [step as Step]: candidate.spot });
  };
  const again = (): void => {
    setPage(look());
    setPicks({});
    setShown(null);
    setRemark(null);
  };
  const point = (event: PointerEvent | MouseEvent): Candidate | null => {
    const found = candidateAt(candidates, under(event.clientX, event.clientY), event.clientX, event.clientY);
    setShown(found);
    return found;
  };
  return (
    <div class="teach">
      {step && (
        <Shield
          onMove={(event) => void point(event)}
          onPick={(event) => {
            const found = point(event);
            if (found) pick(found);
            else setRemark(isDay ? 'teachNoDay' : 'teachNoAmount');
          }}
        />
      )}
      {shown && <Outline candidate={shown} />}
      <section class="panel" role="dialog" aria-modal="true" aria-labelledby="teach-ask">
        <header>
          <strong>{words.say('teachTitle')}</strong>
          <button type="button" class="quiet" onClick={close}>
            {words.say('teachCancel')}
          </button>
        </header>
        {step ? (
          <>
            <h1 id="teach-ask" aria-live="polite">
              <small>{words.say('teachStep', String(STEPS.indexOf(step) + 1))}</small>
              {words.say(ASK[step])}
            </h1>
            <p class="hint">{words.say(isDay ? 'teachHintDay' : 'teachHintAmount')}</p>
            <p class="remark" role="alert">
              {remark && words.say(remark)}
            </p>
            {candidates.length === 0 && <p class="hint">{words.say(isDay ? 'teachNoDays' : 'teachNoAmounts')}</p>}
            <Candidates key={step} candidates={candidates} shown={shown} words={words} show={setShown} pick={pick} />
            <footer>
              {step === 'minimum' && (
                <button type="button" class="main" onClick={() => setPicks({ ...picks, minimum: null })}>
                  {words.say('teachSkip')}
                </button>
              )}
              <button type="button" onClick={again}>
                {words.say('teachAgainHere')}
              </button>
            </footer>
          </>
        ) : (
          <Check {...props} page={page as Page} picks={picks as Picks} again={again} />
        )}
      </section>
    </div>
  );
}

interface ShieldProps {
  readonly onMove: (event: PointerEvent) => void;
  readonly onPick: (event: MouseEvent) => void;
}

/** Lies over the page: what is pressed here is never pressed there. Turning the wheel still moves the page. */
function Shield({ onMove, onPick }: ShieldProps) {
  const keepFocus = (event: MouseEvent): void => event.preventDefault();
  return <div class="shield" aria-hidden="true" onPointerMove={onMove} onMouseDown={keepFocus} onClick={onPick} />;
}

function Outline({ candidate }: { readonly candidate: Candidate }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (): void => {
      const box = boxOf(candidate.spot);
      const style = frame.current?.style;
      if (!style) return;
      style.display = box ? 'block' : 'none';
      for (const side of ['left', 'top', 'width', 'height'] as const) if (box) style[side] = `${box[side]}px`;
    };
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place, { passive: true });
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [candidate]);
  return <div class="outline" ref={frame} />;
}
