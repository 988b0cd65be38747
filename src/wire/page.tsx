/** What every page of ours has in common: a live look at the store, words, and the way to the background. */
import { type ComponentChild, render } from 'preact';
import { payUrlOf } from '../app/site-address.ts';
import { sendToBackground } from '../browser/messages.ts';
import { language, openOwnPage, openTab, say, showAnew } from '../browser/pages.ts';
import { requestAccess } from '../browser/site-permissions.ts';
import type { Instant } from '../core/day.ts';
import { type Words, wordsIn } from '../i18n/words.ts';
import type { Ask } from '../messages/own.ts';
import { SITES } from '../sites/index.ts';
import type { Allow } from '../ui/parts/allow.ts';
import { StoreTrouble } from '../ui/parts/store-trouble.tsx';
import type { GlancePorts } from './glance-ports.ts';

export interface PageProps {
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  /** Opens the account page of a site, the first of the list when none is named. */
  readonly openBills: (siteId?: string) => void;
  /** The same page, loaded anew where it stands open already: that is how it is read at once. */
  readonly readNow: (siteId?: string) => void;
  readonly openDashboard: (tab?: string) => void;
  readonly allow: Allow;
}

/** Days left and "waiting" change by themselves. */
const TICK_MS = 5_000;

/** Shows `view` again at every change of the store, every few seconds, and when the address's hash changes. */
export function startPage<P extends GlancePorts, View>(
  ports: P,
  look: (ports: P) => Promise<View>,
  show: (view: View, page: PageProps) => ComponentChild,
  /** A live query may only read: what the first look would have to make is made before it. */
  before?: Promise<unknown>,
): { readonly ask: Ask; readonly redraw: () => void } {
  const root = document.querySelector('#app');
  if (!root) throw new Error('the page has no #app');
  const ask: Ask = (message) => sendToBackground(message);
  const leave = (opening: Promise<void>): void => void opening.then(() => isPopup() && window.close());
  const openBills = (siteId: string = SITES[0]!.id): void => leave(openBillPage(ports, siteId, openTab));
  const readNow = (siteId: string = SITES[0]!.id): void => leave(openBillPage(ports, siteId, showAnew));
  const openDashboard = (tab?: string): void => leave(openOwnPage(`dashboard.html${tab ? `#${tab}` : ''}`));
  let words = wordsIn(say, language());
  document.documentElement.lang = words.language;
  let draw = (): void => render(<p aria-busy="true">{words.say('popupLoading')}</p>, root);
  const watch = (): void =>
    ports.watch(() => Promise.all([look(ports), ports.store.rules()]), {
      next: ([view, rules]) => {
        words = wordsIn(say, language(), rules.zone);
        draw = () =>
          render(
            show(view, { words, now: ports.clock.now(), ask, openBills, readNow, openDashboard, allow: requestAccess }),
            root,
          );
        draw();
      },
      error: (error: unknown) => {
        const trouble = <StoreTrouble words={words} error={error} openBills={openBills} />;
        draw = () => render(root.localName === 'main' ? trouble : <main>{trouble}</main>, root);
        draw();
      },
    });
  // Where it fails, the look fails as well, and says why.
  if (before) void before.catch(() => undefined).then(watch);
  else watch();
  draw();
  // While the database opens: the first format takes longer than all that is drawn with it.
  words.moment(ports.clock.now());
  addEventListener('hashchange', () => draw());
  setInterval(() => draw(), TICK_MS);
  return { ask, redraw: () => draw() };
}

async function openBillPage(ports: GlancePorts, siteId: string, open: (url: string) => Promise<void>): Promise<void> {
  const url = await payUrlOf(ports, siteId);
  if (url) await open(url);
}

function isPopup(): boolean {
  return location.pathname.endsWith('/popup.html');
}
