/** The dashboard; the address's hash is the tab. */
import { dashboardViewOf } from '../app/dashboard-view.ts';
import type { FileReport, GivenFile } from '../app/import-file.ts';
import { SITES } from '../sites/index.ts';
import { Dashboard } from '../ui/dashboard/dashboard.tsx';
import { startPage } from './page.tsx';

const LISTED = SITES.map(({ id, title, matches, isOptional }) => ({ id, title, patterns: matches, isOptional }));

export function startDashboard(): void {
  startPage(dashboardViewOf, (view, page) => (
    <Dashboard tab={location.hash.slice(1)} view={view} readFile={readFile} sites={LISTED} {...page} />
  ));
}

/** The readers of files come with the first file. `DOMParser` runs no script and loads nothing. */
async function readFile(file: GivenFile): Promise<FileReport> {
  const { readImportFile } = await import('../app/import-file.ts');
  const parseHtml = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
  return readImportFile(file, { now: Date.now(), parseHtml });
}
