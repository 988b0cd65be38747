/** The background: every listener in the first turn, every wake into one queue, every job behind one pass. */
import { see } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { refreshHeard } from '../app/refresh.ts';
import { remind, type Wake } from '../app/remind.ts';
import { mindSpare } from '../app/spare.ts';
import { takeReading } from '../app/take-reading.ts';
import { isFirstTime } from '../app/welcome.ts';
import { within } from '../app/within.ts';
import { onDoorbell } from '../browser/alarm.ts';
import { awakeDuring } from '../browser/awake.ts';
import { onMessages, type Sender } from '../browser/messages.ts';
import { HAS_BUTTONS, onNotices } from '../browser/notices.ts';
import { openOwnPage } from '../browser/pages.ts';
import { onRefreshBell, refreshTabs } from '../browser/refresh-tab.ts';
import { putScript, runInOpenPages } from '../browser/registered-script.ts';
import { onAccessChange } from '../browser/site-permissions.ts';
import { sparePlace } from '../browser/spare.ts';
import { isNewSession, onFirstInstall, onNewVersion, onWakes } from '../browser/wakes.ts';
import { MINUTE_MS } from '../core/day.ts';
import { errorName } from '../core/error-name.ts';
import { parseOwnMessage } from '../messages/own.ts';
import { type PageMessage, parseContactMessage, parsePageMessage, parseReadersMessage } from '../messages/page.ts';
import { isRecipe, parseTaughtMessage } from '../messages/recipe.ts';
import { BUILT_IN, siteFor } from '../sites/index.ts';
import { Database } from '../storage/database.ts';
import { openSpareSource } from '../storage/spare.ts';
import { type AnswerSync, answer } from './answer.ts';
import { calendarAtWake } from './calendar.ts';
import { oneAtATime } from './in-turn.ts';
import { clicked, pressed } from './notice-acts.ts';
import { realPorts } from './ports.ts';
import { listenToArea, openSync, syncAfterPass } from './sync.ts';
import { syncAnswers } from './sync-answers.ts';
import { answerTaught, beginTeaching, isOwnRecipe, refreshTaught } from './teaching.ts';
import { heardContact, refreshAccess, visitAtWake } from './visits.ts';

export function startBackground(): void {
  const db = new Database();
  const doors = realPorts(db);
  const parts = openSync(doors, db);
  const ports: Ports = { ...doors, sync: parts.door, accounts: parts.records };
  const queue = serial(ports);
  const spare = spareOver(ports, db);
  // What came back is looked at by a pass, however late it came.
  const mind = async (): Promise<void> => {
    if ((await awake(spare())) !== true) return;
    void pass('message');
    readAllowed();
  };
  // Before anything else: an empty database may be one that was lost.
  void queue(() => within(SPARE_MS, mind(), undefined));
  // A pass that failed cannot tell: then it is asked.
  let isSynced = true;
  const pass = (wake: Wake): Promise<void> =>
    queue(async () => {
      // What the browser does not say, or not in time, costs a reason for being late and no reminder.
      const isNew = await within(SESSION_MS, isNewSession(), false).catch(() => false);
      const report = await remind(ports, isNew && wake === 'page' ? 'session' : wake);
      ({ isSynced } = report);
      // What came too late to be heeded is still taken back: from the badge, and from services that hold messages.
      void report.late?.then((isNews) => (isNews ? pass('message') : undefined));
    })
      .then(() => queue(() => visitAtWake(ports)))
      // Beside the queue: no server of the owner's holds up the next pass.
      .finally(() => {
        void awake(calendarAtWake(ports));
        void mind();
        if (isSynced) void awake(syncAfterPass(ports, () => pass('message')));
      });
  const answerSync = syncAnswers(ports, parts, () => pass('message'));

  onDoorbell(() => void pass('alarm'));
  onRefreshBell(() => void queue(() => visitAtWake(ports)));
  onWakes((wake) => void pass(wake));
  onNewVersion(
    () =>
      void runInOpenPages(
        'jd.js',
        BUILT_IN.flatMap(({ matches }) => matches),
      ),
  );
  onFirstInstall(() => void queue(() => welcome(ports)));
  onNotices({
    clicked: (noticeId) => void queue(() => clicked(ports, noticeId, HAS_BUTTONS)),
    pressed: (noticeId, button) => void queue(() => pressed(ports, noticeId, button)).then(() => pass('message')),
    closed: (noticeId) => void queue(async () => void (await see(ports, noticeId, 'closed'))),
  });
  onMessages((raw, sender) => received(ports, pass, answerSync, raw, sender));
  listenToArea(ports, () => pass('message'));
  const readAllowed = (): void => {
    void queue(() => refreshTaught(ports));
    void queue(() => refreshAccess(ports));
  };
  onAccessChange(() => {
    // The owner is waiting at the page: no job goes before this one.
    void beginTeaching(ports);
    readAllowed();
  });

  // Neither an update nor switching the extension on again rings anything: every boot looks once by itself.
  void pass('page');
  readAllowed();
}

