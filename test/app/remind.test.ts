import { afterEach, describe, expect, it, vi } from 'vitest';
import { healthOf } from '../../src/app/health.ts';
import { act, see } from '../../src/app/owner-acts.ts';
import type { Delivery, Ports } from '../../src/app/ports.ts';
import { remind } from '../../src/app/remind.ts';
import { answerSelfTest, startSelfTest } from '../../src/app/self-test.ts';
import { takeReading } from '../../src/app/take-reading.ts';
import type { Unwritten, UnwrittenMemory } from '../../src/app/unwritten.ts';
import { viewOf } from '../../src/app/view.ts';
import type { Bill } from '../../src/core/bill.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { ReadBill } from '../../src/core/reading.ts';
import { DEFAULT_RULES } from '../../src/core/rules.ts';
import { at, billsReading, day, bill as madeUp, readBill, SITE } from '../core/made-up.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { setting } from './escalation/world.ts';
import { portsOver } from './ports-over.ts';

const DUE = at('2026-09-14 10:00');
/** First read on the morning of its due day: nothing before that is owed. */
const bill = (part: Partial<Bill> = {}): Bill =>
  madeUp({ owedSince: at('2026-09-14 08:00'), readAt: at('2026-09-14 08:00'), ...part });
const failing = async (): Promise<Delivery> => ({ kind: 'failed', code: 'notifications-off' });

describe('the doorbell', () => {
  it('is armed for a retry before the work, and for the next slot after it', async () => {
    const { ports, steps } = portsOver(memoryStore({ bills: [bill()] }), { now: DUE });
    await remind(ports, 'alarm');
    expect(steps).toEqual([`arm ${5 * MINUTE_MS}`, 'send', `arm ${6 * HOUR_MS}`, 'badge']);
  });

  it('is not touched when it already rings at the right moment', async () => {
    const { ports, steps } = portsOver(memoryStore({ bills: [bill()] }), { now: at('2026-09-14 09:00') });
    await remind(ports, 'alarm');
    await remind(ports, 'active');
    expect(steps).toEqual([`arm ${HOUR_MS}`, 'badge', 'badge']);
  });

  it('rings at the next heartbeat when there is nothing to remind of', async () => {
    const watched = portsOver(memoryStore(), { now: DUE });
    expect(await remind(watched.ports, 'install')).toMatchObject({
      notice: null,
      delivered: false,
      wakeAt: DUE + 6 * HOUR_MS,
    });
    expect(watched.sent).toEqual([]);
  });

  it('that cannot be armed does not cost the notice', async () => {
    const { ports, sent, warnings } = portsOver(memoryStore({ bills: [bill()] }), { now: DUE });
    const broken: Ports = {
      ...ports,
      alarm: { armedFor: async () => null, arm: () => Promise.reject(new Error('made up')) },
    };
    expect((await remind(broken, 'alarm')).delivered).toBe(true);
    expect(sent).toHaveLength(1);
    expect(warnings).toContain('alarm-failed');
  });

  it('a badge that fails does not cost the record of the pass', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, warnings } = portsOver(store, { now: DUE });
    await remind({ ...ports, badge: { show: () => Promise.reject(new Error('made up')) } }, 'alarm');
    expect(await store.lastPassAt()).toBe(DUE);
    expect(warnings).toEqual(['badge-failed']);
  });
});

describe('a clock that runs ahead for once', () => {
  it('takes no evidence with it', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports } = portsOver(store, { now: DUE });
    await remind(ports, 'alarm');
    await act(ports, { do: 'paid', billId: bill().id, via: 'popup' });
    ports.at(at('2036-09-14 10:00'));
    await remind(ports, 'alarm');
    ports.at(DUE + HOUR_MS);
    await remind(ports, 'alarm');
    expect(store.entries()).toHaveLength(1);
  });
});

describe('a bill that is met in the evening of its due day', () => {
  const met = (time: string) => {
    const readAt = at(`2026-09-14 ${time}`);
    return portsOver(memoryStore({ bills: [bill({ owedSince: readAt, readAt })] }), { now: readAt });
  };

  it.each(['21:30', '23:59'])('after its last hour is told at once, and once: %s', async (time) => {
    const { ports, sent } = met(time);
    await remind(ports, 'message');
    await remind(ports, 'alarm');
    expect(sent.map(({ kind }) => kind)).toEqual(['due-today']);
  });

  it('before its last hour waits for that', async () => {
    const { ports, sent } = met('20:30');
    await remind(ports, 'message');
    expect(sent).toEqual([]);
  });

  it('sounds in quiet hours that outlast the day', async () => {
    const { ports, sent } = met('22:30');
    await ports.store.saveRules({ ...DEFAULT_RULES, quiet: { fromHour: 22, toHour: 7 } });
    await remind(ports, 'message');
    expect(sent).toHaveLength(1);
  });
});

