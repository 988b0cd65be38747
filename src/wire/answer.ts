/** One handler for every message of our own pages. */
import { deleteBill, restoreBill, saveBill } from '../app/edit-bill.ts';
import { checkEvidence, evidenceFor, saveStatement, sayMissed } from '../app/evidence.ts';
import { switchHabit } from '../app/habit.ts';
import { healthOf } from '../app/health.ts';
import { importBills, undoImport } from '../app/import-bills.ts';
import { act, setBillRules } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { answerSelfTest, startSelfTest } from '../app/self-test.ts';
import { importRecipe } from '../app/teach-site.ts';
import { viewOf } from '../app/view.ts';
import { desktopNotices } from '../browser/notices.ts';
import type { OwnMessage, Replies, RulesGiven } from '../messages/own.ts';
import { answerCalendar } from './calendar.ts';
import { answerChannels } from './channels.ts';
import { refreshTaught, wantTeaching } from './teaching.ts';
import { answerVisits } from './visits.ts';

type SyncMessage = Extract<OwnMessage, { do: `sync-${string}` }>;
export type AnswerSync = (message: SyncMessage) => Promise<Replies[SyncMessage['do']]>;

export async function answer(
  ports: Ports,
  message: OwnMessage,
  pass: () => Promise<void>,
  answerSync: AnswerSync,
): Promise<Replies[OwnMessage['do']]> {
  /** Followed by a pass: it sends what is due now, and takes back what is over. */
  const passed = async <Done>(job: Promise<Done>): Promise<Done> => {
    const done = await job;
    await pass();
    return done;
  };
  switch (message.do) {
    case 'status':
      return viewOf(ports);
    case 'check':
      await pass();
      return { ok: true };
    case 'health':
      return healthOf(ports, desktopNotices.isAllowed);
    case 'welcome':
      await ports.store.saveWelcome({ step: message.step, at: ports.clock.now() });
      return { ok: true };
    case 'rules':
      // What the old rules still owe is delivered first: the new ones promise only from now on.
      await pass();
      await passed(saveRules(ports, message.rules));
      return { ok: true };
    case 'act':
      return { ok: await passed(act(ports, message.act)) };
    case 'bill-rules':
      await pass();
      return { ok: await passed(setBillRules(ports, message.billId, message.rules)) };
    case 'save-bill':
      return { billId: await passed(saveBill(ports, message.billId, message.bill)) };
    case 'delete-bill':
      return { ok: await passed(deleteBill(ports, message.billId)) };
    case 'restore-bill':
      return { ok: await passed(restoreBill(ports, message.billId)) };
    case 'import':
      return passed(importBills(ports, message.bills, message.isMonthly));
    case 'undo-import':
      return passed(undoImport(ports, message.id));
    case 'contact-watch':
    case 'contact-answer':
    case 'refresh':
      await passed(answerVisits(ports, message));
      return { ok: true };
    case 'calendar-choose':
    case 'calendar-details':
    case 'calendar-now':
    case 'calendar-stop':
    case 'calendar-file':
      return answerCalendar(ports, message);
    case 'channel-add':
    case 'channel-edit':
    case 'channel-test':
    case 'channel-seen':
    case 'channel-switch':
    case 'channel-details':
    case 'channel-move':
    case 'channel-remove':
    case 'channel-restore':
    case 'patience':
      return answerChannels(ports, message, pass, passed);
    case 'sync-create':
    case 'sync-join':
    case 'sync-now':
    case 'sync-stop':
    case 'sync-change-code':
    case 'sync-new-vault':
    case 'sync-forget-device':
    case 'sync-release':
    case 'sync-refill':
    case 'sync-label':
    case 'sync-share':
    case 'sync-login':
      return answerSync(message);
    case 'habit':
      await passed(switchHabit(ports, message.isOn));
      return { ok: true };
    case 'evidence':
      return evidenceFor(ports, message.billId, message.fields);
    case 'evidence-check':
      return checkEvidence(ports, message.text);
    case 'statement':
      return { ok: await saveStatement(ports, message.billId, message.text) };
    case 'missed':
      return { ok: await sayMissed(ports, message.billId, message.entryId, message.isMissed) };
    case 'budget':
      await ports.store.saveBudget(message.budget);
      return { ok: true };
    case 'lost-seen':
      await passed(ports.store.saveLost(null));
      return { ok: true };
    case 'self-test':
      return { at: await passed(startSelfTest(ports)) };
    case 'self-test-seen':
      await answerSelfTest(ports, message.wasSeen);
      return { ok: true };
    case 'teach':
      await wantTeaching(ports, message.tabId, message.origin);
      return { ok: true };
    case 'recipes':
      for (const recipe of message.recipes) await importRecipe(ports, recipe);
      await refreshTaught(ports);
      return { ok: true };
    case 'recipe-remove':
      await ports.store.removeRecipe(message.id);
      await refreshTaught(ports);
      return { ok: true };
  }
}

async function saveRules({ store, clock }: Ports, given: RulesGiven): Promise<void> {
  const { quiet: quietBefore, adapts } = await store.rules();
  const switched = adapts === undefined ? {} : { adapts };
  await store.saveRules({ ...given, since: clock.now(), quietBefore, ...switched });
}
