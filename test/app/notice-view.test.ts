import { describe, expect, it } from 'vitest';
import { noticeViewOf } from '../../src/app/notice-view.ts';
import { act } from '../../src/app/owner-acts.ts';
import { remind } from '../../src/app/remind.ts';
import { at, bill } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { portsOver } from './ports-over.ts';

describe('the page behind a notice', () => {
  it('of which a later one was sent says what an acknowledgement there did', async () => {
    const { ports, sent } = portsOver(memoryStore({ bills: [bill()] }), { now: at('2026-09-14 10:00') });
    await remind(ports, 'alarm');
    ports.at(at('2026-09-14 18:00'));
    await remind(ports, 'alarm');
    const [earlier, later] = sent;
    const acknowledged = async () =>
      Promise.all([earlier!, later!].map(async ({ id }) => (await noticeViewOf(ports, id)).acknowledgedIds));
    expect(await acknowledged()).toEqual([[], []]);
    await act(ports, { do: 'acknowledge', billId: bill().id, via: 'notice' });
    expect(await acknowledged()).toEqual([[bill().id], [bill().id]]);
    await act(ports, { do: 'unacknowledge', billId: bill().id, via: 'notice' });
    expect(await acknowledged()).toEqual([[], []]);
  });
});
