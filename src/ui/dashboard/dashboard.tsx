/** The dashboard: one page, a tab for each question. `#name` in the address opens a tab. */
import '../parts/theme.css';
import './dashboard.css';
import { useRef } from 'preact/hooks';
import type { Backups } from '../../app/backup-ports.ts';
import type { FoundCalendars } from '../../app/calendar-ports.ts';
import type { DashboardView } from '../../app/dashboard-view.ts';
import type { KnownHealth } from '../../app/health.ts';
import type { FileReport, GivenFile } from '../../app/import-file.ts';
import type { PlanView } from '../../app/plan-view.ts';
import type { CalendarLogin } from '../../core/calendar-state.ts';
import type { Instant } from '../../core/day.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import type { Allow } from '../parts/allow.ts';
import { nextReminderIn, Warnings } from '../parts/health-said.tsx';
import { useKeptFocus } from '../parts/kept-focus.ts';
import { Unanswered } from '../parts/unanswered.tsx';
import { useUnsaved } from '../parts/unsaved.ts';
import { KeptTab } from './kept-tab.tsx';
import type { ListedSite } from './sites.tsx';
import { TABS, type Tab } from './tabs.ts';

export interface DashboardProps {
  readonly view: DashboardView;
  /** Null until it is there; only tabs that need it have it at all. */
  readonly plan: PlanView | null;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  /** Never rejects; nothing of the file is stored, loaded or run. */
  readonly readFile: (file: GivenFile) => Promise<FileReport>;
  /** Asks the owner's calendar server; never rejects, and nothing is kept. */
  readonly findCalendars: (login: CalendarLogin) => Promise<FoundCalendars>;
  /** Loaded with the first use. */
  readonly openBackups: () => Promise<Backups>;
  /** The sites that Duly knows by itself. */
  readonly sites: readonly ListedSite[];
  readonly allow: Allow;
  /** What stands behind the tab's name in the address: `#evidence/<bill>`. */
  readonly detail?: string;
}

export function Dashboard({
  tab,
  health,
  ...props
}: DashboardProps & { readonly tab: Tab; readonly health: KnownHealth }) {
  const { words, view } = props;
  /** By name, each with the detail that it was opened for. */
  const opened = useRef(new Map<string, { readonly tab: Tab; readonly detail: string | undefined }>());
  opened.current.set(tab.name, { tab, detail: props.detail });
  useKeptFocus();
  useUnsaved();
  return (
    <>
      <header class="top">
        <h1>{words.say('extensionName')}</h1>
        <nav aria-label={words.say('dashboardTabs')}>
          {TABS.map(({ name, title }) => (
            <a key={name} href={`#${name}`} aria-current={name === tab.name ? 'page' : undefined}>
              {words.say(title)}
            </a>
          ))}
        </nav>
      </header>
      <main>
        <p class="quiet">
          {nextReminderIn(health, words, props.now)}
          {' · '}
          {view.lastPassAt === null
            ? words.say('neverChecked')
            : words.say('popupLastCheck', words.moment(view.lastPassAt))}
        </p>
        <Warnings health={health} words={words} />
        <h2>{words.say(tab.title)}</h2>
        {/* Another detail is another start: an effect that put it in place could overtake the owner's choice. */}
        {[...opened.current.values()].map(({ tab: { name, Content }, detail }) => (
          <KeptTab key={`${name}/${detail}`} isShown={name === tab.name}>
            <Content {...props} detail={detail} />
          </KeptTab>
        ))}
      </main>
      <Unanswered words={words} />
    </>
  );
}
