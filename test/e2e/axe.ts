/** What axe finds wrong in a page of ours, in light and in dark, in both browsers. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { FirefoxSession } from './browsers/firefox.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

interface InAxe {
  readonly axe: { run(rules: object): Promise<{ violations: Violation[] }> };
}

const said = (violations: readonly Violation[], where: string): string[] =>
  violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0]?.html}`);

export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(AXE);
    // A theme is colours: what they cannot change was found in light.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const { violations } = await page.evaluate((rules) => (globalThis as unknown as InAxe).axe.run(rules), rules);
    found.push(...said(violations, colorScheme));
  }
  return found;
}

/** In the theme that Firefox shows now. */
export async function violationsIn(firefox: FirefoxSession): Promise<string[]> {
  // Sent as text: Firefox runs it beside the page, where the page's own policy does not hold.
  const remote = new Function(`${AXE}; return axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })));`);
  return said(await firefox.exec(remote as () => Promise<Violation[]>), 'firefox');
}
