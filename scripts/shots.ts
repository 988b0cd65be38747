/**
 * `npm run shots`: pictures of the real build with made-up data, every page and tab in both languages, light and dark:
 * whole into `.output/shots/`, to look at; as a screen shows them into `docs/shots/`, where the popup, the bills and the
 * welcome stand in all four and every other tab once in each language.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ChromiumSession, launchChromium } from '../test/e2e/browsers/chromium.ts';
import { homeRows, putRows } from '../test/e2e/made-up-home.ts';
import { BUILT, build } from './build.ts';
import { ROOT } from './command.ts';

const FOLDER = join(ROOT, 'docs/shots');
const WHOLE = join(ROOT, '.output/shots');
const LIMIT_MS = 300_000;
/** What a repository should carry of pictures. */
const MOST_BYTES = 2_500_000;

const LANGUAGES = {
  zh: {},
  en: { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en_US' },
} as const;
type Language = keyof typeof LANGUAGES;
const SCHEMES = ['light', 'dark'] as const;

setTimeout(() => {
  console.error(`shots: not done within ${LIMIT_MS / 60_000} minutes`);
  process.exit(1);
}, LIMIT_MS).unref();

await build('chrome', 'stderr');
for (const folder of [FOLDER, WHOLE]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
for (const language of ['zh', 'en'] as const) await shoot(language);
const files = readdirSync(FOLDER);
const bytes = files.reduce((sum, file) => sum + statSync(join(FOLDER, file)).size, 0);
console.log(`shots: ${files.length} pictures in docs/shots, ${(bytes / 1000).toFixed(0)} kB`);
if (bytes > MOST_BYTES) {
  console.error(`shots: more than ${MOST_BYTES / 1000} kB: leave some out`);
  process.exitCode = 1;
}

async function shoot(language: Language): Promise<void> {
  const browser = await launchChromium({
    extensionDir: BUILT.chrome,
    env: { ...LANGUAGES[language], TZ: 'Asia/Shanghai' },
    ...(language === 'en' ? { args: ['--lang=en-US'], locale: 'en-US' } : {}),
  });
  try {
    await fill(browser, language);
    for (const scheme of SCHEMES) {
      const shot = async (page: Page, what: string, isKept: boolean): Promise<void> => {
        const name = `${what}-${language}-${scheme}.png`;
        await page.screenshot({ path: join(WHOLE, name), fullPage: true });
        if (isKept) await page.screenshot({ path: join(FOLDER, name), fullPage: what === 'popup' });
      };
      const open = async (path: string, width: number, height: number): Promise<Page> => {
        const page = await browser.openExtensionPage(path);
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.waitForSelector('h1');
        await page.waitForTimeout(500);
        return page;
      };
      const popup = await open('popup.html', 360, 620);
      await shot(popup, 'popup', true);
      await popup.close();
      const welcome = await open('welcome.html', 760, 560);
      await shot(welcome, 'welcome', true);
      await welcome.close();
      const dashboard = await open('dashboard.html', 1280, 800);
      const tabs = await dashboard
        .locator('nav a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      for (const tab of tabs) {
        await dashboard.goto(dashboard.url().replace(/#.*|$/, tab ?? ''));
        await dashboard.waitForTimeout(400);
        await shot(dashboard, String(tab).slice(1), tab === '#bills' || scheme === 'light');
      }
      await dashboard.close();
    }
  } finally {
    await browser.close();
  }
}

/** The extension makes its database, then the made-up person moves in. */
async function fill(browser: ChromiumSession, language: Language): Promise<void> {
  const page = await browser.openExtensionPage('dashboard.html');
  await page.waitForSelector('h1');
  await page.evaluate(putRows, homeRows(Date.now(), language) as Record<string, object[]>);
  await page.close();
}
