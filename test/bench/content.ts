/** What the page of somebody who owes nothing pays for us: bytes, and script time where there is no bill to read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUILT } from '../../scripts/build.ts';
import { launchChromium } from '../e2e/browsers/chromium.ts';
import { sleep } from '../e2e/browsers/process.ts';
import { startAccountServer } from '../sites/hook/server.ts';
import type { Bench, Row } from './row.ts';

/** The budgets of issue 3. */
const budget = (figure: number): Row['against'] => ({ kind: 'floor', name: 'the budget', figure });

const CONTENT = 'jd.js';

export const content: Bench = {
  name: 'content',
  measure: async (quick) => [
    { name: 'content script', figure: gzKb(CONTENT), unit: 'kB gz', against: budget(12), aim: 1 },
    {
      name: '… and readers, bill pages',
      figure: gzKb(CONTENT) + gzKb('readers.js'),
      unit: 'kB gz',
      against: budget(12),
      aim: 1,
    },
    { name: 'page hook', figure: gzKb('jd-hook.js'), unit: 'kB gz', against: budget(1.5), aim: 1 },
    {
      name: 'a page without a bill',
      figure: await scriptMs(quick ? 5 : 15),
      unit: 'ms script',
      against: budget(1),
      aim: 1,
    },
  ],
};

function gzKb(script: string): number {
  return gzipSync(readFileSync(join(BUILT.chrome, script)), { level: 9 }).length / 1000;
}

/** A coupon page: 400 elements and no word of a bill. */
const COUPONS = Array.from(
  { length: 100 },
  (_, at) => `<div class="c"><b>满${at + 100}减${at}</b><span>全场通用</span><a href="#${at}">立即领取</a></div>`,
).join('');

/** Compiling and running scripts from navigation until well after the read, less the same page where we do not run; the median. */
async function scriptMs(rounds: number): Promise<number> {
  const server = await startAccountServer();
  const session = await launchChromium({ extensionDir: BUILT.chrome, replicaPort: server.port });
  try {
    const path = `/page/${server.addPage('() => {}', COUPONS)}`;
    const page = await session.context.newPage();
    const devtools = await session.context.newCDPSession(page);
    // The thread's own time: what else the machine does is not counted.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return (of('ScriptDuration') + of('V8CompileDuration')) * 1000;
    };
    const load = async (host: string): Promise<number> => {
      await page.goto('about:blank');
      const before = await spent();
      await page.goto(`https://${host}${path}`);
      await sleep(1500);
      // A navigation to another site starts another renderer, whose count begins at zero.
      const after = await spent();
      return after >= before ? after - before : after;
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await load('www.jd.com'));
      ours.push(await load('baitiao.jd.com'));
    }
    return Math.max(0, median(ours) - median(theirs));
  } finally {
    await session.close();
    await server.close();
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