describe('a bill that is first known as overdue', () => {
  const met = (time: string, part: Partial<Bill> = {}) => {
    const readAt = at(`2026-09-17 ${time}`);
    return portsOver(memoryStore({ bills: [bill({ owedSince: readAt, readAt, ...part })] }), { now: readAt });
  };

  it.each(['10:01', '15:00', '23:30'])('after the hour of the day is told at once, and once: %s', async (time) => {
    const { ports, sent } = met(time);
    await remind(ports, 'message');
    await remind(ports, 'alarm');
    expect(sent.map(({ kind, lateMs }) => [kind, lateMs])).toEqual([['overdue', 0]]);
    ports.at(at('2026-09-18 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(2);
  });

  it('before that hour waits for it', async () => {
    const { ports, sent } = met('03:00');
    await remind(ports, 'message');
    expect(sent).toEqual([]);
    ports.at(at('2026-09-17 10:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
  });

  it('keeps the quiet hours', async () => {
    const { ports, sent } = met('13:00');
    await ports.store.saveRules({ ...DEFAULT_RULES, quiet: { fromHour: 12, toHour: 14 } });
    await remind(ports, 'message');
    expect(sent).toEqual([]);
    ports.at(at('2026-09-17 14:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
  });

  it.each(['hand', 'file'] as const)('waits for the next day where its owner brought it: %s', async (source) => {
    const { ports, sent } = met('15:00', { source });
    await remind(ports, 'message');
    expect(sent).toEqual([]);
  });
});

describe('more is read than what was acknowledged', () => {
  const yuan = (owed: number | null, part: Partial<ReadBill> = {}): ReadBill =>
    readBill({ remainingFen: owed === null ? null : ((owed * 100) as Fen), totalFen: null, minimumFen: null, ...part });
  /** Read as 100 before its due day, told at 10:00 of it and acknowledged at once. */
  const acknowledged = async () => {
    const watched = portsOver(memoryStore(), { now: at('2026-09-14 08:00') });
    const { ports, sent } = watched;
    const read = async (time: string, seen: ReadBill): Promise<void> => {
      ports.at(at(`2026-09-14 ${time}`));
      await takeReading(ports, SITE, billsReading([seen]));
      await remind(ports, 'message');
    };
    const toldAt = async (time: string): Promise<number> => {
      const before = sent.length;
      ports.at(at(`2026-09-14 ${time}`));
      await remind(ports, 'alarm');
      return sent.length - before;
    };
    await read('08:00', yuan(100));
    expect(await toldAt('10:00')).toBe(1);
    await act(ports, { do: 'acknowledge', billId: sent[0]!.bills[0]!.id, via: 'popup' });
    return { ...watched, read, toldAt };
  };

  it('rings at the hours that are left of the day, until that is acknowledged too', async () => {
    const { ports, sent, read, toldAt } = await acknowledged();
    await read('15:00', yuan(500));
    expect(sent).toHaveLength(1);
    expect(await toldAt('18:00')).toBe(1);
    await act(ports, { do: 'acknowledge', billId: sent[0]!.bills[0]!.id, via: 'popup' });
    await read('19:00', yuan(500));
    expect(await toldAt('21:00')).toBe(0);
  });

  it('is told at once when no hour of the day is left, once for that evening', async () => {
    const { ports, sent, read, toldAt } = await acknowledged();
    await read('21:30', yuan(500));
    expect(sent).toHaveLength(2);
    expect(await toldAt('21:40')).toBe(0);
    await act(ports, { do: 'acknowledge', billId: sent[0]!.bills[0]!.id, via: 'popup' });
    await read('22:30', yuan(600));
    expect(sent).toHaveLength(2);
    ports.at(at('2026-09-15 10:00'));
    await remind(ports, 'alarm');
    expect(sent.at(-1)?.reminders.map(({ kind }) => kind)).toEqual(['overdue']);
  });

  it('tells no hour of before once more', async () => {
    const { sent, read } = await acknowledged();
    await read('18:30', yuan(500));
    expect(sent).toHaveLength(1);
  });

  it('and put off before it was read, it is not put off past the day', async () => {
    const { ports, sent, read, toldAt } = await acknowledged();
    const until = at('2026-09-15 09:00');
    await act(ports, { do: 'snooze', billId: sent[0]!.bills[0]!.id, via: 'popup', until });
    await read('15:00', yuan(500));
    expect(await toldAt('18:00')).toBe(1);
  });

  it.each<[string, ReadBill[]]>([
    ['the same', [yuan(100)]],
    ['less', [yuan(20)]],
    ['an amount that is hidden, and what it was', [yuan(null), yuan(100)]],
    ['what a reader that is trusted less makes of it, and what it was', [yuan(20, { source: 'labels' }), yuan(100)]],
    ['more, by a reader that is trusted less', [yuan(500, { source: 'labels' })]],
  ])('but not for %s', async (_what, seen) => {
    const { read, toldAt } = await acknowledged();
    for (const [hour, each] of seen.entries()) await read(`${14 + hour}:00`, each);
    expect(await toldAt('18:00')).toBe(0);
  });

  it('nor where no amount was known before', async () => {
    const { ports, sent } = portsOver(memoryStore(), { now: at('2026-09-14 09:00') });
    await takeReading(ports, SITE, billsReading([yuan(null)]));
    ports.at(DUE);
    await remind(ports, 'alarm');
    await act(ports, { do: 'acknowledge', billId: sent[0]!.bills[0]!.id, via: 'popup' });
    await takeReading(ports, SITE, billsReading([yuan(500)]));
    ports.at(at('2026-09-14 18:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
  });
});

describe('a store that refuses to write', () => {
  afterEach(() => void vi.useRealTimers());

  const full = () => Promise.reject(new Error('QuotaExceededError'));
  const memory = (): UnwrittenMemory => {
    let kept: Unwritten | null = null;
    return {
      last: async () => kept,
      keep: async (shown) => {
        kept = shown;
      },
    };
  };

  it('costs the trail of a notice, and not the notice', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, sent, warnings, armedFor } = portsOver({ ...store, record: full, amend: full }, { now: DUE });
    expect(await remind(ports, 'alarm')).toMatchObject({ delivered: false });
    expect(sent).toHaveLength(1);
    expect(warnings).toContain('ledger-failed');
    expect(armedFor()).toBe(DUE + 5 * MINUTE_MS);
  });

  it.each(['record', 'amend', 'both'])('shows it again every hour, not at every wake: %s', async (refused) => {
    const store = memoryStore({ bills: [bill()] });
    const refusing = {
      ...store,
      ...(refused === 'amend' ? {} : { record: full }),
      ...(refused === 'record' ? {} : { amend: full }),
    };
    const { ports, sent, armedFor } = portsOver(refusing, { now: DUE });
    const withMemory = { ...ports, unwritten: memory() };
    for (let minute = 0; minute < 180; minute += 5) {
      ports.at(DUE + minute * MINUTE_MS);
      await remind(withMemory, minute % 2 ? 'alarm' : 'active');
      expect(armedFor()).toBe(DUE + (minute + 5) * MINUTE_MS);
    }
    expect(sent).toHaveLength(3);
    expect(store.entries().filter(({ outcome }) => outcome === 'accepted')).toEqual([]);
  });

  it('holds back no reminder that was not shown yet', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, sent } = portsOver({ ...store, record: full, amend: full }, { now: at('2026-09-14 17:50') });
    const withMemory = { ...ports, unwritten: memory() };
    await remind(withMemory, 'active');
    ports.at(at('2026-09-14 18:00'));
    await remind(withMemory, 'alarm');
    expect(sent).toHaveLength(2);
  });

  it('is said in the popup, until it writes again', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports } = portsOver({ ...store, record: full, amend: full }, { now: DUE });
    const withMemory = { ...ports, unwritten: memory() };
    const isWriting = async () => (await healthOf(withMemory, async () => true)).isWriting;
    expect(await isWriting()).toBe(true);
    await remind(withMemory, 'alarm');
    expect(await isWriting()).toBe(false);
    ports.at(DUE + HOUR_MS);
    await remind({ ...withMemory, store }, 'alarm');
    expect(await isWriting()).toBe(true);
  });

  it.each([
    ['a desktop that refuses too leaves the badge to speak', 'failed', false, true],
    ['a desktop that shows it needs no other to speak', 'accepted', false, false],
    ['nor does another channel that has it, on a disk that is not full', 'failed', true, false],
  ] as const)('%s', async (_, kind, hasPush, isUntold) => {
    const store = memoryStore({ bills: [bill()] });
    if (hasPush) await store.changeChannels((channels) => ({ ...channels, list: [setting('a')] }));
    const refusing = hasPush ? store : { ...store, record: full, amend: full, savePass: full, saveHabit: full };
    const answer = async () => (kind === 'failed' ? { kind, code: 'notifications-off' } : { kind });
    const { ports, badges } = portsOver(refusing, { now: DUE, answer });
    const taking = { ...ports.channelFor(setting('a')), id: 'a', send: async () => ({ kind: 'accepted' as const }) };
    for (const minute of [0, 5]) {
      ports.at(DUE + minute * MINUTE_MS);
      await remind({ ...ports, unwritten: memory(), channelFor: () => taking }, 'alarm').catch(() => undefined);
    }
    expect(badges.map((facts) => facts.isUntold)).toEqual([isUntold, isUntold]);
  });

  it('one that cannot be read leaves the badge to say that nobody knows', async () => {
    const { ports, badges } = portsOver({ ...memoryStore(), watchedBills: full }, { now: DUE });
    await expect(remind(ports, 'alarm')).rejects.toThrow();
    expect(badges).toEqual([expect.objectContaining({ isUntold: true })]);
  });

  it.each(['watchedBills', 'habit', 'deviceId'] as const)(
    'one that never answers (%s) leaves the badge to say so too',
    async (door) => {
      vi.useFakeTimers();
      const silent = { ...memoryStore({ bills: [bill()] }), [door]: () => new Promise<never>(() => undefined) };
      const { ports, badges, armedFor } = portsOver(silent, { now: DUE });
      void remind(ports, 'alarm');
      await vi.advanceTimersByTimeAsync(29_000);
      expect(badges).toEqual([]);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(badges).toEqual([expect.objectContaining({ isUntold: true })]);
      expect(armedFor()).toBe(DUE + 5 * MINUTE_MS);
    },
  );

  it('one that is only slow costs neither the notice nor, in the end, the badge', async () => {
    vi.useFakeTimers();
    const store = memoryStore({ bills: [bill()] });
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      return store.watchedBills();
    };
    const { ports, sent, badges } = portsOver({ ...store, watchedBills: slow }, { now: DUE });
    const pass = remind(ports, 'alarm');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await pass).toMatchObject({ delivered: true });
    expect(sent).toHaveLength(1);
    expect(badges.at(-1)).toMatchObject({ isUntold: false });
  });

  it.each(['record', 'amend'] as const)('one that hangs later (%s) costs no notice', async (door) => {
    vi.useFakeTimers();
    const store = memoryStore({ bills: [bill()] });
    const silent = { ...store, [door]: () => new Promise<never>(() => undefined) };
    const { ports, sent, warnings } = portsOver(silent, { now: DUE });
    const withMemory = { ...ports, unwritten: memory() };
    const pass = remind(withMemory, 'alarm');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await pass).toMatchObject({ delivered: false });
    expect(sent).toHaveLength(1);
    expect(warnings).toContain('ledger-failed');
  });

  it('one that hangs at the look after the other browsers were asked costs no notice', async () => {
    vi.useFakeTimers();
    const store = memoryStore({ bills: [bill()] });
    await store.changeSync((sync) => ({ ...sync, place: { kind: 'area' } }));
    let looks = 0;
    const watchedBills = () => (++looks > 1 ? new Promise<never>(() => undefined) : store.watchedBills());
    const { ports, sent } = portsOver({ ...store, watchedBills }, { now: DUE });
    void remind(ports, 'alarm');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent).toHaveLength(1);
  });

  it('and a browser whose own memory refuses too costs no notice', async () => {
    const { ports, sent } = portsOver({ ...memoryStore({ bills: [bill()] }), record: full, amend: full }, { now: DUE });
    await remind({ ...ports, unwritten: { last: full, keep: full } }, 'alarm');
    await remind({ ...ports, unwritten: { last: full, keep: full } }, 'alarm');
    expect(sent).toHaveLength(2);
  });

  it('or a channel that cannot be opened, does not end the pass', async () => {
    const store = memoryStore({ bills: [bill()] });
    await store.changeChannels((channels) => ({ ...channels, list: [setting('a')] }));
    const { ports, badges, warnings, armedFor } = portsOver(store, { now: DUE });
    await remind(ports, 'alarm');
    ports.at(DUE + 30 * MINUTE_MS);
    const channelFor = () => {
      throw new Error('made up');
    };
    await remind({ ...ports, channelFor }, 'alarm');
    expect(badges).toHaveLength(2);
    expect(warnings).toContain('escalation-failed');
    expect(armedFor()).toBe(DUE + 35 * MINUTE_MS);
  });
});

