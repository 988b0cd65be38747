/** The popup: the next due bill large, the others by due day, and one line on how far all of it can be relied on. */
import '../parts/theme.css';
import './popup.css';
import { useState } from 'preact/hooks';
import type { KnownHealth } from '../../app/health.ts';
import type { PopupView } from '../../app/popup-view.ts';
import type { OwnerActName } from '../../app/ports.ts';
import type { Instant } from '../../core/day.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';
import type { Ask } from '../../messages/own.ts';
import type { Allow } from '../parts/allow.ts';
import { ClosedSites } from '../parts/closed-sites.tsx';
import { Trouble } from '../parts/trouble.tsx';
import type { Act } from './bill-acts.tsx';
import { BillRow, NextBill } from './bill-cards.tsx';
import { PageOffer, type ShownPage } from './page-offer.tsx';
import { Empty, HealthLine } from './popup-state.tsx';
import { Undo } from './undo.tsx';

interface PopupProps {
  readonly view: PopupView;
  readonly health: KnownHealth;
  readonly words: Words;
  readonly now: Instant;
  readonly ask: Ask;
  readonly openBills: (siteId?: string) => void;
  readonly readNow: (siteId?: string) => void;
  readonly openDashboard: (tab?: string) => void;
  readonly allow: Allow;
  /** Absent where the browser does not say what the tab shows. */
  readonly page?: ShownPage | null;
}

export function Popup({ view, health, ask, openDashboard, allow, page, ...props }: PopupProps) {
  const { words, now, openBills, readNow } = props;
  const [failed, setFailed] = useState<MessageKey | null>(null);
  const [hasActed, setActed] = useState(false);
  const { bills, more, isMoreCounted, sites, recipes, lastAct } = view;
  const [next, ...others] = bills;
  const say = (billId: string, name: OwnerActName, until?: Instant): void => {
    setActed(true);
    void ask({ do: 'act', act: { do: name, billId, via: 'popup', until } }).then(
      ({ ok }) => setFailed(ok ? null : name === 'acknowledge' ? 'popupNothingToAcknowledge' : 'popupNotDone'),
      () => setFailed('popupNotDone'),
    );
  };
  const act: Act = (bill, name, until) => say(bill.id, name, until);
  const forBill = { words, now, recipes, openBills, readNow, act };
  return (
    <>
      {failed && (
        <p class="trouble" role="alert">
          {words.say(failed)}
        </p>
      )}
      <Undo lastAct={lastAct} words={words} now={now} undo={say} takesFocus={hasActed} />
      <ClosedSites closed={view.closed} words={words} allow={allow} />
      <Trouble view={view} hasBills={bills.length > 0} words={words} />
      {next ? (
        <NextBill key={next.id} bill={next} {...forBill} />
      ) : (
        <Empty sites={sites} words={words} readNow={readNow} />
      )}
      {others.length > 0 && (
        <section>
          <h2>{words.say('popupOthers')}</h2>
          <ul class="bills">
            {others.map((bill) => (
              <BillRow key={bill.id} bill={bill} {...forBill} />
            ))}
          </ul>
        </section>
      )}
      {more > 0 && (
        <button type="button" class="more" onClick={() => openDashboard('bills')}>
          {words.say('popupMore', isMoreCounted ? String(more) : `${more}+`)}
        </button>
      )}
      {page && <PageOffer page={page} view={view} words={words} />}
      <HealthLine view={view} health={health} words={words} now={now} />
      <button type="button" onClick={() => openDashboard()}>
        {words.say('actionDashboard')}
      </button>
    </>
  );
}
