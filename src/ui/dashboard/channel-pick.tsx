/** Which service: each with one line for whom it fits. */
import { useState } from 'preact/hooks';
import type { ServiceId } from '../../core/channel/setting.ts';
import type { Words } from '../../i18n/words.ts';

const GROUPS: readonly (readonly [name: 'wechat' | 'phone' | 'work' | 'other', services: readonly ServiceId[]])[] = [
  ['phone', ['bark', 'ntfy', 'gotify', 'pushover']],
  ['wechat', ['serverchan', 'pushplus', 'wxpusher']],
  ['work', ['wecom', 'dingtalk', 'feishu']],
  ['other', ['telegram', 'discord', 'webhook', 'apprise']],
];

interface ChannelPickProps {
  readonly words: Words;
  readonly former: ServiceId | null;
  readonly pick: (service: ServiceId) => void;
  readonly close: () => void;
}

export function ChannelPick({ words, former, pick, close }: ChannelPickProps) {
  const [chosen, setChosen] = useState<ServiceId>(former ?? 'bark');
  return (
    <form
      class="channel-form"
      aria-labelledby="channel-pick"
      onSubmit={(event) => {
        event.preventDefault();
        pick(chosen);
      }}
    >
      <h4 id="channel-pick" tabIndex={-1}>
        {words.say('channelPick')}
      </h4>
      <div class="services">
        {GROUPS.map(([group, services]) => (
          <fieldset key={group}>
            <legend>{words.say(`channelGroup_${group}`)}</legend>
            {services.map((service) => (
              <label key={service} class="service">
                <input
                  type="radio"
                  name="service"
                  value={service}
                  checked={service === chosen}
                  onChange={() => setChosen(service)}
                />
                <span>
                  <b>{words.service(service)}</b>
                  <span class="quiet">{words.say(`channelFor_${service}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <p class="acts">
        <button type="submit" class="main">
          {words.say('channelNext')}
        </button>
        <button type="button" onClick={close}>
          {words.say('formCancel')}
        </button>
      </p>
    </form>
  );
}
