/** One channel in the order: how it stands, when it speaks, and what can be done about it. */
import type { ChannelView } from '../../app/channels-view.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from '../parts/act-button.tsx';
import { Said } from './channel-form.tsx';
import { ChannelTest } from './channel-test.tsx';
import type { Tests } from './channel-tests.ts';
import { channelName, sampleNotice, waitWords } from './channel-words.ts';
import type { DashboardProps } from './dashboard.tsx';

export interface RowActs {
  readonly move: (way: 'up' | 'down') => void;
  readonly toggle: () => void;
  readonly details: (showsDetails: boolean) => void;
  readonly edit: () => void;
  readonly remove: () => void;
}

interface ChannelRowProps extends Pick<DashboardProps, 'words' | 'allow'> {
  readonly channel: ChannelView;
  readonly tests: Tests;
  readonly canMove: { readonly up: boolean; readonly down: boolean };
  readonly acts: RowActs;
}

export function ChannelRow({ channel, tests, canMove, words, allow, acts }: ChannelRowProps) {
  const { id, state, whose, isOn, label, service } = channel;
  const name = channelName(channel, words);
  const named = { words, of: name };
  return (
    <>
      <div class="row-head">
        <b class="title" id={`channel-${id}`} tabIndex={-1}>
          {name}
        </b>
        {label !== '' && <span class="quiet">{words.service(service)}</span>}
        {whose === 'other' && <span class="quiet">{words.say('channelOther')}</span>}
        <span class={`state ${state}`}>{words.say(`channelState_${state}`)}</span>
        {(canMove.up || canMove.down) && (
          <span class="acts move">
            <MoveButton way="up" {...{ id, name, words, acts }} isEnabled={canMove.up} />
            <MoveButton way="down" {...{ id, name, words, acts }} isEnabled={canMove.down} />
          </span>
        )}
      </div>
      <p class="quiet">{whenOf(channel, words)}</p>
      {channel.afterMs !== null && service === 'ntfy' && <p class="quiet">{words.say(holdsKey(channel))}</p>}
      <Trouble channel={channel} words={words} />
      <p class="acts">
        <ActButton
          {...named}
          text={words.say('channelTest')}
          class={state === 'unconfirmed' && tests.of(id) === null ? 'main' : ''}
          disabled={tests.of(id)?.kind === 'sending'}
          onClick={() => tests.run(id)}
        />
        <ActButton {...named} text={words.say('actionEdit')} onClick={acts.edit} />
        <ActButton {...named} text={words.say(isOn ? 'channelSwitchOff' : 'channelSwitchOn')} onClick={acts.toggle} />
        <ActButton {...named} text={words.say('channelRemove')} onClick={acts.remove} />
      </p>
      <ChannelTest {...{ channel, tests, words, allow }} />
      <Shows channel={channel} words={words} details={acts.details} />
    </>
  );
}

function MoveButton({
  way,
  id,
  name,
  words,
  acts,
  isEnabled,
}: Pick<ChannelRowProps, 'words' | 'acts'> & {
  readonly way: 'up' | 'down';
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
}) {
  const isUp = way === 'up';
  return (
    <button
      type="button"
      id={`${way}-${id}`}
      aria-label={words.say(isUp ? 'channelUpOf' : 'channelDownOf', name)}
      disabled={!isEnabled}
      onClick={() => acts.move(way)}
    >
      {words.say(isUp ? 'channelUp' : 'channelDown')}
    </button>
  );
}

function whenOf({ afterMs }: ChannelView, words: Words): string {
  return afterMs === null ? words.say('channelNotUsed') : words.say('channelAfter', waitWords(afterMs, words));
}

/** The one service that can hold a message until its moment, where its server can also take it back. */
function holdsKey({ health: { canWithdraw } }: ChannelView): MessageKey {
  if (canWithdraw === null) return 'channelHoldsUnknown';
  return canWithdraw ? 'channelHolds' : 'channelHoldsNot';
}

function Trouble({ channel, words }: { readonly channel: ChannelView; readonly words: Words }) {
  const { state, health } = channel;
  const why = words.failure(health.failure ?? '');
  if (state === 'unconfirmed') return <p class="remark">{words.say('channelUnconfirmedText')}</p>;
  if (state === 'failed') return <p class="remark">{words.say('channelFailedText', why)}</p>;
  if (state === 'paused')
    return <p class="remark">{words.say('channelPausedText', words.moment(health.pausedUntil ?? 0), why)}</p>;
  return null;
}

/** Private unless the owner says otherwise here; both texts stand side by side. */
function Shows({
  channel: { id, showsDetails, whose },
  words,
  details,
}: {
  readonly channel: ChannelView;
  readonly words: Words;
  readonly details: (showsDetails: boolean) => void;
}) {
  const notice = sampleNotice(words.say('channelSampleTitle'));
  return (
    <details class="shows">
      <summary>{words.say('channelShows')}</summary>
      <label class="check">
        <input
          type="checkbox"
          name={`details-${id}`}
          checked={showsDetails}
          onChange={({ currentTarget }) => details(currentTarget.checked)}
        />
        {words.say('channelDetails')}
      </label>
      <div class="both">
        <div class={showsDetails ? 'unused' : ''}>
          <p class="quiet">{words.say('channelShowsPrivate')}</p>
          <Said {...words.push(notice, { showsDetails: false, whose })} />
        </div>
        <div class={showsDetails ? '' : 'unused'}>
          <p class="quiet">{words.say('channelShowsDetails')}</p>
          <Said {...words.push(notice, { showsDetails: true, whose })} />
        </div>
      </div>
    </details>
  );
}
