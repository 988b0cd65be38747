/** One handler for every message of our own pages. */
import { deleteBill, restoreBill, saveBill } from '../app/edit-bill.ts';
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
import { answerEvidence } from './evidence.ts';
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
      await saveRules(ports, message.rules);
      await pass();
      return { ok: true };
    case 'act': {
      const ok = await act(ports, message.act);
      await pass();
      return { ok };
    }
    case 'bill-rules': {
      await pass();
      const ok = await setBillRules(ports, message.billId, message.rules);
      await pass();
      return { ok };
    }
    case 'save-bill': {
      const saved = await saveBill(ports, message.billId, message.bill);
      await pass();
      return { billId: saved };
    }
    case 'delete-bill': {
      const ok = await deleteBill(ports, message.billId);
      await pass();
      return { ok };
    }
    case 'restore-bill': {
      const ok = await restoreBill(ports, message.billId);
      await pass();
      return { ok };
    }
    case 'import': {
      const imported = await importBills(ports, message.bills, message.isMonthly);
      await pass();
      return imported;
    }
    case 'undo-import': {
      const undone = await undoImport(ports, message.id);
      await pass();
      return undone;
    }
    case 'contact-watch':
    case 'contact-answer':
    case 'refresh':
      await answerVisits(ports, message);
      await pass();
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
      return answerChannels(ports, message, pass);
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
      await switchHabit(ports, message.isOn);
      await pass();
      return { ok: true };
    case 'evidence':
    case 'evidence-check':
    case 'statement':
    case 'missed':
    case 'budget':
      return answerEvidence(ports, message);
    case 'self-test': {
      const at = await startSelfTest(ports);
      await pass();
      return { at };
    }
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
