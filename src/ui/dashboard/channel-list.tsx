/** The order as it is followed: the desktop first, then the owner's channels, a second person's last. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChannelView } from '../../app/channels-view.ts';
import { ChannelForm } from './channel-form.tsx';
import { ChannelRow, type RowActs } from './channel-row.tsx';
import type { Tests } from './channel-tests.ts';
import { channelName } from './channel-words.ts';
import type { DashboardProps } from './dashboard.tsx';

interface ChannelListProps extends DashboardProps {
  readonly tests: Tests;
  readonly editing: string | null;
  readonly edit: (id: string | null) => void;
  /** Once it is there, the element of this id takes the focus. */
  readonly focusOn: (elementId: string) => void;
}

export function ChannelList(props: ChannelListProps) {
  const { view, words, ask, allow, tests, editing, edit, focusOn } = props;
  const { list } = view.channels;
  const [removed, setRemoved] = useState<ChannelView | null>(null);
  const [isSilent, setSilent] = useState(false);
  const moved = useRef<readonly string[]>([]);
  const order = list.map(({ id }) => id).join();
  // A button that moved with its row has lost the focus; at the end of its way the other one takes it.
  useLayoutEffect(() => {
    const buttons = moved.current.map((id) => document.getElementById(id) as HTMLButtonElement | null);
    moved.current = [];
    if (order) buttons.find((button) => button && !button.disabled)?.focus();
  }, [order]);
  const send = (asking: Promise<unknown>): void => {
    setSilent(false);
    void asking.catch(() => setSilent(true));
  };
  const actsOf = (channel: ChannelView): RowActs => {
    const { id, isOn } = channel;
    return {
      move: (way) => {
        const back = way === 'up' ? 'down' : 'up';
        moved.current = [`${way}-${id}`, `${back}-${id}`];
        send(ask({ do: 'channel-move', id, way }));
      },
      toggle: () => send(ask({ do: 'channel-switch', id, isOn: !isOn })),
      details: (showsDetails) => send(ask({ do: 'channel-details', id, showsDetails })),
      edit: () => edit(id),
      remove: () => {
        setRemoved(channel);
        focusOn('channel-undo');
        send(ask({ do: 'channel-remove', id }));
      },
    };
  };
  const restore = (id: string): void => {
    setRemoved(null);
    focusOn(`channel-${id}`);
    send(ask({ do: 'channel-restore', id }));
  };
  return (
    <>
      <ol class="plain chain">
        <li>
          <div class="row-head">
            <b>{words.say('channelDesktop')}</b>
          </div>
          <p class="quiet">{words.say('channelDesktopWhen')}</p>
        </li>
        {list.map((channel, at) => (
          <li key={channel.id}>
            {editing === channel.id ? (
              <ChannelForm
                {...{ channel, words, ask, allow }}
                service={channel.service}
                saved={(id, isNew) => {
                  edit(null);
                  focusOn(`channel-${id}`);
                  if (isNew || channel.confirmedAt === null) tests.run(id);
                }}
                close={() => {
                  edit(null);
                  focusOn(`channel-${channel.id}`);
                }}
              />
            ) : (
              <ChannelRow
                {...{ channel, tests, words, allow }}
                canMove={{
                  up: list[at - 1]?.whose === channel.whose,
                  down: list[at + 1]?.whose === channel.whose,
                }}
                acts={actsOf(channel)}
              />
            )}
          </li>
        ))}
      </ol>
      <p role="status" class={removed ? 'undo' : ''}>
        {removed && (
          <>
            {words.say('channelRemoved', channelName(removed, words))}{' '}
            <button type="button" id="channel-undo" onClick={() => restore(removed.id)}>
              {words.say('actionUndo')}
            </button>
          </>
        )}
      </p>
      {isSilent && <p role="alert">{words.say('channelNoAnswer')}</p>}
      <Bin {...props} restore={restore} hidden={removed?.id} />
    </>
  );
}

function Bin({
  view,
  words,
  restore,
  hidden,
}: ChannelListProps & { readonly restore: (id: string) => void; readonly hidden: string | undefined }) {
  const bin = view.channels.bin.filter(({ id }) => id !== hidden);
  if (bin.length === 0) return null;
  return (
    <details>
      <summary>{words.say('channelBin')}</summary>
      <ul class="plain">
        {bin.map((each) => (
          <li key={each.id} class="acts">
            {channelName(each, words)}
            <button type="button" onClick={() => restore(each.id)}>
              {words.say('channelRestore')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
