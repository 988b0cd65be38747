/** What reading a long page costs, the first time and again: the label reader in Chromium, beside one pass over the same rows and cells. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { BUILT } from '../../scripts/build.ts';
import { launchChromium } from '../e2e/browsers/chromium.ts';
import type { Bench, Row } from './row.ts';

const SIZES = [1000, 10_000];
/** Rounds of so many rows: the clock of a page is coarse, so a short page is read several times to a figure. */
const ROWS = 10_000;
const WARM_UP = 5;
/** So many fresh pages are read once each. */
const FRESH = 5;

export const reading: Bench = {
  name: 'reading',
  measure: async (quick) => {
    const script = await readerScript();
    const session = await launchChromium({ extensionDir: BUILT.chrome });
    try {
      const rows: Row[] = [];
      const open = async (size: number): Promise<Page> => {
        const page = await session.context.newPage();
        await page.setContent(pageOf(size));
        await page.addScriptTag({ content: script });
        return page;
      };
      const measureIn = async (size: number, plan: Plan): Promise<Measured> => {
        const page = await open(size);
        try {
          return await page.evaluate(measured, plan);
        } finally {
          await page.close();
        }
      };
      for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
        const plan = { warmUp: WARM_UP, turns: quick ? 15 : 40, times: ROWS / size };
        const { read, floor, bills, why } = await measureIn(size, plan);
        const against = (figure: number): Row['against'] => ({
          kind: 'floor',
          name: 'one pass over rows and cells, same run',
          figure: Number(figure.toFixed(2)),
        });
        rows.push({
          name: `${size} rows, ${why ?? `${bills} bills`}`,
          figure: read,
          unit: 'ms',
          against: against(floor),
          aim: 1.3,
        });
        const fresh: Measured[] = [];
        for (let page = 0; page < FRESH; page++) fresh.push(await measureIn(size, { warmUp: 0, turns: 1, times: 1 }));
        rows.push({
          name: `${size} rows, first`,
          figure: median(fresh.map((one) => one.read)),
          unit: 'ms',
          against: against(median(fresh.map((one) => one.floor))),
          aim: null,
        });
      }
      return rows;
    } finally {
      await session.close();
    }
  },
};

/** The label reader alone, as the builds make it: minified, one script. */
async function readerScript(): Promise<string> {
  const entry = join(import.meta.dirname, '../../src/sites/labels/read.ts');
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, name: 'reader', formats: ['iife'] } },
  })) as Rolldown.RolldownOutput[];
  return output[0]!.output[0].code;
}

/** A bill list as a page shows it, of the last year: a statement day, a day, two amounts and a state; no two rows alike. */
function pageOf(size: number): string {
  const cell = (text: string): string => `<td>${text}</td>`;
  const rows = Array.from({ length: size }, (_, at) => {
    const day = new Date(Date.UTC(2026, 8, 14 - (at % 360))).toISOString().slice(0, 10);
    const statement = new Date(Date.UTC(2026, 8, 5 - (at % 360))).toISOString().slice(0, 10);
    const yuan = `¥${Math.floor(at / 900) + 1},${100 + (at % 900)}.20`;
    return `<tr>${cell(statement)}${cell(day)}${cell(yuan)}${cell(yuan)}${cell('待还款')}</tr>`;
  });
  const head = ['账单日', '最后还款日', '账单金额', '剩余应还', '状态'].map((text) => `<th>${text}</th>`).join('');
  return `<!doctype html><body><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></body>`;
}

// biome-ignore lint/suspicious/noExplicitAny: the bundle's global, used in a function that runs in the page.
declare const reader: any;

interface Measured {
  readonly read: number;
  readonly floor: number;
  readonly bills: number;
  readonly why: string | null;
}

interface Plan {
  readonly warmUp: number;
  readonly turns: number;
  /** How often each is done in its turn. */
  readonly times: number;
}

/** Runs in the page; the two take turns, equally often, so that a busy machine is busy for both and both are as warm. Medians, in milliseconds. */
function measured({ warmUp, turns, times }: Plan): Measured {
  const profile = { today: '2026-09-10', title: '信用卡', dueAfterStatementDays: null };
  let bills = 0;
  let why: string | null = null;
  const read = (): void => {
    const { part, why: reason } = reader.readLabels(document, profile);
    bills = part.bills.length;
    why = reason;
  };
  let characters = 0;
  const pass = (): void => {
    for (const row of document.querySelectorAll('tr'))
      for (const cell of row.cells) characters += (cell.textContent ?? '').trim().length;
  };
  const timed = (job: () => void): number => {
    const start = performance.now();
    for (let time = 0; time < times; time++) job();
    return (performance.now() - start) / times;
  };
  const reads: number[] = [];
  const passes: number[] = [];
  for (let turn = 0; turn < warmUp + turns; turn++) {
    const [passed, once] = [timed(pass), timed(read)];
    if (turn < warmUp) continue;
    passes.push(passed);
    reads.push(once);
  }
  const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  if (characters === 0) throw new Error('the pass saw no cell');
  return { read: median(reads), floor: median(passes), bills, why };
}

function median(all: number[]): number {
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}
