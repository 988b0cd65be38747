/** The dashboard; the address's hash is the tab. */
import { dashboardViewOf } from '../app/dashboard-view.ts';
import { Dashboard } from '../ui/dashboard/dashboard.tsx';
import { startPage } from './page.tsx';

export function startDashboard(): void {
  startPage(dashboardViewOf, (view, page) => <Dashboard tab={location.hash.slice(1)} view={view} {...page} />);
}
