import { describe, expect, it } from 'vitest';
import { parseOwnMessage } from '../../src/messages/own.ts';

const place = { kind: 'webdav', url: 'https://dav.example.org/duly/', user: 'me', password: 'hush' };
const create = { do: 'sync-create', place, label: '书房', sharesChannels: false };
const join = { ...create, do: 'sync-join', code: 'ABCD' };

describe('what our pages ask of syncing', () => {
  it.each([
    create,
    { ...create, anew: true },
    { ...create, place: { kind: 'area' } },
    join,
    { ...join, place: null },
    { do: 'sync-now' },
    { do: 'sync-stop', removes: 'own' },
    { do: 'sync-change-code', code: 'ABCD' },
    { do: 'sync-new-vault' },
    { do: 'sync-forget-device', device: 'device000001' },
    { do: 'sync-release', word: 'refuse' },
    { do: 'sync-refill' },
    { do: 'sync-label', label: '书房' },
    { do: 'sync-share', isShared: true },
    { do: 'sync-login', user: 'me', password: 'hush' },
  ])('$do is taken as it stands', (message) => {
    expect(parseOwnMessage(message)).toEqual(message);
  });

  it.each([
    ['a place of another kind', { ...create, place: { kind: 'ftp' } }],
    ['no place to begin at', { ...create, place: null }],
    ['more than a place is', { ...create, place: { ...place, key: 'x' } }],
    ['more than is asked for', { ...create, code: 'ABCD' }],
    ['no name', { ...create, label: '' }],
    ['a name without end', { ...create, label: 'x'.repeat(61) }],
    ['a code without end', { ...join, code: 'x'.repeat(401) }],
    ['a device that is a path', { do: 'sync-forget-device', device: '../../x' }],
    ['a word that is neither', { do: 'sync-release', word: 'maybe' }],
    ['a way out that is none', { do: 'sync-stop', removes: 'everything' }],
  ])('%s is refused', (_, message) => {
    expect(parseOwnMessage(message)).toBeNull();
  });
});