describe('a delivery that failed', () => {
  it('is in the ledger with its reason, is tried again soon, and says why it was late', async () => {
    const store = memoryStore({ bills: [bill()] });
    let answer = failing;
    const { ports, sent, warnings, armedFor } = portsOver(store, { now: DUE, answer: () => answer() });
    await remind(ports, 'alarm');
    expect(store.entries()).toMatchObject([{ outcome: 'failed', failure: 'notifications-off', settledAt: DUE }]);
    expect(armedFor()).toBe(DUE + 5 * MINUTE_MS);
    expect(warnings).toEqual(['delivery-failed']);

    answer = async () => ({ kind: 'accepted' });
    ports.at(DUE + 5 * MINUTE_MS);
    await remind(ports, 'alarm');
    expect(sent[1]).toMatchObject({ lateMs: 5 * MINUTE_MS, lateWhy: 'notifications-off' });
    expect(store.entries()).toMatchObject([
      { outcome: 'accepted', lateMs: 5 * MINUTE_MS, lateWhy: 'notifications-off' },
    ]);
  });

  it('is never taken as delivered, however often it fails', async () => {
    const { ports, sent } = portsOver(memoryStore({ bills: [bill()] }), { now: DUE, answer: failing });
    for (let minute = 0; minute < 60; minute += 5) {
      ports.at(DUE + minute * MINUTE_MS);
      await remind(ports, 'alarm');
    }
    expect(sent).toHaveLength(12);
  });

  it('without any channel is said in the log and promised again', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, warnings, armedFor } = portsOver(store, { now: DUE });
    expect((await remind({ ...ports, channels: [] }, 'alarm')).delivered).toBe(false);
    expect(warnings).toEqual(['no-channel']);
    expect(armedFor()).toBe(DUE + 5 * MINUTE_MS);
    expect(store.entries()).toEqual([]);
  });
});

