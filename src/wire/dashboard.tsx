/** The dashboard; the address's hash is the tab. */
import type { Backups } from '../app/backup-ports.ts';
import type { FoundCalendars } from '../app/calendar-ports.ts';
import { type DashboardView, dashboardViewOf } from '../app/dashboard-view.ts';
import type { FileReport, GivenFile } from '../app/import-file.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import type { CalendarLogin } from '../core/calendar-state.ts';
import type { Ask } from '../messages/own.ts';
import { SITES } from '../sites/index.ts';
import { Dashboard } from '../ui/dashboard/dashboard.tsx';
import { type PageProps, startPage } from './page.tsx';
import { pagePorts } from './page-ports.ts';

const LISTED = SITES.map(({ id, title, matches, isOptional }) => ({ id, title, patterns: matches, isOptional }));

export function startDashboard(): void {
  const ports = pagePorts();
  const show = (view: DashboardView, page: PageProps) => (
    <Dashboard
      tab={location.hash.slice(1)}
      view={view}
      readFile={readFile}
      findCalendars={findCalendars}
      openBackups={() => backupsFor(page.ask)}
      sites={LISTED}
      {...page}
    />
  );
  startPage(ports, dashboardViewOf, show, ports.store.deviceId());
}

/** The reader of a calendar server's XML comes with the first search: the background does without it. */
async function findCalendars(login: CalendarLogin): Promise<FoundCalendars> {
  const discover = await import('../delivery/calendar/discover.ts');
  return discover.findCalendars(login, { fetch: (...asked) => fetch(...asked), isAllowed: siteAccess.has });
}

/** The readers of files come with the first file. `DOMParser` runs no script and loads nothing. */
async function readFile(file: GivenFile): Promise<FileReport> {
  const { readImportFile } = await import('../app/import-file.ts');
  const parseHtml = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
  return readImportFile(file, { now: Date.now(), parseHtml });
}

let backups: Promise<Backups> | undefined;

/** The seal and the reader of backups come with the first one. */
function backupsFor(ask: Ask): Promise<Backups> {
  backups ??= import('./backup.ts').then(
    ({ openBackups }) => openBackups(ask),
    (error: unknown) => {
      backups = undefined; // the next click tries again
      throw error;
    },
  );
  return backups;
}
