/** What reminding costs: wakes of an idle browser, and one pass over a database that has grown for years. */

import { BUILT } from '../../scripts/build.ts';
import { remind } from '../../src/app/remind.ts';
import { addDays, DAY_MS, type Day, dayOf } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import type { LedgerEntry } from '../../src/core/reminder/reminder.ts';
import type { BillRow } from '../../src/storage/database.ts';
import { portsOver } from '../app/ports-over.ts';
import { at, bill } from '../core/made-up.ts';
import { launchChromium } from '../e2e/browsers/chromium.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import type { Bench, Row } from './row.ts';

const OPEN_BILLS = 10;
const DAYS = 7;
const WARM_UP = 10;
const TURNS = 60;

export const reminding: Bench = {
  name: 'reminding',
  measure: async (quick) => [
    await wakesADay(),
    ...(await costOfAPass(quick ? [1000, 10_000] : [1000, 10_000, 100_000])),
  ],
};

/** A week in which nothing happens but the alarm: each ring is one wake, and each pass arms the next. */
async function wakesADay(): Promise<Row> {
  const start = at('2026-09-01 07:13');
  const bills = Array.from({ length: OPEN_BILLS }, (_, index) =>
    bill({
      id: `made-up/default/open-${index}`,
      key: `open-${index}`,
      dueDay: addDays(dayOf(start), 2 + 3 * index),
      owedSince: start,
      readAt: start,
    }),
  );
  const { ports, armedFor } = portsOver(memoryStore({ bills }), { now: start });
  await remind(ports, 'start-up');
  let wakes = 0;
  for (let now = armedFor(); now !== null && now < start + DAYS * DAY_MS; now = armedFor()) {
    ports.at(now);
    await remind(ports, 'alarm');
    wakes++;
  }
  return {
    name: 'wakes a day, 10 open bills',
    figure: wakes / DAYS,
    unit: 'wakes',
    against: { kind: 'floor', name: 'heartbeats alone, one in 6 h', figure: 4 },
    aim: 2,
  };
}

/** Each size in a browser of its own, asked in turns, so that a busy machine is busy for all of them. */
async function costOfAPass(sizes: readonly number[]): Promise<Row[]> {
  const open = await Promise.all(sizes.map(filled));
  try {
    const passes = sizes.map((): number[] => []);
    const empties = sizes.map((): number[] => []);
    for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
      for (const [index, { roundTrip }] of open.entries()) {
        const [empty, pass] = [await roundTrip({ do: 'nothing' }), await roundTrip({ do: 'check' })];
        if (turn < WARM_UP) continue;
        empties[index]!.push(empty);
        passes[index]!.push(pass);
      }
    }
    const work = sizes.map((_, index) => median(passes[index]!) - median(empties[index]!));
    const smallest = Number(work[0]!.toFixed(2));
    return sizes.flatMap((size, index): Row[] => [
      {
        name: `a pass, ${size} stored bills`,
        figure: work[index]!,
        unit: 'ms',
        against: {
          kind: 'floor',
          name: `aim, beyond an empty message of ${median(empties[index]!).toFixed(1)}`,
          figure: 10,
        },
        aim: 1,
      },
      ...(index === 0
        ? []
        : [
            {
              name: `flat to ${size} bills`,
              figure: work[index]!,
              unit: 'ms',
              against: { kind: 'floor' as const, name: `${sizes[0]} stored bills, same run`, figure: smallest },
              aim: 1.2,
            },
          ]),
    ]);
  } finally {
    for (const { close } of open) await close();
  }
}

interface Filled {
  /** Milliseconds, on the page's own clock. */
  roundTrip(message: unknown): Promise<number>;
  close(): Promise<void>;
}

async function filled(size: number): Promise<Filled> {
  const browser = await launchChromium({ extensionDir: BUILT.chrome });
  try {
    const page = await browser.openExtensionPage('manifest.json');
    await page.evaluate(send, { do: 'check' }); // the extension makes its own database
    const today = dayOf(Date.now());
    const now = Date.now();
    for (let from = 0; from < size; from += 5000) {
      const rows = Array.from({ length: Math.min(5000, size - from) }, (_, index) =>
        rowsOf(from + index, size, today, now),
      );
      const bills = rows.map((row) => row.bill);
      await page.evaluate(write, { bills, ledger: rows.flatMap((row) => row.ledger) });
    }
    return {
      roundTrip: (message) => page.evaluate(send, message),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** The last ten are open and due in a month; all others are settled, each with its one notice in the ledger. */
function rowsOf(index: number, size: number, today: Day, now: number): { bill: BillRow; ledger: LedgerEntry[] } {
  const isOpen = index >= size - OPEN_BILLS;
  const dueDay = addDays(today, isOpen ? 20 : -(index % 600));
  const row = bill({ id: `made-up/default/${index}`, key: `${index}`, dueDay, owedSince: now, readAt: now });
  if (isOpen) return { bill: { ...row, watchDay: dueDay }, ledger: [] };
  const firedAt = now - (index % 600) * DAY_MS;
  const entry: LedgerEntry = {
    id: `${row.id}|before|${dueDay}|-1|desktop|d`,
    reminderId: `${row.id}|before|${dueDay}|-1`,
    billId: row.id,
    kind: 'before',
    day: dueDay,
    channel: 'desktop',
    device: 'd',
    noticeId: `${row.id}|before|${dueDay}|-1`,
    plannedAt: firedAt,
    firedAt,
    outcome: 'accepted',
    settledAt: firedAt,
    failure: null,
    lateMs: 0,
    lateWhy: null,
    seen: 'unknown',
    seenAt: null,
  };
  return { bill: { ...row, standing: 'settled', remainingFen: 0 as Fen }, ledger: [entry] };
}

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

async function send(message: unknown): Promise<number> {
  const start = performance.now();
  try {
    await chrome.runtime.sendMessage(message);
  } catch {
    // No listener answers the empty one; it has still gone there and back.
  }
  return performance.now() - start;
}

function write(rows: Record<string, readonly unknown[]>): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('duly');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction(Object.keys(rows), 'readwrite');
      for (const [table, all] of Object.entries(rows)) for (const row of all) writing.objectStore(table).put(row);
      writing.onerror = () => reject(writing.error);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
}
