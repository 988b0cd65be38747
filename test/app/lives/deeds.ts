/** What happens in a life, done to Duly as a page or its owner does it, and written down as the life sees it. */
import { deleteBill, HAND_SITE, restoreBill, saveBill } from '../../../src/app/edit-bill.ts';
import { importBills } from '../../../src/app/import-bills.ts';
import { act, setBillRules } from '../../../src/app/owner-acts.ts';
import type { Ports } from '../../../src/app/ports.ts';
import { takeReading } from '../../../src/app/take-reading.ts';
import type { Bill } from '../../../src/core/bill.ts';
import { addDays, type Day, dayFrom, dayOf, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/core/day.ts';
import type { Fen } from '../../../src/core/money.ts';
import { type Reading, standingFrom } from '../../../src/core/reading.ts';
import type { Notice } from '../../../src/core/reminder/notice.ts';
import { readBill, SITE } from '../../core/made-up.ts';
import type { MemoryStore } from '../../fakes/memory-store.ts';
import { Broken, type Diary, isOf, learn, type Mind, mindOf, turn, when, wishAnew } from './diary.ts';
import type { Life, LifeEvent } from './life.ts';
import { Refused } from './live.ts';
import { type Debt, debtsOf, look, NAMELESS, type Shown } from './site.ts';

export interface Deeds {
  /** True when Duly was told, and its pass follows. Where nobody is there, only the site goes on. */
  happen(event: LifeEvent, isThere: boolean): Promise<boolean>;
  /** Throws where a notice names what must be silent, or says what no page said. */
  mayRing(notice: Notice): Promise<void>;
}

const READ_BY_FILE = 5;
/** After a payment a page may need this long to show it. */
const SHOWN_WITHIN_MS = 12 * HOUR_MS;
const LONGEST_SNOOZE_HOURS = 60 * 24;
const FOREVER = Number.POSITIVE_INFINITY;
const LENDER = 'statement/cmb';

export function deeds(life: Life, diary: Diary, ports: Ports, store: MemoryStore, clock: () => Instant): Deeds {
  const debts = debtsOf(life);
  const hadWrongClock = life.troubles.some(({ what }) => what === 'clock-wrong');
  const silent = { muted: new Set<string>(), hidden: new Set<string>(), paid: new Map<string, Instant>() };
  const deleted = new Map<Mind, readonly string[]>();
  let hasSeenMonth = false;
  let isSignedOut = false;
  let lookedAt = 0;
  const handIds = new Map<number, string>();

  const rowsOf = async (mind: Mind): Promise<Bill[]> =>
    (await store.allBills()).filter((row) => isOf(mind, mind.day, row));
  const hear = (ids: readonly string[]): void => {
    for (const id of ids) {
      silent.muted.delete(id);
      silent.hidden.delete(id);
      silent.paid.delete(id);
    }
  };
  const endAsked = (what: string, siteId: string): void => {
    for (const asked of diary.asked)
      if (asked.what === what && asked.siteId === siteId) asked.until = Math.min(asked.until, clock());
  };
  const ask = (what: 'expected' | 'sign-in' | 'nameless', siteId: string, day: Day | null): void => {
    endAsked(what, siteId);
    diary.asked.push({ what, siteId, from: clock(), appFrom: ports.clock.now(), until: FOREVER, day });
  };
  /** The month after the latest one that was read is expected, from this look at the account on. */
  const expect = (siteId: string, isSeen: boolean): void => {
    const ofSite = diary.minds.filter(
      ({ debt }) => `${debt.siteId}/`.startsWith(`${siteId}/`) && debt.family === 'issued',
    );
    const day = ofSite.reduce<Day | null>(
      (last, mind) => (mind.day && mind.day > (last ?? '') ? mind.day : last),
      null,
    );
    const former = diary.asked.findLast((asked) => asked.what === 'expected' && asked.siteId === siteId);
    const isOpen = former === undefined || former.until === FOREVER || former.day !== day;
    if (isSeen) endAsked('expected', siteId);
    else if (day !== null && isOpen) ask('expected', siteId, day);
  };

  const read = async (event: Extract<LifeEvent, { do: 'read' }>): Promise<void> => {
    const today = dayOf(clock());
    const seen = look(debts, event.view, today, event.isNamed, life);
    await takeReading(ports, SITE, seen.reading);
    for (const [mind, ids] of deleted)
      if (seen.shown.some(({ debt }) => debt.name === mind.debt.name)) {
        hear(ids);
        deleted.delete(mind);
      }
    await owedAnew(seen.shown);
    await disputed(seen.shown);
    for (const shown of seen.shown) learn(diary, shown, clock());
    endAsked('sign-in', SITE);
    isSignedOut = false;
    hasSeenMonth ||= seen.shown.some(({ debt, day }) => day !== null && debt.family === 'issued');
    endAsked('nameless', SITE);
    const cards = diary.minds.filter(({ debt }) => debt.siteId === SITE);
    if (seen.hasNameless && cards.every(({ day }) => day === null)) ask('nameless', SITE, null);
    const { covered } = seen.reading;
    expect(SITE, false);
    // All that was issued was listed, and the next one is no more among it: nothing is expected of it.
    const known = cards.flatMap(({ day, debt }) => (day === null ? [] : (debt.statementDay ?? [])));
    const next = debts.find(({ statementDay }) => known.every((each) => statementDay && statementDay > each));
    if (covered.includes('issued') && next?.statementDay && next.statementDay <= today) expect(SITE, true);
  };

  /** More than stood there when it was paid, or owed again: another debt may ring. Who is trusted most makes sure of it. */
  const owedAnew = async (shown: readonly Shown[]): Promise<void> => {
    for (const { debt, day, fen, rank, isEstimated } of shown) {
      const mind = diary.minds.find((known) => known.debt.name === debt.name && known.debt.siteId === debt.siteId);
      if (!mind?.isPaid || fen === null || fen === 0) continue;
      const rows = [...(await rowsOf(mind)), ...(await rowsOf({ ...mind, day }))];
      // Paid before it was issued: what the bill then lists was bought since.
      const isEarly = ({ id }: Bill): boolean =>
        dayOf(silent.paid.get(id) ?? ports.clock.now()) < (debt.statementDay ?? '') &&
        ports.clock.now() - silent.paid.get(id)! >= SHOWN_WITHIN_MS;
      if (!isEstimated && rows.some(isEarly)) {
        if (rank === 0 && rows.filter(({ id }) => silent.paid.has(id)).every(isEarly)) mind.isPaid = false;
      } else if (mind.isOwed && fen <= mind.paidFen) continue;
      for (const { id } of rows) silent.paid.delete(id);
      if (rank === 0 && [...mind.fens].every((said) => said !== null && said < fen)) mind.isPaid = false;
    }
  };

  /** What was marked as paid, and a page that had the time to show it still lists as owed, on the same day. */
  const disputed = async (shown: readonly Shown[]): Promise<void> => {
    lookedAt = ports.clock.now();
    for (const { debt, day, fen } of shown) {
      const mind = diary.minds.find((known) => known.debt.name === debt.name && known.debt.siteId === debt.siteId);
      if (!mind || (fen ?? 0) === 0 || mind.day !== day || !mind.isPaid || mind.isMuted || mind.isHidden) continue;
      const isListed = ({ id, readAt }: Bill): boolean =>
        readAt === lookedAt && lookedAt - (silent.paid.get(id) ?? FOREVER) >= SHOWN_WITHIN_MS;
      if ((await rowsOf(mind)).some(isListed)) diary.disputes.push({ mind, day, at: clock() });
    }
  };

  const refused = async (what: Extract<LifeEvent, { do: 'refused' }>['what']): Promise<void> => {
    const reading: Reading =
      what === 'signed-out' || what === 'no-account'
        ? { kind: what }
        : what === 'no-access'
          ? { kind: what, why: 'made-up' }
          : { kind: 'unreadable', why: what };
    await takeReading(ports, SITE, reading);
  };

  const owner = async ({ do: name, debt, hours }: Extract<LifeEvent, { hours: number }>): Promise<void> => {
    const mind = diary.minds[debt % Math.max(1, diary.minds.length)];
    if (!mind) return;
    const [rows, appNow] = [await rowsOf(mind), ports.clock.now()];
    const until = appNow + hours * HOUR_MS;
    const isRefused = name === 'snooze' && hours > LONGEST_SNOOZE_HOURS;
    for (const { id } of rows) {
      const toldOf = diary.told.filter(
        (each) => each.isAccepted && each.notice.reminders.some(({ billId }) => billId === id),
      );
      if (!(await act(ports, { do: name, billId: id, via: 'popup', until }))) continue;
      if (name === 'mute') silent.muted.add(id);
      if (name === 'unmute') silent.muted.delete(id);
      if (name === 'hide') silent.hidden.add(id);
      if (name === 'unhide') silent.hidden.delete(id);
      if (name === 'paid') silent.paid.set(id, appNow);
      if (name === 'unpaid') silent.paid.delete(id);
      if (name !== 'acknowledge') continue;
      const dueDays = toldOf
        .flatMap(({ notice }) => notice.reminders)
        .flatMap((reminder) => (reminder.billId === id && reminder.kind === 'due-today' ? reminder.day : []));
      diary.acks.push({ mind, at: clock(), dueDays });
    }
    if (rows.length === 0 || isRefused) return;
    endAsked('nameless', SITE);
    if (name === 'paid' || name === 'unpaid') mind.isPaid = name === 'paid';
    if (name === 'paid') mind.paidFen = Math.max(0, ...rows.map(({ remainingFen }) => remainingFen ?? 0));
    if (name === 'mute' || name === 'unmute') mind.isMuted = name === 'mute';
    if (name === 'hide' || name === 'unhide') mind.isHidden = name === 'hide';
    if (name === 'snooze' || name === 'unsnooze') {
      for (const each of diary.snoozes) if (each.mind === mind) each.endedAt = Math.min(each.endedAt, clock());
      if (name === 'snooze')
        diary.snoozes.push({ mind, at: clock(), from: appNow - 5 * MINUTE_MS, until, endedAt: FOREVER });
    }
    turn(diary, mind, clock());
  };

  const given = (mind: Mind, day: Day | null, fen: number | null): void => {
    mind.fens.add(fen);
    mind.days.add(day);
    if (mind.isDeleted) {
      [mind.isDeleted, mind.isPaid, mind.isMuted, mind.isHidden] = [false, false, false, false];
      wishAnew(diary, mind, null, clock());
    }
    const isNews = mind.day !== day;
    mind.day = day;
    mind.isOwed = true;
    turn(diary, mind, clock(), isNews);
  };

  const importMonth = async ({ month, isLater, fen }: Extract<LifeEvent, { do: 'import' }>): Promise<void> => {
    const [statementDay, dueDay] = [dayFrom(2026, 8 + month, 10)!, dayFrom(2026, 8 + month, 28)!];
    const title = `招商银行${8 + month}月账单`;
    const bill = readBill({
      ...{ key: `statement:cmb:c12:${dueDay}`, title, statementDay, dueDay, source: 'file' },
      ...{
        remainingFen: fen as Fen | null,
        totalFen: null,
        minimumFen: null,
        standing: standingFrom(fen as Fen, false),
      },
    });
    const sentAt = isLater ? ports.clock.now() : Date.parse(`${statementDay}T09:00:00+08:00`);
    await importBills(ports, [{ ...bill, siteId: 'statement', account: 'cmb', sentAt }], true);
    const mind = mindOf(diary, { siteId: LENDER, name: title, family: 'issued', statementDay });
    mind.best = READ_BY_FILE;
    // More than was paid is another debt.
    const ids = (await rowsOf({ ...mind, day: dueDay })).map(({ id }) => id);
    if (mind.isDeleted) hear(ids);
    for (const id of ids) silent.paid.delete(id);
    given(mind, dueDay, fen);
    expect(LENDER, false);
  };

  const write = async ({ debt, days, fen }: Extract<LifeEvent, { do: 'write' }>): Promise<void> => {
    const dueDay = days === null ? null : addDays(dayOf(clock()), days);
    const title = `手记${debt}`;
    const mind = mindOf(diary, { siteId: HAND_SITE, name: title, family: 'issued', statementDay: null });
    const known = handIds.get(debt);
    const former = known === undefined ? undefined : await store.bill(known);
    const form = { title, dueDay, remainingFen: fen as Fen | null, minimumFen: null, statementDay: null, note: '' };
    const id = await saveBill(ports, former ? known! : null, { ...form, isMonthly: debt === 0 });
    if (id === null) throw new Broken('a bill of the owner could not be written', { title });
    handIds.set(debt, id);
    if (former) {
      const isOtherDay = former.dueDay !== null && former.dueDay !== dueDay;
      if (former.dueDay !== dueDay || former.remainingFen !== fen) mind.isPaid = false;
      if (isOtherDay) [mind.isMuted, mind.isHidden] = [false, false];
      if (!mind.isPaid) silent.paid.delete(id);
      if (!mind.isMuted) silent.muted.delete(id);
      if (!mind.isHidden) silent.hidden.delete(id);
    }
    given(mind, dueDay, fen);
  };

  const remove = async (which: 'delete' | 'restore', debt: number): Promise<void> => {
    const mind = diary.minds[debt % Math.max(1, diary.minds.length)];
    if (!mind) return;
    endAsked('nameless', SITE);
    if (which === 'delete') {
      // Whatever stands under its title, with its day or without.
      const rows = [...(await rowsOf(mind)), ...(await rowsOf({ ...mind, day: null }))];
      const ids = [...new Set(rows.map(({ id }) => id))];
      for (const id of ids) await deleteBill(ports, id);
      if (ids.length === 0) return;
      deleted.set(mind, ids);
      mind.isDeleted = true;
      if (mind.debt.siteId !== SITE) endAsked('expected', mind.debt.siteId);
    } else {
      let isBack = false;
      for (const id of deleted.get(mind) ?? []) isBack = (await restoreBill(ports, id)) || isBack;
      if (!isBack || !mind.isDeleted) return;
      deleted.delete(mind);
      mind.isDeleted = false;
    }
    turn(diary, mind, clock());
  };

  const wish = async ({ hours, quiet }: Extract<LifeEvent, { do: 'rules' }>): Promise<void> => {
    const former = await ports.store.rules();
    const since = ports.clock.now();
    await ports.store.saveRules({ ...former, ...hours, quiet, since, quietBefore: former.quiet });
    diary.wishes.push({ mind: null, ids: [], hours, quiet, from: clock(), appFrom: since });
  };

  const ownWish = async ({ debt, own }: Extract<LifeEvent, { do: 'bill-rules' }>): Promise<void> => {
    const mind = diary.minds[debt % Math.max(1, diary.minds.length)];
    const rows = mind ? await rowsOf(mind) : [];
    // Whose month a nameless row is of next month, no page has told yet.
    if (!mind || rows.length === 0 || rows.some(({ title }) => NAMELESS.includes(title))) return;
    for (const { id } of rows) await setBillRules(ports, id, own);
    const ids = rows.map(({ id }) => id);
    diary.wishes.push({ mind, ids, hours: own, quiet: null, from: clock(), appFrom: ports.clock.now() });
  };

  const onSite = (event: Extract<LifeEvent, { do: 'pay' | 'revise' | 'charge' | 'rekey' }>): void => {
    if (event.do === 'rekey') {
      for (const debt of debts) debt.key = `${debt.key}9`;
      return;
    }
    const issued = debts.filter(({ statementDay }) => statementDay === null || statementDay <= dayOf(clock()));
    const debt: Debt = issued[event.debt % issued.length]!;
    if (event.do === 'pay') debt.fen = event.isWhole ? 0 : Math.floor(debt.fen / 2);
    if (event.do === 'charge') debt.fen += event.fen;
    if (event.do === 'revise') debt.dueDay = addDays(debt.dueDay, event.days);
  };

  const tell = async (event: LifeEvent): Promise<void> => {
    switch (event.do) {
      case 'read':
        return read(event);
      case 'refused':
        await refused(event.what);
        if (event.what === 'signed-out' && hasSeenMonth && !isSignedOut) ask('sign-in', SITE, null);
        isSignedOut ||= event.what === 'signed-out';
        return;
      case 'import':
        return importMonth(event);
      case 'write':
        return write(event);
      case 'delete':
      case 'restore':
        return remove(event.do, event.debt);
      case 'pay':
      case 'revise':
      case 'charge':
      case 'rekey':
        return onSite(event);
      case 'rules':
        return wish(event);
      case 'bill-rules':
        return ownWish(event);
      default:
        return owner(event);
    }
  };

  return {
    happen: async (event, isThere) => {
      const isOfSite = event.do === 'pay' || event.do === 'revise' || event.do === 'charge' || event.do === 'rekey';
      if (!isThere && !isOfSite) return false;
      const before = await store.allBills();
      await tell(event).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
      const after = await store.allBills();
      const stays = (row: Bill): boolean =>
        row.dueDay === null && NAMELESS.includes(row.title)
          ? true
          : after.some((each) => each.id === row.id || (each.siteId === row.siteId && each.dueDay === row.dueDay));
      const lost = event.do === 'delete' ? undefined : before.find((row) => !stays(row));
      if (lost) throw new Broken('a bill disappeared', { at: when(clock()), event, lost });
      return !isOfSite;
    },
    mayRing: async ({ bills, reminders }) => {
      if (!isSignedOut && !hadWrongClock && bills.some(({ asks }) => asks === 'sign-in'))
        throw new Broken('who is signed in is asked to sign in', { at: when(clock()) });
      for (const bill of bills.filter(({ asks }) => asks === null)) {
        const facts = { at: when(clock()), bill };
        const isDisputed = reminders.every(({ id, billId }) => billId !== bill.id || id.includes('|disputed'));
        if (silent.muted.has(bill.id)) throw new Broken('a muted bill rings', facts);
        if (silent.hidden.has(bill.id)) throw new Broken('a bill that is hidden here rings', facts);
        const paidAt = silent.paid.get(bill.id);
        if (paidAt !== undefined && isDisputed && !hadWrongClock && lookedAt - paidAt < SHOWN_WITHIN_MS)
          throw new Broken('a payment is doubted that no page had the time to show', facts);
        if (silent.paid.has(bill.id) && !isDisputed) throw new Broken('a bill that its owner paid rings', facts);
        const key = (await store.bill(bill.id))?.key;
        const mind = diary.minds.find(({ debt }) => debt.name === bill.title && bill.id.startsWith(`${debt.siteId}/`));
        if (!mind) continue;
        if (life.hasLongKeys && mind.freeKey !== null && mind.freeKey === key)
          throw new Broken('a bill that the page says is paid rings', facts);
        if (bill.remainingFen !== null && !mind.fens.has(bill.remainingFen))
          throw new Broken('an amount that no page said', { ...facts, said: [...mind.fens] });
        if (!mind.days.has(bill.dueDay))
          throw new Broken('a day that no page said', { ...facts, said: [...mind.days] });
      }
    },
  };
}
