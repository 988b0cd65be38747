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

/** `passed`: what changes the order or the chain is followed by a pass. */
export async function answerChannels(
  ports: Ports,
  message: Asked,
  pass: () => Promise<void>,
  passed: <Done>(job: Promise<Done>) => Promise<Done>,
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
    case 'channel-switch':
      return { ok: await passed(switchChannel(ports, message.id, { isOn: message.isOn })) };
    case 'channel-details':
      return { ok: await passed(switchChannel(ports, message.id, { showsDetails: message.showsDetails })) };
    case 'channel-move':
      return { ok: await passed(moveChannel(ports, message.id, message.way)) };
    case 'channel-remove': {
      const ok = await passed(removeChannel(ports, message.id));
      await emptyBin(ports);
      return { ok };
    }
    case 'channel-restore':
      return { ok: await passed(restoreChannel(ports, message.id)) };
    case 'patience':
      await passed(setPatience(ports, message.patience));
      return { ok: true };
  }
}
