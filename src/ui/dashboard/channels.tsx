/** 渠道: who reminds beyond the desktop, in which order, how patiently, and what stands while the browser is shut. */
import './channels.css';
import './contact.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ServiceId } from '../../core/channel/setting.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelList } from './channel-list.tsx';
import { ChannelPick } from './channel-pick.tsx';
import { useTests } from './channel-tests.ts';
import { CoverPanel } from './cover-panel.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { PatienceForm } from './patience-form.tsx';

type Adding = { readonly service: ServiceId | null; readonly isPicking: boolean } | null;

export function Channels(props: DashboardProps) {
  const { view, words, ask, allow } = props;
  const [adding, setAdding] = useState<Adding>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const tests = useTests(ask);
  const focusOn = useFocusOn();
  const close = (): void => {
    setAdding(null);
    focusOn('channel-add');
  };
  return (
    <>
      <section aria-labelledby="channels">
        <h3 id="channels">{words.say('channelsTitle')}</h3>
        <p class="quiet">{words.say('channelsText')}</p>
        {view.channels.list.length === 0 && <p class="remark">{words.say('channelsNone')}</p>}
        <ChannelList
          {...props}
          {...{ tests, editing, focusOn }}
          edit={(id) => {
            setEditing(id);
            setAdding(null);
          }}
        />
        {adding === null && (
          <button
            type="button"
            class="main"
            id="channel-add"
            onClick={() => {
              setEditing(null);
              setAdding({ service: null, isPicking: true });
              focusOn('channel-pick');
            }}
          >
            {words.say('channelAdd')}
          </button>
        )}
        {adding?.isPicking && (
          <ChannelPick
            words={words}
            former={adding.service}
            pick={(service) => setAdding({ service, isPicking: false })}
            close={close}
          />
        )}
        {adding?.service && !adding.isPicking && (
          <ChannelForm
            {...{ words, ask, allow, close }}
            service={adding.service}
            channel={null}
            pickOther={() => {
              setAdding({ ...adding, isPicking: true });
              focusOn('channel-pick');
            }}
            saved={(id) => {
              setAdding(null);
              focusOn(`channel-${id}`);
              tests.run(id);
            }}
          />
        )}
      </section>
      <PatienceForm {...props} />
      <CoverPanel {...props} />
      <CalendarPanel {...props} />
    </>
  );
}

/** The element may appear only with the next look at the store. */
function useFocusOn(): (elementId: string) => void {
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = wanted.current === null ? null : document.getElementById(wanted.current);
    if (!element) return;
    wanted.current = null;
    element.focus();
  });
  return (elementId) => {
    wanted.current = elementId;
  };
}
