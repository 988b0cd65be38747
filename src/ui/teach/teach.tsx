/** The teaching overlay: three things to point at, by pointer or by keyboard, then what was read, shown back to save. */
import { useMemo, useState } from 'preact/hooks';
import type { RecipeDraft } from '../../core/recipe.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { Check } from './check.tsx';
import { type Attempt, type Choice, type Picked, STEPS, type Step } from './choice.ts';
import { Choices } from './choices.tsx';
import { Outline } from './outline.tsx';
import { choiceAt } from './places.ts';

export interface TeachProps {
  readonly words: Words;
  /** A name to begin with. */
  readonly title: string;
  /** What can be pointed at in this step, by a fresh look at the page, the likely ones first. */
  readonly choices: (step: Step) => readonly Choice[];
  /** The recipe of these picks, tried on the page; null: something of it could not be found again. */
  readonly attempt: (picked: Picked) => Attempt | null;
  /** The page's element under a point of the screen. */
  readonly under: (x: number, y: number) => Element | null;
  readonly save: (recipe: RecipeDraft) => Promise<boolean>;
  readonly close: () => void;
}

const ASK: Record<Step, MessageKey> = {
  dueDay: 'teachDueDay',
  remaining: 'teachRemaining',
  minimum: 'teachMinimum',
};

export function Teach(props: TeachProps) {
  const { words, under, close } = props;
  const [round, setRound] = useState(0);
  const [picked, setPicked] = useState<Partial<Picked>>({});
  const [shown, setShown] = useState<Choice | null>(null);
  const [remark, setRemark] = useState<MessageKey | null>(null);
  const step = STEPS.find((name) => picked[name] === undefined) ?? null;
  const choices = useMemo(() => (step ? props.choices(step) : []), [step, round]);
  const isDay = step === 'dueDay';
  const pick = (choice: Choice): void => {
    setRemark(choice.words ? null : 'teachNoWords');
    if (!choice.words) return;
    setShown(null);
    setPicked({ ...picked, [step as Step]: choice });
  };
  const again = (): void => {
    setRound(round + 1);
    setPicked({});
    setShown(null);
    setRemark(null);
  };
  const point = ({ clientX, clientY }: MouseEvent): Choice | null => {
    const found = choiceAt(choices, under(clientX, clientY), clientX, clientY);
    setShown(found);
    return found;
  };
  const press = (event: MouseEvent): void => {
    const found = point(event);
    if (found) pick(found);
    else setRemark(isDay ? 'teachNoDay' : 'teachNoAmount');
  };
  return (
    <div class="teach">
      {step && <Shield onMove={(event) => void point(event)} onPress={press} />}
      {shown && <Outline choice={shown} />}
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
            {choices.length === 0 && <p class="remark">{words.say(isDay ? 'teachNoDays' : 'teachNoAmounts')}</p>}
            <Choices
              key={`${step}${round}`}
              choices={choices}
              shown={shown}
              words={words}
              show={setShown}
              pick={pick}
            />
            <footer>
              {step === 'minimum' && (
                <button type="button" class="main" onClick={() => setPicked({ ...picked, minimum: null })}>
                  {words.say('teachSkip')}
                </button>
              )}
              <button type="button" onClick={again}>
                {words.say('teachAgainHere')}
              </button>
            </footer>
          </>
        ) : (
          <Check {...props} picked={picked as Picked} again={again} />
        )}
      </section>
    </div>
  );
}

interface ShieldProps {
  readonly onMove: (event: PointerEvent) => void;
  readonly onPress: (event: MouseEvent) => void;
}

/** Lies over the page: what is pressed here is never pressed there. Turning the wheel still moves the page. */
function Shield({ onMove, onPress }: ShieldProps) {
  const keepFocus = (event: MouseEvent): void => event.preventDefault();
  return <div class="shield" aria-hidden="true" onPointerMove={onMove} onMouseDown={keepFocus} onClick={onPress} />;
}
