/** What holds of the escalation in every world: days around a due day with failures, closed browsers and acts in any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act } from '../../../src/app/owner-acts.ts';
import { remind } from '../../../src/app/remind.ts';
import { NO_HEALTH } from '../../../src/core/channel/setting.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import { type Patience, WAITS, waitOf } from '../../../src/core/reminder/patience.ts';
import { at, bill } from '../../core/made-up.ts';
import { setting, type World, worldOf } from './world.ts';

const FROM = at('2026-09-12 09:00');
const UNTIL = at('2026-09-16 12:00');
const IDS = ['made-up/default/k1', 'made-up/default/k2'] as const;

interface Event {
  readonly at: Instant;
  readonly what:
    | { readonly act: 'acknowledge' | 'unacknowledge' | 'paid' | 'unpaid' | 'snooze'; readonly bill: number }
    | { readonly channel: string; readonly works: boolean }
    | { readonly open: boolean };
}

interface Story {
  readonly links: number;
  /** Which of them holds messages; none beyond the last. */
  readonly holder: number;
  readonly patience: Patience;
  readonly events: readonly Event[];
}

const names = ['a', 'b', 'c'];

const event: fc.Arbitrary<Event> = fc.record({
  at: fc.integer({ min: FROM / MINUTE_MS, max: UNTIL / MINUTE_MS }).map((minute) => minute * MINUTE_MS),
  what: fc.oneof(
    fc.record({
      act: fc.constantFrom('acknowledge', 'unacknowledge', 'paid', 'unpaid', 'snooze' as const),
      bill: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({ channel: fc.constantFrom('desktop', ...names), works: fc.boolean() }),
    fc.record({ open: fc.boolean() }),
  ) as fc.Arbitrary<Event['what']>,
});

const story: fc.Arbitrary<Story> = fc.record({
  links: fc.integer({ min: 1, max: 3 }),
  holder: fc.integer({ min: 0, max: 3 }),
  patience: fc
    .array(fc.integer({ min: 5, max: 600 }), { minLength: WAITS.length, maxLength: WAITS.length })
    .map((minutes) => Object.fromEntries(WAITS.map((wait, i) => [wait, minutes[i]! * MINUTE_MS])) as Patience),
  events: fc.array(event, { maxLength: 8 }).map((events) => [...events].sort((a, b) => a.at - b.at)),
});

async function play({ links, holder, patience, events }: Story): Promise<World> {
  const list = names
    .slice(0, links)
    .map((id, i) => setting(id, { health: { ...NO_HEALTH, canWithdraw: i === holder } }));
  const bills = IDS.map((id, i) => bill({ id, key: `k${i + 1}`, owedSince: FROM, readAt: FROM }));
  const world = await worldOf(FROM, bills, list, { holds: [names[holder] ?? ''] });
  await world.store.changeChannels((channels) => ({ ...channels, patience }));
  let isOpen = true;
  for (const { at: when, what } of events) {
    await world.run(when, isOpen);
    if ('open' in what) isOpen = what.open;
    else if ('channel' in what) world.answers.set(what.channel, what.works ? 'accepted' : 'failed');
    else if (isOpen) {
      await act(world.ports, { do: what.act, billId: IDS[what.bill]!, via: 'popup', until: when + 3 * HOUR_MS });
      await remind(world.ports, 'message');
    }
  }
  await world.run(UNTIL, isOpen);
  return world;
}

const timesOf = ({ sent }: World, channel: string): string[] =>
  sent
    .filter((each) => each.channel === channel)
    .flatMap(({ at: when, notice }) => notice.reminders.map(({ id }) => `${when} ${id}`))
    .sort();

/** The law says how many messages it judged: one that never saw any proves nothing. */
async function holds(law: (story: Story) => Promise<number>): Promise<void> {
  let judged = 0;
  const counted = fc.asyncProperty(story, async (told) => {
    judged += await law(told);
  });
  await fc.assert(counted, { numRuns: Number(process.env.LAWS_RUNS ?? 150) });
  expect(judged).toBeGreaterThan(0);
}
const pushes = (sent: World['sent']) => sent.filter(({ channel }) => channel !== 'desktop');

describe('the escalation', () => {
  it('sends one reminder over one channel at most once', () =>
    holds(async (told) => {
      const { sent } = await play(told);
      const seen = new Set<string>();
      for (const { channel, notice } of sent) {
        for (const { id } of notice.reminders) {
          const key = `${channel} ${id}`;
          if (seen.has(key)) throw new Error(`twice: ${key}`);
          seen.add(key);
        }
      }
      return pushes(sent).length;
    }));

  it('is silent about what was heard before', () =>
    holds(async (told) => {
      const { sent, store } = await play(told);
      const acts = await Promise.all(IDS.map((id) => store.actsOf(id)));
      for (const { channel, at: when, notice } of pushes(sent)) {
        for (const { id, billId } of notice.reminders) {
          const heard = store
            .entries()
            .find((entry) => entry.reminderId === id && entry.seen === 'acknowledged' && (entry.seenAt ?? 0) < when);
          if (heard) throw new Error(`${channel} after it was acknowledged: ${id}`);
          const own = acts.flat().filter((each) => each.billId === billId && /paid/.test(each.do));
          // What was done in the very moment of a message came before it or after it.
          if (own.some((each) => each.at === when)) continue;
          const last = own.filter((each) => each.at < when).at(-1);
          if (last?.do === 'paid') throw new Error(`${channel} after it was paid: ${id}`);
        }
      }
      return pushes(sent).length;
    }));

  it('waits as long as it should, unless one before it failed', () =>
    holds(async (told) => {
      const { sent, store } = await play(told);
      let judged = 0;
      for (const { channel, at: when, notice } of pushes(sent)) {
        for (const { id, kind, day } of notice.reminders) {
          const entries = store.entries().filter((entry) => entry.reminderId === id);
          const opening = entries.find((entry) => entry.channel === 'desktop');
          const hasFailed = entries.some((entry) => entry.outcome === 'failed' || entry.formerFailures?.length);
          // Armed ahead, and the browser was closed at the slot: the moment of the slot counts.
          const begun = Math.min(opening?.firedAt ?? when, ...entries.map(({ plannedAt }) => plannedAt));
          const wait = waitOf(kind, day, begun);
          if (wait === null) throw new Error(`${channel} never should: ${id}`);
          if (hasFailed || !opening || opening.firedAt > when) continue;
          judged++;
          if (when < opening.plannedAt + told.patience[wait]) throw new Error(`${channel} too early: ${id}`);
        }
      }
      return judged;
    }));

  it('costs the desktop no notice and adds none', () =>
    holds(async (told) => {
      // A desktop that fails hands over, and what another channel took is not owed to it any more.
      const events = told.events.filter(({ what }) => !('channel' in what) || what.channel !== 'desktop');
      // Acknowledging names the last notice that was told, which may be another channel's.
      const calm = { ...told, events: events.filter(({ what }) => !('act' in what) || !/ack/.test(what.act)) };
      const [alone, together] = await Promise.all([play({ ...calm, links: 0 }), play(calm)]);
      const [before, after] = [timesOf(alone, 'desktop'), timesOf(together, 'desktop')];
      if (before.join('\n') !== after.join('\n'))
        throw new Error(`alone:\n${before.join('\n')}\ntogether:\n${after.join('\n')}`);
      return pushes(together.sent).length;
    }));
});