describe('a crash between showing and recording', () => {
  it('shows it exactly once more, and then never again', async () => {
    const store = memoryStore({ bills: [bill()] });
    let isDying = true;
    const answer = async (): Promise<Delivery> => {
      if (isDying) throw new Error('killed');
      return { kind: 'accepted' };
    };
    const { ports, sent, armedFor } = portsOver(store, { now: DUE, answer });
    await expect(remind(ports, 'alarm')).rejects.toThrow('killed');
    isDying = false;
    expect(store.entries()).toMatchObject([{ outcome: 'fired' }]);
    expect(armedFor()).toBe(DUE + 5 * MINUTE_MS);

    ports.at(DUE + 2 * MINUTE_MS);
    await remind(ports, 'start-up');
    expect(sent).toHaveLength(2);
    expect(sent[1]!.id).toBe(sent[0]!.id);
    expect(store.entries()).toMatchObject([{ outcome: 'accepted' }]);
    await remind(ports, 'active');
    expect(sent).toHaveLength(2);
  });
});

describe('several wakes at once', () => {
  it('through one queue tell each reminder once', async () => {
    const store = memoryStore({ bills: [bill(), bill({ key: 'k2' })] });
    const { ports, sent } = portsOver(store, { now: DUE });
    let tail: Promise<unknown> = Promise.resolve();
    for (const wake of ['start-up', 'alarm', 'active', 'page', 'message', 'alarm'] as const)
      tail = tail.then(() => remind(ports, wake));
    await tail;
    expect(sent).toHaveLength(1);
    expect(sent[0]!.bills).toHaveLength(2);
  });
});

