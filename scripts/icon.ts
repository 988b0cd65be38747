/** `node scripts/run.mjs icon`: renders `docs/icon*.svg` into `public/icon/`. Small sizes have a drawing of their own. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/e2e/browsers/find-browser.ts';
import { ROOT } from './command.ts';

const SIZES = [
  [16, 'icon-16.svg'],
  [32, 'icon.svg'],
  [48, 'icon.svg'],
  [96, 'icon.svg'],
  [128, 'icon.svg'],
] as const;

const folder = join(ROOT, 'public/icon');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
try {
  for (const [size, drawing] of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = readFileSync(join(ROOT, 'docs', drawing), 'utf8');
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({ path: join(folder, `${size}.png`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
