/** THE LIST of the dashboard's tabs: the name in the address (`dashboard.html#reminders`), the words, the content. */
import type { JSX } from 'preact';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { Bills } from './bills.tsx';
import { Channels } from './channels.tsx';
import { Cost } from './cost.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { Evidence } from './evidence.tsx';
import { Month } from './month.tsx';
import { Reminders } from './reminders.tsx';
import { Settings } from './settings.tsx';
import { Sites } from './sites.tsx';
import { SyncTab } from './sync.tsx';

export interface Tab {
  readonly name: string;
  readonly title: MessageKey;
  readonly Content: (props: DashboardProps) => JSX.Element;
  /** It shows what the planner promises. */
  readonly needsPlan?: true;
}

export const TABS: readonly Tab[] = [
  { name: 'bills', title: 'tabBills', Content: Bills },
  { name: 'calendar', title: 'tabCalendar', Content: Month, needsPlan: true },
  { name: 'reminders', title: 'tabReminders', Content: Reminders, needsPlan: true },
  { name: 'channels', title: 'tabChannels', Content: Channels, needsPlan: true },
  { name: 'sync', title: 'tabSync', Content: SyncTab },
  { name: 'sites', title: 'tabSites', Content: Sites },
  { name: 'cost', title: 'tabCost', Content: Cost },
  { name: 'evidence', title: 'tabEvidence', Content: Evidence },
  { name: 'settings', title: 'tabSettings', Content: Settings },
];

/** Of `reminders`, or `evidence/<bill>`; the first tab where the address names none. */
export function tabAt(address: string): Tab {
  const name = address.split('/')[0];
  return TABS.find((tab) => tab.name === name) ?? TABS[0]!;
}

/** What stands behind the tab's name in the address. */
export function detailAt(address: string): string {
  try {
    return decodeURIComponent(address.split('/').slice(1).join('/'));
  } catch {
    return ''; // URIError: an address that somebody cut
  }
}
