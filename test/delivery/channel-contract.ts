/** What every Channel keeps, whatever stands behind it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/app/ports.ts';
import { merge, type Notice } from '../../src/core/reminder/notice.ts';
import { at, bill } from '../core/made-up.ts';

export const NOW = at('2026-09-14 10:00');

export function aNotice(): Notice {
  const reminder = {
    id: `${bill().id}|due-today|2026-09-14|10`,
    billId: bill().id,
    kind: 'due-today' as const,
    day: bill().dueDay!,
    at: NOW,
  };
  return merge([reminder], new Map([[bill().id, bill()]]), NOW, 'unknown')!;
}

/** How the thing behind the channel behaves. */
export type Behaviour = 'works' | 'throws' | 'rejects' | 'never-answers' | 'switched-off';

/** `longestMs`: how long the channel may wait before it calls a silence a failure. */
export function channelContract(
  name: string,
  open: (behaviour: Behaviour) => { channel: Channel; longestMs: number },
): void {
  describe(`a channel: ${name}`, () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('accepts only what was accepted', async () => {
      expect(await open('works').channel.send(aNotice())).toEqual({ kind: 'accepted' });
      expect(vi.getTimerCount()).toBe(0);
    });

    it.each(['throws', 'rejects', 'switched-off'] as const)(
      'gives a stable code when the other side %s, and none of its words',
      async (behaviour) => {
        const delivery = await open(behaviour).channel.send(aNotice());
        expect(delivery).toEqual({ kind: 'failed', code: expect.stringMatching(/^[a-z]+(-[a-z]+)+$/) });
        expect(JSON.stringify(delivery)).not.toContain('九月账单');
      },
    );

    it('does not wait for ever', async () => {
      const { channel, longestMs } = open('never-answers');
      const delivery = channel.send(aNotice());
      await vi.advanceTimersByTimeAsync(longestMs);
      expect(await delivery).toMatchObject({ kind: 'failed' });
    });
  });
}
