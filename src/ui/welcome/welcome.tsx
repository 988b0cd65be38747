/** The first page of all: four short steps, each of which may be skipped; where the owner left it, it goes on. */
import '../parts/theme.css';
import './welcome.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WelcomeView } from '../../app/welcome.ts';
import type { Instant } from '../../core/day.ts';
import { WELCOME_STEPS, type WelcomeStep } from '../../core/welcome.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import { SelfTestPanel } from '../parts/self-test-panel.tsx';
import { Unanswered } from '../parts/unanswered.tsx';
import { useUnsaved } from '../parts/unsaved.ts';
import { DaysForm } from './days-form.tsx';
import { Promises, Risk } from './promises.tsx';

export interface WelcomeProps {
  readonly view: WelcomeView;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  readonly openDashboard: (tab?: string) => void;
}

/** `done` is no step to take: it says that all is done. */
const STEPS = ['promise', 'notice', 'days', 'bills'] as const;

export function Welcome(props: WelcomeProps) {
  const { view, words, ask } = props;
  const { step } = view;
  const at = step === 'done' ? -1 : STEPS.indexOf(step);
  const go = (to: WelcomeStep): void => void ask({ do: 'welcome', step: to });
  const next = (): void => go(WELCOME_STEPS[at + 1]!);
  const hasForm = step === 'days';
  const isTested = view.selfTest !== null && view.selfTest.wasSeen === null;
  const heading = useHeading(step);
  useUnsaved();
  return (
    <>
      <header class="steps">
        <p class="name">{words.say('extensionName')}</p>
        {at >= 0 && (
          <ol aria-label={words.say('welcomeSteps')}>
            {STEPS.map((each) => (
              <li key={each} aria-current={each === step ? 'step' : undefined}>
                {words.say(`welcomeStep_${each}`)}
              </li>
            ))}
          </ol>
        )}
      </header>
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {words.say(`welcomeTitle_${step === 'done' && !isReady(view) ? 'almost' : step}`)}
        </h1>
        {hasForm ? <DaysForm {...props} id="welcome-days" next={next} /> : <Content {...props} />}
        {isTested && step !== 'notice' && <SelfTestPanel {...props} level={2} />}
        <p class="ways">
          {at > 0 && (
            <button type="button" onClick={() => go(STEPS[at - 1]!)}>
              {words.say('welcomeBack')}
            </button>
          )}
          {at >= 0 && (
            <button
              type={hasForm ? 'submit' : 'button'}
              form={hasForm ? 'welcome-days' : undefined}
              class={step === 'notice' && !view.selfTest ? '' : 'main'}
              onClick={hasForm ? undefined : next}
            >
              {words.say(at === STEPS.length - 1 ? 'welcomeFinish' : 'welcomeNext')}
            </button>
          )}
          {at >= 0 && at < STEPS.length - 1 && (
            <button type="button" class="plain-button" onClick={() => go('done')}>
              {words.say('welcomeSkip')}
            </button>
          )}
          {at < 0 && (
            <>
              <button type="button" class="main" onClick={() => props.openDashboard()}>
                {words.say('actionDashboard')}
              </button>
              <button type="button" onClick={() => go('promise')}>
                {words.say('welcomeAgain')}
              </button>
            </>
          )}
        </p>
      </main>
      <Unanswered words={words} />
    </>
  );
}

function Content(props: WelcomeProps) {
  const { view, words, openBills } = props;
  switch (view.step) {
    case 'promise':
      return <Promises words={words} />;
    case 'notice':
      return (
        <>
          <p>{words.say('welcomeNoticeText')}</p>
          <SelfTestPanel {...props} level={2} />
        </>
      );
    case 'bills':
      return (
        <>
          <Risk view={view} words={words} />
          <p>
            {words.say(
              view.bills > 0 ? 'welcomeBillsRead' : 'welcomeBillsText',
              view.isCounted ? String(view.bills) : `${view.bills}+`,
            )}
          </p>
          <button type="button" class={view.bills > 0 ? '' : 'main'} onClick={() => openBills()}>
            {words.say('welcomeOpenBills')}
          </button>
        </>
      );
    case 'done':
      return (
        <>
          {view.selfTest?.wasSeen !== true && <p class="remark">{words.say('welcomeUntested')}</p>}
          <p>{words.say(knowsBills(view) ? 'welcomeDoneText' : 'welcomeDoneNoBills')}</p>
          <Risk view={view} words={words} />
          {view.bills === 0 && (
            <button type="button" onClick={() => openBills()}>
              {words.say('welcomeOpenBills')}
            </button>
          )}
        </>
      );
  }
}

const knowsBills = ({ bills, wasRead }: WelcomeView): boolean => bills > 0 || wasRead;
const isReady = (view: WelcomeView): boolean => view.selfTest?.wasSeen === true && knowsBills(view);

/** A new step is read out from its heading; the first one is left where the page begins. */
function useHeading(step: WelcomeStep) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useLayoutEffect(() => {
    if (shown.current !== step) heading.current?.focus(); // always there once drawn
    shown.current = step;
  }, [step]);
  return heading;
}
