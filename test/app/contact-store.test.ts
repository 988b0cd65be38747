/** What the contact check, the refresh and the closed sites keep: the same in memory and over IndexedDB. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NO_CONTACT, switchContact } from '../../src/core/contact.ts';
import { NO_REFRESH, refreshOpening } from '../../src/core/refresh.ts';
import { Database } from '../../src/storage/database.ts';
import { openStore } from '../../src/storage/store.ts';
import { memoryStore } from '../fakes/memory-store.ts';

describe.each([
  ['in memory', () => memoryStore()],
  ['over IndexedDB', () => openStore(new Database('contact-store'))],
])('a store %s', (_, open) => {
  it('begins with everything off', async () => {
    const store = open();
    expect([await store.contact(), await store.refresh(), await store.closedSites()]).toEqual([
      NO_CONTACT,
      NO_REFRESH,
      [],
    ]);
  });

  it('keeps what a change gives, gives it back, and loses no change of two at once', async () => {
    const store = open();
    expect((await store.changeContact((contact) => switchContact(contact, true, 7))).onSince).toBe(7);
    await Promise.all(
      ['a', 'b'].map((site) => store.changeRefresh((refresh) => refreshOpening({ ...refresh, isOn: true }, site, 8))),
    );
    await store.saveClosedSites(['a']);
    expect((await store.contact()).onSince).toBe(7);
    expect(Object.keys((await store.refresh()).sites)).toEqual(['a', 'b']);
    expect(await store.closedSites()).toEqual(['a']);
  });

  it('keeps nothing of a change that throws', async () => {
    const store = open();
    const before = await store.contact();
    const change = () => {
      throw new Error('made up');
    };
    await expect(store.changeContact(change)).rejects.toThrow();
    expect(await store.contact()).toEqual(before);
  });
});
