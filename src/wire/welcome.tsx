/** The first page of all. */
import { welcomeViewOf } from '../app/welcome.ts';
import { Welcome } from '../ui/welcome/welcome.tsx';
import { startPage } from './page.tsx';
import { pagePorts } from './page-ports.ts';

export function startWelcome(): void {
  startPage(pagePorts(), welcomeViewOf, (view, page) => <Welcome view={view} {...page} />);
}