describe('a late notice says why', () => {
  it.each([
    ['start-up', 'browser-closed'],
    ['session', 'browser-closed'],
    ['install', 'browser-closed'],
    ['alarm', 'asleep'],
    ['active', 'asleep'],
    ['message', 'unknown'],
    ['page', 'unknown'],
  ] as const)('woken by %s: %s', async (wake, why) => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, sent } = portsOver(store, { now: at('2026-09-14 12:30') });
    await remind(ports, wake);
    expect(sent[0]).toMatchObject({ lateMs: 150 * MINUTE_MS, lateWhy: why });
    expect(store.entries()[0]).toMatchObject({ plannedAt: DUE, lateMs: 150 * MINUTE_MS, lateWhy: why });
  });

  it('and one that is on time says nothing', async () => {
    const { ports, sent } = portsOver(memoryStore({ bills: [bill()] }), { now: DUE + 59_000 });
    await remind(ports, 'start-up');
    expect(sent[0]).toMatchObject({ lateMs: 0, lateWhy: null });
  });
});

describe('a merged notice', () => {
  it('carries the most urgent kind and counts its lateness from the oldest slot', async () => {
    const bills = [
      bill({ key: 'later', dueDay: day('2026-09-17') }),
      bill({ key: 'today' }),
      bill({ key: 'over', dueDay: day('2026-09-12') }),
    ];
    const { ports, sent } = portsOver(memoryStore({ bills }), { now: at('2026-09-14 18:30') });
    await remind(ports, 'active');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.kind).toBe('overdue');
    expect(sent[0]!.bills.map((each) => [each.id.split('/').at(-1), each.daysLeft])).toEqual([
      ['over', -2],
      ['today', 0],
      ['later', 3],
    ]);
    expect(sent[0]!.lateMs).toBe(8.5 * HOUR_MS);
  });
});

