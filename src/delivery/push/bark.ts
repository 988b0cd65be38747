/** Bark, of api.day.app or the owner's own server. Sources: Finb/Bark docs/tutorial.md; Finb/bark-server docs/API_V2.md, route_push.go. */
import { barkIv, barkSeal } from './bark-seal.ts';
import { accepted, bytes, type Contract, failed, named, textOf } from './contract.ts';

/** APNs takes 4 096 bytes for everything; sealing makes a text longer by a third. */
const TEXT = bytes(1500);

/** What Apple says of a device that is gone; the server forgets its token then. */
const GONE = /BadDeviceToken|Unregistered|DeviceTokenNotForTopic/;

export const bark: Contract = {
  title: bytes(200),
  text: TEXT,
  replaces: true,
  request: async ({ title, text, loudness, tag }, { server, key, seal, sealMode = 'cbc' }) => {
    const content = { title, body: text, group: 'Duly' };
    const ring = loudness === 'loudest' ? { level: 'critical', call: '1' } : { level: 'timeSensitive' };
    // Which device, how loud and what it replaces the server needs to know; the words it does not.
    const told = seal ? await barkSeal({ ...content, ...ring }, seal, sealMode, barkIv(sealMode)) : content;
    return { url: `${server}/push`, body: { device_key: key, id: tag, ...ring, ...told } };
  },
  verdict: ({ status, json, tag }) => {
    if (status === 200 && json.code === 200) return accepted(tag);
    if (status === 200) return json.code === undefined ? failed('push-bad-answer') : named({}, json.code);
    if (GONE.test(textOf(json.message))) return failed('push-device-gone');
    return status === 400 && json.code === 400 ? failed('push-wrong-key') : null;
  },
  withdraw: (receipt, { server, key }) => ({
    url: `${server}/push`,
    body: { device_key: key, id: receipt, delete: '1' },
  }),
};
