/** One question of the contact check, with its answers, when it was answered, and a way never to hear it again. */
import type { ComponentChildren } from 'preact';
import { type ContactTopic, type ContactWord, contactAsksSince } from '../../core/contact.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { DashboardProps } from './dashboard.tsx';

interface ContactQuestionProps extends Pick<DashboardProps, 'view' | 'words' | 'now' | 'ask'> {
  readonly topic: ContactTopic;
  readonly asks: MessageKey;
  readonly yes: MessageKey;
  readonly gone: MessageKey;
  readonly goneText: MessageKey;
  /** Where it is changed. */
  readonly link: ComponentChildren;
  /** What is known, above the question. */
  readonly children?: ComponentChildren;
}

export function ContactQuestion(props: ContactQuestionProps) {
  const { view, words, now, ask, topic } = props;
  const { said, saidAt, mutedAt } = view.contact.answers[topic];
  const isOpen = contactAsksSince(view.contact, topic, now) !== null;
  const answer = (word: ContactWord): void => void ask({ do: 'contact-answer', topic, word });
  return (
    <article class="question" aria-label={words.say(props.asks)}>
      {props.children}
      {isOpen ? (
        <>
          <p>{words.say(said === 'gone' ? props.goneText : props.asks)}</p>
          <p class="acts">
            <button type="button" class="main" onClick={() => answer('yes')}>
              {words.say(props.yes)}
            </button>
            {said !== 'gone' && (
              <button type="button" onClick={() => answer('gone')}>
                {words.say(props.gone)}
              </button>
            )}
            {said === 'gone' && props.link}
          </p>
        </>
      ) : (
        <p role="status">{saidAt !== null && words.say('contactSaidYes', words.ago(saidAt, now))}</p>
      )}
      <p class="acts quiet">
        {mutedAt !== null && words.say('contactMuted')}
        <button type="button" onClick={() => answer(mutedAt === null ? 'mute' : 'unmute')}>
          {words.say(mutedAt === null ? 'contactMute' : 'contactUnmute')}
        </button>
      </p>
    </article>
  );
}
