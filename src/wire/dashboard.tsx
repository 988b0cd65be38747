/** The dashboard; the address's hash is the tab. */
import type { Backups } from '../app/backup-ports.ts';
import type { FoundCalendars } from '../app/calendar-ports.ts';
import { type DashboardView, dashboardViewOf } from '../app/dashboard-view.ts';
import type { FileReport, GivenFile } from '../app/import-file.ts';
import { type PlanView, planViewOf } from '../app/plan-view.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import type { CalendarLogin } from '../core/calendar-state.ts';
import type { Ask } from '../messages/own.ts';
import { SITES } from '../sites/index.ts';
import { Dashboard } from '../ui/dashboard/dashboard.tsx';
import { detailAt, tabAt } from '../ui/dashboard/tabs.ts';
import { watchHealth } from './health.ts';
import { type PageProps, startPage } from './page.tsx';
import { pagePorts } from './page-ports.ts';

const LISTED = SITES.map(({ id, title, matches, isOptional }) => ({ id, title, patterns: matches, isOptional }));

export function startDashboard(): void {
  const ports = pagePorts();
  let shown: DashboardView | null = null;
  const show = (view: DashboardView, page: PageProps) => {
    const isNew = shown !== view;
    shown = view;
    const tab = tabAt(location.hash.slice(1));
    if (isNew) void health.look();
    planning.want(tab.needsPlan === true, isNew);
    return (
      <Dashboard
        tab={tab}
        view={view}
        health={health.known}
        plan={planning.known}
        detail={detailAt(location.hash.slice(1))}
        readFile={readFile}
        findCalendars={findCalendars}
        openBackups={() => backupsFor(page.ask)}
        sites={LISTED}
        {...page}
      />
    );
  };
  const { ask, redraw } = startPage(ports, dashboardViewOf, show, ports.store.deviceId());
  const health = watchHealth(ask, redraw);
  const planning = watchPlan(ports, redraw);
}

/** The plan is made while a tab shows it, anew with every look at the store: with thousands of bills it takes its time. */
function watchPlan(ports: ReturnType<typeof pagePorts>, redraw: () => void) {
  let known: PlanView | null = null;
  let isWanted = false;
  let asked = 0;
  return {
    get known() {
      return known;
    },
    want(wanted: boolean, isNew: boolean): void {
      if (!wanted) known = null;
      if (wanted && (isNew || !isWanted)) void make(++asked);
      isWanted = wanted;
    },
  };
  async function make(turn: number): Promise<void> {
    // What keeps the store from answering is said by the page's own look.
    const plan = await planViewOf(ports).catch(() => null);
    if (turn !== asked || !isWanted) return;
    known = plan ?? known;
    redraw();
  }
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
