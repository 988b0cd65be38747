import { describe, expect, it } from 'vitest';
import { DEFAULT_PATIENCE } from '../../src/core/reminder/patience.ts';
import { parseOwnMessage } from '../../src/messages/own.ts';

const channel = { values: { key: 'AbCdEfGh12345678' }, label: '手机', whose: 'mine', agreed: false };
const add = (part: object = {}) => ({ do: 'channel-add', service: 'bark', channel: { ...channel, ...part } });

describe('what our pages ask of channels', () => {
  it.each([
    add(),
    { do: 'channel-edit', id: 'a', channel, forget: ['token'] },
    { do: 'channel-test', id: 'a' },
    { do: 'channel-seen', id: 'a', wasSeen: true },
    { do: 'channel-switch', id: 'a', isOn: false },
    { do: 'channel-details', id: 'a', showsDetails: true },
    { do: 'channel-move', id: 'a', way: 'up' },
    { do: 'channel-remove', id: 'a' },
    { do: 'channel-restore', id: 'a' },
    { do: 'patience', patience: DEFAULT_PATIENCE },
  ])('$do is taken as it stands', (message) => {
    expect(parseOwnMessage(message)).toEqual(message);
  });

  it.each([
    ['an unknown service', { ...add(), service: 'smoke' }],
    ['more than is asked for', { ...add(), confirmedAt: 1 }],
    ['a confirmation inside', add({ confirmedAt: 1 })],
    ['a value that is no text', add({ values: { key: 1 } })],
    ['a value without end', add({ values: { key: 'x'.repeat(4001) } })],
    ['a field of no service', add({ values: { '__proto__ x': 'x' } })],
    ['fields without end', add({ values: Object.fromEntries([...'abcdefghijklm'].map((name) => [name, ''])) })],
    ['a long label', add({ label: 'x'.repeat(61) })],
    ['an empty id', { do: 'channel-test', id: '' }],
    ['a way sideways', { do: 'channel-move', id: 'a', way: 'left' }],
    ['no patience at all', { do: 'patience', patience: { ...DEFAULT_PATIENCE, today: 1000 } }],
    ['patience without end', { do: 'patience', patience: { ...DEFAULT_PATIENCE, today: 9e9 } }],
    ['patience of an unknown kind', { do: 'patience', patience: { ...DEFAULT_PATIENCE, never: 600_000 } }],
    ['half a patience', { do: 'patience', patience: { today: 600_000 } }],
  ])('%s is refused', (_, message) => {
    expect(parseOwnMessage(message)).toBeNull();
  });
});
