/**
 * A small extension made of the built hook and the real isolated half, in a real browser, against a made-up account
 * server. Pages run a function of the test as their first script and report by themselves, so that a page which breaks
 * every built-in still answers.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { BUILT } from '../../../scripts/build.ts';
import type { PageResponse } from '../../../src/sites/site.ts';
import { launchChromium } from '../../e2e/browsers/chromium.ts';
import { ADDON_ID, launchFirefox } from '../../e2e/browsers/firefox.ts';
import { eventually, sleep } from '../../e2e/browsers/process.ts';
import { startAccountServer } from './server.ts';

export type BrowserName = 'chromium' | 'firefox';
export type Order = 'page side first' | 'isolated side first' | 'page side alone' | 'isolated side alone';

export interface Played<R> {
  readonly result: R;
  readonly heard: readonly PageResponse[];
  /** What the page asked the server for, in order: method, host and path with query. */
  readonly asked: readonly string[];
}

export interface Probe {
  /** `host` defaults to the account host; on `www.jd.com` no script of ours runs. */
  play<R>(page: () => R | Promise<R>, host?: string): Promise<Played<R>>;
  close(): Promise<void>;
}

export async function startProbe(browser: BrowserName, order: Order, isInstalledLate = false): Promise<Probe> {
  const server = await startAccountServer();
  const folder = await probeExtension(order);
  const { open, install, close } = await launch(browser, folder, server.port);
  if (!isInstalledLate) await install();
  return {
    play: async <R>(page: () => R | Promise<R>, host = 'baitiao.jd.com') => {
      const id = server.addPage(String(page));
      const from = server.asked.length;
      await open(`https://${host}/page/${id}`);
      if (isInstalledLate) await install();
      const result = await eventually(() => server.results.get(id), `the page ${id} to report`);
      // What is wrongly heard has to have had its time, too.
      await sleep(400);
      if ('error' in result) throw new Error(`page: ${result.error}`);
      const heard = server.heard.filter((one) => one.page === `/page/${id}`).map(({ response }) => response);
      return { result: result.value as R, heard, asked: server.asked.slice(from) };
    },
    close: async () => {
      await close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function probeExtension(order: Order): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'duly-probe-'));
  const entry = join(import.meta.dirname, 'probe-isolated.ts');
  const lib = { entry, formats: ['iife' as const], name: 'probe', fileName: () => 'isolated.js' };
  await build({ configFile: false, publicDir: false, logLevel: 'silent', build: { outDir, emptyOutDir: false, lib } });
  copyFileSync(join(BUILT.chrome, 'jd-hook.js'), join(outDir, 'hook.js'));
  const matches = ['https://baitiao.jd.com/*'];
  const pageSide = { matches, js: ['hook.js'], run_at: 'document_start', world: 'MAIN' };
  const isolatedSide = { matches, js: ['isolated.js'], run_at: 'document_start' };
  const scripts = {
    'page side first': [pageSide, isolatedSide],
    'isolated side first': [isolatedSide, pageSide],
    'page side alone': [pageSide],
    'isolated side alone': [isolatedSide],
  };
  const manifest = {
    manifest_version: 3,
    name: 'probe',
    version: '1',
    content_scripts: scripts[order],
    host_permissions: matches,
    browser_specific_settings: { gecko: { id: ADDON_ID } },
  };
  writeFileSync(join(outDir, 'manifest.json'), JSON.stringify(manifest));
  return outDir;
}

interface Launched {
  open(url: string): Promise<unknown>;
  install(): Promise<void>;
  close(): Promise<void>;
}

async function launch(browser: BrowserName, folder: string, replicaPort: number): Promise<Launched> {
  if (browser === 'firefox') {
    const session = await launchFirefox({ replicaPort });
    return { open: session.navigate, install: () => session.install(folder), close: session.close };
  }
  const session = await launchChromium({ extensionDir: folder, replicaPort });
  const page = await session.context.newPage();
  return { open: (url) => page.goto(url), install: async () => {}, close: session.close };
}
