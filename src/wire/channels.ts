/** The background's part in the owner's channels. */
import type { Ports } from '../app/ports.ts';
import {
  addChannel,
  confirmChannel,
  editChannel,
  emptyBin,
  moveChannel,
  removeChannel,
  restoreChannel,
  setPatience,
  switchChannel,
} from '../app/set-up-channel.ts';
import { probeChannel, testChannel } from '../app/test-channel.ts';
import type { OwnMessage, Replies } from '../messages/own.ts';

type Asked = Extract<OwnMessage, { do: `channel-${string}` | 'patience' }>;

/** Whatever changes the order or the chain is followed by a pass: it sends what is due, and takes back what is over. */
export async function answerChannels(
  ports: Ports,
  message: Asked,
  pass: () => Promise<void>,
): Promise<Replies[Asked['do']]> {
  switch (message.do) {
    case 'channel-add':
      await emptyBin(ports);
      return addChannel(ports, message.service, message.channel);
    case 'channel-edit': {
      const saved = await editChannel(ports, message.id, message.channel, message.forget);
      // The test that follows does not wait for what the former values still hold.
      void pass();
      return saved;
    }
    case 'channel-test':
      return testChannel(ports, message.id);
    case 'channel-seen': {
      const ok = await confirmChannel(ports, message.id, message.wasSeen);
      if (ok && message.wasSeen) await probeChannel(ports, message.id);
      await pass();
      return { ok };
    }
    case 'channel-switch': {
      const ok = await switchChannel(ports, message.id, { isOn: message.isOn });
      await pass();
      return { ok };
    }
    case 'channel-details': {
      const ok = await switchChannel(ports, message.id, { showsDetails: message.showsDetails });
      await pass();
      return { ok };
    }
    case 'channel-move': {
      const ok = await moveChannel(ports, message.id, message.way);
      await pass();
      return { ok };
    }
    case 'channel-remove': {
      const ok = await removeChannel(ports, message.id);
      await pass();
      await emptyBin(ports);
      return { ok };
    }
    case 'channel-restore': {
      const ok = await restoreChannel(ports, message.id);
      await pass();
      return { ok };
    }
    case 'patience':
      await setPatience(ports, message.patience);
      await pass();
      return { ok: true };
  }
}