describe('what the owner does with a notice', () => {
  const doers = ['close', 'click'] as const;
  it.each(doers)('%s acknowledges nothing', async (how) => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, sent } = portsOver(store, { now: DUE });
    await remind(ports, 'alarm');
    await see(ports, sent[0]!.id, how === 'close' ? 'closed' : 'clicked');
    ports.at(at('2026-09-14 18:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(2);
  });

  it('acknowledging ends the later slots of the day alone, and can be taken back', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports, sent } = portsOver(store, { now: DUE });
    await remind(ports, 'alarm');
    expect(await act(ports, { do: 'acknowledge', billId: bill().id, via: 'popup' })).toBe(true);
    ports.at(at('2026-09-14 18:00'));
    await remind(ports, 'alarm');
    expect(sent).toHaveLength(1);
    expect(await act(ports, { do: 'unacknowledge', billId: bill().id, via: 'popup' })).toBe(true);
    await remind(ports, 'message');
    expect(sent).toHaveLength(2);
    await act(ports, { do: 'acknowledge', billId: bill().id, via: 'popup' });
    ports.at(at('2026-09-15 10:00'));
    await remind(ports, 'alarm');
    expect(sent.at(-1)!.kind).toBe('overdue');
  });

  it('acknowledging what was never delivered is refused', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports } = portsOver(store, { now: DUE, answer: failing });
    expect(await act(ports, { do: 'acknowledge', billId: bill().id, via: 'popup' })).toBe(false);
    await remind(ports, 'alarm');
    expect(await act(ports, { do: 'acknowledge', billId: bill().id, via: 'popup' })).toBe(false);
    expect(await store.actsOf(bill().id)).toEqual([]);
  });

  it.each([
    ['paid', 'unpaid'],
    ['mute', 'unmute'],
    ['snooze', 'unsnooze'],
  ] as const)('%s silences, %s brings back what was held, and both are in the story', async (doing, undoing) => {
    const store = memoryStore({ bills: [bill({ owner: { note: '妈妈的卡' } })] });
    const { ports, sent } = portsOver(store, { now: at('2026-09-14 09:00') });
    await act(ports, { do: doing, billId: bill().id, via: 'dashboard', until: at('2026-09-16 09:00') });
    ports.at(at('2026-09-14 18:00'));
    await remind(ports, 'alarm');
    expect(sent).toEqual([]);
    await act(ports, { do: undoing, billId: bill().id, via: 'dashboard' });
    await remind(ports, 'message');
    expect(sent).toHaveLength(1);
    expect((await store.bill(bill().id))!.owner).toEqual({ note: '妈妈的卡' });
    expect((await store.actsOf(bill().id)).map((each) => each.do)).toEqual([doing, undoing]);
  });

  it.each([
    [
      'before its due day was known rings on that day, and at its end',
      -HOUR_MS,
      ['due-today', 'due-today', 'due-today'],
    ],
    ['since its due day was known holds back that day too, and rings at its end', HOUR_MS, []],
  ])('a snooze that was chosen %s', async (_, sinceKnownMs, ofDay) => {
    const owner = { snoozedAt: bill().owedSince + sinceKnownMs, snoozedUntil: at('2026-09-20 09:00') };
    const { ports, sent, armedFor } = portsOver(memoryStore({ bills: [bill({ owner })] }), { now: DUE });
    await remind(ports, 'message');
    while (armedFor()! < at('2026-09-15 00:00')) {
      ports.at(armedFor()!);
      await remind(ports, 'alarm');
    }
    expect(sent.map(({ kind }) => kind)).toEqual(ofDay);
    ports.at(owner.snoozedUntil);
    await remind(ports, 'alarm');
    expect(sent.at(-1)!.reminders.some(({ id }) => id.includes('|snooze|'))).toBe(true);
  });

  it.each(['paid', 'mute', 'snooze'] as const)('undoing %s leaves the other marks as they were', async (doing) => {
    const store = memoryStore({ bills: [bill()] });
    const { ports } = portsOver(store, { now: DUE });
    const undoing = { paid: 'unpaid', mute: 'unmute', snooze: 'unsnooze' } as const;
    for (const each of ['paid', 'mute', 'snooze'] as const)
      await act(ports, { do: each, billId: bill().id, via: 'popup', until: DUE + 1 });
    const marks = { paidAt: DUE, mutedAt: DUE, snoozedAt: DUE, snoozedUntil: DUE + 1 };
    expect((await store.bill(bill().id))!.owner).toEqual(marks);
    await act(ports, { do: undoing[doing], billId: bill().id, via: 'popup' });
    const gone = { paid: ['paidAt'], mute: ['mutedAt'], snooze: ['snoozedAt', 'snoozedUntil'] }[doing];
    expect((await store.bill(bill().id))!.owner).toEqual(
      Object.fromEntries(Object.entries(marks).filter(([name]) => !gone.includes(name))),
    );
  });

  it('an act on a bill that is not there is refused', async () => {
    const { ports } = portsOver(memoryStore(), { now: DUE });
    expect(await act(ports, { do: 'paid', billId: 'nobody', via: 'popup' })).toBe(false);
  });
});