/** Looked after by one at a time. */
function spareOver(ports: Ports, db: Database): () => Promise<boolean> {
  const inTurn = oneAtATime();
  const doors = { ...ports, place: sparePlace, source: openSpareSource(db), isRecipe };
  return () => inTurn(() => mindSpare(doors));
}

async function welcome(ports: Ports): Promise<void> {
  if (await isFirstTime(ports)) await openOwnPage('welcome.html');
}

const SESSION_MS = 2_000;
/** A database that does not open is the pass's to tell of. */
const SPARE_MS = 10_000;
/** Longer than a pass that waits for every service in vain. */
const JOB_MS = 5 * MINUTE_MS;

/** The browser lets it work so long; what never ends keeps nothing awake. */
function awake<T>(job: Promise<T>): Promise<T | 'late'> {
  return awakeDuring(within(JOB_MS, job, 'late'));
}

/**
 * One job at a time: several wakes at once must not deliver one reminder twice. A job that fails does not stop the next;
 * nor does one that never ends, as a door of the browser may never answer.
 */
function serial({ log }: Ports): (job: () => Promise<void>) => Promise<void> {
  const inTurn = oneAtATime();
  return (job) =>
    inTurn(() => awake(job()))
      .then((end) => void (end === 'late' && log.warn('job-late')))
      .catch((error: unknown) => log.warn('job-failed', { name: errorName(error) }));
}

function received(
  ports: Ports,
  pass: (wake: Wake) => Promise<void>,
  answerSync: AnswerSync,
  raw: unknown,
  sender: Sender,
): Promise<unknown> | undefined {
  if (sender.kind === 'own-page') {
    const message = parseOwnMessage(raw);
    if (message) return answer(ports, message, () => pass('message'), answerSync);
  }
  if (sender.kind === 'content-script') {
    if (parseReadersMessage(raw)) return putScript(sender.tabId, 'readers.js', true);
    const taught = parseTaughtMessage(raw);
    if (taught) return answerTaught(ports, taught, sender);
    const contact = parseContactMessage(raw);
    if (contact) return heardContact(ports, contact, sender.url).then(() => pass('message'));
    const message = parsePageMessage(raw);
    if (message) return takePageReading(ports, pass, message, sender);
  }
  ports.log.warn('message-refused', { sender: sender.kind });
  return undefined;
}

/** A page may speak only for the site, or the recipe, that its own address belongs to. */
async function takePageReading(
  ports: Ports,
  pass: (wake: Wake) => Promise<void>,
  { siteId, reading }: PageMessage,
  { url, tabId }: Extract<Sender, { kind: 'content-script' }>,
): Promise<void> {
  if (siteFor(url)?.id !== siteId && !(await isOwnRecipe(ports, siteId, url))) {
    ports.log.warn('message-refused', { sender: 'content-script' });
    return;
  }
  await takeReading(ports, siteId, reading);
  await refreshHeard(ports, refreshTabs, tabId, reading);
  await pass('message');
}
