/** After a test message: what the service said, the question whether it was seen, and what to check when it was not. */
import type { ChannelView } from '../../app/channels-view.ts';
import { PROVES } from '../../core/channel/fields.ts';
import type { Words } from '../../i18n/words.ts';
import type { TestState, Tests } from './channel-tests.ts';
import { channelName, checkOf } from './channel-words.ts';
import type { DashboardProps } from './dashboard.tsx';

interface ChannelTestProps extends Pick<DashboardProps, 'words' | 'allow'> {
  readonly channel: ChannelView;
  readonly tests: Tests;
}

export function ChannelTest(props: ChannelTestProps) {
  const state = props.tests.of(props.channel.id);
  return (
    <div role="status" class="channel-test">
      {state && <Told {...props} state={state} />}
    </div>
  );
}

function Told({ channel, tests, words, allow, state }: ChannelTestProps & { readonly state: TestState }) {
  const { id, service, patterns } = channel;
  const again = (
    <button type="button" onClick={() => tests.run(id)}>
      {words.say('channelAgain')}
    </button>
  );
  // Whatever the browser answers, the test says how it stands now.
  const allowAndRun = (): void =>
    void allow(patterns, true).then(
      () => tests.run(id),
      () => tests.run(id),
    );
  switch (state.kind) {
    case 'sending':
      return <p aria-busy="true">{words.say('channelSending')}</p>;
    case 'accepted':
      return (
        <div class="question">
          <p>{asked(channel, words)}</p>
          <p class="acts">
            <button type="button" class="main" onClick={() => tests.answer(id, true)}>
              {words.say('channelSeenYes')}
            </button>
            <button type="button" onClick={() => tests.answer(id, false)}>
              {words.say('channelSeenNo')}
            </button>
          </p>
        </div>
      );
    case 'seen':
      return <p class="good">{words.say('channelSeen')}</p>;
    case 'unseen':
      return (
        <div class="question">
          <p>{words.say('channelUnseen')}</p>
          <p>{checkOf(service, words)}</p>
          <p class="acts">{again}</p>
        </div>
      );
    case 'failed':
      return (
        <div class="question">
          <p class="wrong">{words.say('channelTestFailed', words.failure(state.code))}</p>
          <p class="acts">
            {state.code === 'push-no-permission' ? (
              <button type="button" class="main" onClick={allowAndRun}>
                {words.say('channelAllow')}
              </button>
            ) : (
              again
            )}
          </p>
        </div>
      );
    case 'no-answer':
      return (
        <p class="acts">
          <span class="wrong">{words.say('channelNoAnswer')}</span> {again}
        </p>
      );
  }
}

/** Taken is not yet delivered, and a second person sees it elsewhere. */
function asked(channel: ChannelView, words: Words): string {
  const name = channelName(channel, words);
  if (channel.whose === 'other') return words.say('channelSentOther', name);
  return words.say(PROVES[channel.service] === 'inbox' ? 'channelSentInbox' : 'channelSentQueue', name);
}