describe('the self-test', () => {
  it('goes the scheduled path once, in quiet hours too', async () => {
    const store = memoryStore();
    await store.saveRules({ ...DEFAULT_RULES, quiet: { fromHour: 0, toHour: 23 } });
    const { ports, sent, armedFor } = portsOver(store, { now: DUE });
    const when = await startSelfTest(ports);
    await remind(ports, 'message');
    expect(sent).toEqual([]);
    expect(armedFor()).toBe(when);
    ports.at(when);
    await remind(ports, 'alarm');
    await remind(ports, 'alarm');
    expect(sent.map((notice) => notice.kind)).toEqual(['self-test']);
    await answerSelfTest(ports, true);
    expect(await store.selfTest()).toEqual({ at: when, wasSeen: true });
  });

  it('does not come a day late', async () => {
    const store = memoryStore();
    const { ports, sent } = portsOver(store, { now: DUE });
    await startSelfTest(ports);
    ports.at(DUE + 26 * HOUR_MS);
    await remind(ports, 'start-up');
    expect(sent).toEqual([]);
  });
});

describe('what our pages show', () => {
  it('is the next promise, and one in the past while a delivery is retried', async () => {
    const store = memoryStore({ bills: [bill()] });
    const { ports } = portsOver(store, { now: at('2026-09-14 09:00'), answer: failing });
    expect(await viewOf(ports)).toMatchObject({ nextReminderAt: DUE, lastPassAt: null, notified: 0 });
    ports.at(DUE + MINUTE_MS);
    await remind(ports, 'alarm');
    expect(await viewOf(ports)).toMatchObject({ nextReminderAt: DUE, lastPassAt: DUE + MINUTE_MS, notified: 0 });
  });
});
