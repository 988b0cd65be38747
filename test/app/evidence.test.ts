import { describe, expect, it } from 'vitest';
import { checkEvidence, evidenceFor, saveStatement, sayMissed } from '../../src/app/evidence.ts';
import type { SyncDoor } from '../../src/app/sync-ports.ts';
import type { ChannelSetting } from '../../src/core/channel/setting.ts';
import { EVIDENCE_FIELDS } from '../../src/core/evidence.ts';
import { NO_CHANNELS } from '../../src/core/reminder/chain.ts';
import type { SyncTold } from '../../src/core/sync-setting.ts';
import { entry } from '../contracts/store-contract.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

const NOW = at('2026-09-14 12:00');
const due = bill({ id: 'jd-baitiao/default/k1', siteId: 'jd-baitiao' });
const other = bill({ id: 'jd-baitiao/default/k2', siteId: 'jd-baitiao', key: 'k2' });
const sent = (id: string, channel = 'desktop', billId = due.id) =>
  entry({ id, channel, billId, reminderId: `${billId}|due-today|2026-09-14|10` });

async function begin() {
  const store = memoryStore({ bills: [due, other] });
  await store.record([sent('a'), sent('b', 'phone'), sent('c', 'removed-1'), sent('d', 'desktop', other.id)]);
  await store.changeChannels(() => ({ ...NO_CHANNELS, list: [{ id: 'phone', service: 'bark' } as ChannelSetting] }));
  return { store, ...portsOver(store, { now: NOW }) };
}

describe('the story of a bill', () => {
  it('has its site, its reminders by their ways, and what is promised next; as a chain it is whole', async () => {
    const { ports } = await begin();
    const evidence = (await evidenceFor(ports, due.id, EVIDENCE_FIELDS))!;
    expect(evidence).toMatchObject({ bill: { site: '京东白条' }, madeAt: '2026-09-14T12:00:00.000+08:00' });
    const facts = (what: string, name: string) =>
      evidence.entries.filter((each) => each.what === what).map((each) => each.facts[name]);
    expect(facts('fired', 'channel').sort()).toEqual(['bark', 'desktop', 'removed']);
    expect(facts('promised', 'state')).toContain('ahead');
    expect(await checkEvidence(ports, JSON.stringify(evidence))).toMatchObject({ kind: 'whole' });
    expect(await evidenceFor(ports, 'nobody’s', EVIDENCE_FIELDS)).toBeNull();
  });

  it('calls each browser as the owner does, and none by its random name', async () => {
    const { ports, store } = await begin();
    const own = await store.deviceId();
    await store.record([own, 'id-home', 'id-gone'].map((device) => ({ ...sent(device), device })));
    const seen = { sequence: 1, sentAt: null, readAt: null };
    const told = { devices: [{ device: 'vault-home', label: '家里', ...seen }] } as unknown as SyncTold;
    await store.changeSync((sync) => ({ ...sync, label: '办公室', told }));
    const sync = { names: async () => new Map([['id-home', 'vault-home']]) } as unknown as SyncDoor;
    const evidence = (await evidenceFor({ ...ports, ids: { ...ports.ids, hash: async () => '' }, sync }, due.id, [
      'devices',
    ]))!;
    const fired = evidence.entries.filter(({ what }) => what === 'fired').map(({ facts }) => facts);
    const browsers = new Set(fired.map(({ device, deviceName }) => `${device} ${deviceName ?? ''}`));
    expect([...browsers].sort()).toEqual(['other ', 'other 家里', 'this 办公室']);
    for (const id of [own, 'id-home', 'id-gone', 'vault-home'])
      expect(JSON.stringify(evidence).includes(id), id).toBe(false);
  });

  it('has the owner’s own words as they are now, and one act for all their changes', async () => {
    const { ports, store } = await begin();
    expect(await saveStatement(ports, due.id, '短信')).toBe(true);
    ports.at(NOW + 1000);
    await saveStatement(ports, due.id, '短信没有收到');
    expect((await store.bill(due.id))!.owner).toEqual({ statement: '短信没有收到', statementAt: NOW + 1000 });
    expect(await store.actsOf(due.id)).toMatchObject([{ do: 'statement', at: NOW + 1000 }]);
    await saveStatement(ports, due.id, ' ');
    expect((await store.bill(due.id))!.owner).toEqual({});
    expect(await saveStatement(ports, 'nobody’s', 'x')).toBe(false);
  });

  it('has that a reminder never came, until that is taken back; of another bill nothing is said', async () => {
    const { ports, store } = await begin();
    const missedAt = async () => (await store.ledgerOf([due.id, other.id])).map((each) => each.missedAt);
    expect(await sayMissed(ports, due.id, 'b', true)).toBe(true);
    expect(await missedAt()).toEqual([undefined, NOW, undefined, undefined]);
    expect(await sayMissed(ports, due.id, 'b', false)).toBe(true);
    expect(await sayMissed(ports, due.id, 'd', true)).toBe(false);
    expect(await missedAt()).toEqual([undefined, undefined, undefined, undefined]);
  });
});
