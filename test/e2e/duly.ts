/** The extension from outside: what its own pages may ask, what its database holds. Runs in both browsers. */
import { type Day, dayOf, daysBetween, HOUR_MS, type Instant, startOf } from '../../src/core/day.ts';
import { DEFAULT_RULES, type Rules } from '../../src/core/rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: a global of the browser, used in functions that run there.
declare const chrome: any;

/** Runs a function in one of the extension's pages: Playwright's `evaluate` or Marionette's `exec`. */
// biome-ignore lint/suspicious/noExplicitAny: the function is sent as text, its types stay here.
export type InPage = <A, R>(remote: (arg: A) => R | Promise<R>, arg: A) => Promise<any>;

export const { since: _, ...USUAL_RULES } = DEFAULT_RULES;

export interface Status {
  readonly bills: readonly {
    readonly id: string;
    readonly title: string;
    readonly dueDay: Day | null;
    readonly remainingFen: number | null;
  }[];
  readonly sites: readonly { readonly kind: string }[];
  readonly nextReminderAt: Instant | null;
  readonly notified: number;
}

export function duly(run: InPage) {
  return {
    ask: (message: unknown) => run((text) => chrome.runtime.sendMessage(text), message),
    status: (): Promise<Status> => run(() => chrome.runtime.sendMessage({ do: 'status' }), null),
    alarms: (): Promise<{ name: string; scheduledTime: number }[]> => run(() => chrome.alarms.getAll(), null),
    notices: (): Promise<string[]> => run(async () => Object.keys(await chrome.notifications.getAll()), null),
    /** Writes one setting past the extension, as if it had been made on its pages. */
    putSetting: (name: string, value: unknown): Promise<void> => run(putRow, { name, value }),
    rows: (table: string): Promise<Record<string, unknown>[]> => run(allRows, table),
  };
}

/** Everything in one table of the real IndexedDB. */
function allRows(table: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('duly');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction(table).objectStore(table).getAll();
      all.onerror = () => reject(all.error);
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
}

function putRow(row: { name: string; value: unknown }): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('duly');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('settings', 'readwrite');
      writing.objectStore('settings').put(row);
      writing.onerror = () => reject(writing.error);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/** A bill of the owner's own, due today; its notice comes in a few seconds. Returns the bill's id. */
export async function dueToday(
  extension: Pick<ReturnType<typeof duly>, 'ask'>,
  title: string,
  now: Instant = Date.now(),
  inMs = 6000,
): Promise<string> {
  const slot = now + inMs;
  const dueDay = dayOf(slot);
  const bill = { title, dueDay, remainingFen: 128_055, minimumFen: 12_806 };
  // Before the bill is there: in the late evening the usual hours have passed, and it would be told at once.
  await extension.ask({ do: 'rules', rules: rulesAt(slot, dueDay) });
  const { billId } = await extension.ask({
    do: 'save-bill',
    billId: null,
    bill: { ...bill, statementDay: null, note: '', isMonthly: false },
  });
  return billId;
}

/** Ordinary rules under which the bill's notice falls on this instant, on whatever side of midnight it lies. */
export function rulesAt(slot: Instant, dueDay: Day): Omit<Rules, 'since'> {
  const day = dayOf(slot);
  const hour = (slot - startOf(day)) / HOUR_MS;
  const ahead = daysBetween(day, dueDay);
  if (ahead <= 0) return { ...USUAL_RULES, dueHours: [hour], overdueHour: hour };
  return { ...USUAL_RULES, leadDays: [ahead], beforeHour: hour };
}
