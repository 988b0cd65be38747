/** Facts to sentences. The core decides what is true, this file says it; no sentence stands anywhere else. */
import type { Bill } from '../core/bill.ts';
import type { ServiceId } from '../core/channel/setting.ts';
import { dailyLateCost } from '../core/cost.ts';
import { DAY_MS, type Day, dayOf, daysBetween, HOUR_MS, type Instant, MINUTE_MS, weekdayOf } from '../core/day.ts';
import { type Fen, formatFen } from '../core/money.ts';
import type { Notice, NoticeBill } from '../core/reminder/notice.ts';
import type { Kind, LateWhy } from '../core/reminder/reminder.ts';
import { formatsIn } from './formats.ts';
import { isolated } from './isolated.ts';
import type { MessageKey, Say } from './message-keys.ts';
import { isOffPage, keyFor } from './off-page.ts';
import { withPlurals } from './plural.ts';
import { type PushWords, pushWordsIn, severalKey } from './push-words.ts';

export interface Words {
  /** Of the words: Chinese where the browser speaks neither language. */
  readonly language: string;
  readonly say: Say;
  amount(fen: Fen | null): string;
  /** With its year where that is not the year of `today`. */
  day(day: Day | null, today?: Day): string;
  /** With its year, for what must be unmistakable or is read long after. */
  fullDay(day: Day | null): string;
  daysLeft(days: number | null): string;
  moment(at: Instant): string;
  /** With its year, for what is read long after. */
  fullMoment(at: Instant): string;
  /** `2026-09` as a calendar is headed. */
  month(month: string): string;
  /** In 1/100 of a percent. */
  rate(basisPoints: number): string;
  /** A moment of late by its clock, a longer past in days. */
  ago(at: Instant, now: Instant): string;
  /** As short as a row has room for: a moment of today by its clock alone, one of late by its day. */
  shortAgo(at: Instant, now: Instant): string;
  span(ms: number): string;
  late(why: LateWhy): string;
  kind(kind: Kind): string;
  /** A failure's code in words; an unknown code is shown as it is. */
  failure(code: string): string;
  notice(notice: Notice): { title: string; message: string };
  /** What is asked for instead of a bill that was read. */
  asked(bill: Pick<Bill, 'title' | 'dueDay' | 'source'> & Pick<Required<Bill>, 'asks'>): {
    title: string;
    text: string;
  };
  /** What a push says of it: nothing private unless the owner chose to show it there. */
  readonly push: PushWords;
  /** As it is called in this language; `title` where it has no name of its own here. */
  site(siteId: string, title: string): string;
  service(service: ServiceId): string;
  /** How the owner gets what the service's fields ask for. */
  serviceHelp(service: ServiceId): string;
  serviceField(service: ServiceId, field: string): string;
  serviceChoice(choice: string): string;
}

const LATE_WORDS: Record<LateWhy, MessageKey> = {
  asleep: 'lateAsleep',
  'browser-closed': 'lateBrowserClosed',
  'notifications-off': 'lateNotificationsOff',
  retried: 'lateRetried',
  unknown: 'lateUnknown',
};

const ASKS_WORDS: Record<NonNullable<NoticeBill['asks']>, MessageKey> = {
  expected: 'noticeExpectedText',
  'sign-in': 'noticeSignInText',
  'self-test': 'noticeSelfTestText',
  'contact-phone': 'noticeContactPhoneText',
  'contact-sms': 'noticeContactSmsText',
  'sync-pending': 'noticeSyncPendingText',
  'sync-question': 'noticeSyncQuestionText',
  'records-lost': 'noticeLostText',
};

const SITES_NAMED: readonly string[] = ['jd-baitiao', 'bank-cmb', 'bank-ccb', 'bank-citic', 'bank-cib', 'bank-bocom'];

/** A browser takes only letters, digits and `_` in a message's name. */
function keyOf(family: string, name: string): MessageKey {
  return `${family}_${name.replaceAll('-', '_')}` as MessageKey;
}

/** Up to here a moment is easier to place by its clock than by counting. */
const MOMENT_DAYS = 3;

/** A desktop shows about four lines. */
const MOST_LINES = 3;

/** `browserLanguage` is a BCP 47 tag, `zone` the clock on which moments are told (the machine's own when left out). */
export function wordsIn(getMessage: Say, browserLanguage: string, zone?: string): Words {
  const spoken = getMessage('language');
  const language = browserLanguage.split('-')[0] === spoken.split('-')[0] ? browserLanguage : spoken;
  const say = withPlurals(getMessage, language);
  const { clock, fullClock, monthName, percent } = formatsIn(language, zone);

  const amount = (fen: Fen | null): string => (fen === null ? say('amountUnknown') : say('yuan', formatFen(fen)));
  const dayInYear = (on: Day): string => {
    const [, month, date] = on.split('-').map(Number) as [number, number, number];
    const monthNames = say('months').split(' ');
    return say('dayWithWeekday', monthNames[month - 1]!, String(date), say(`weekday${weekdayOf(on)}` as MessageKey));
  };
  const fullDay = (on: Day | null): string =>
    on === null ? say('dayUnknown') : say('dayWithYear', on.slice(0, 4), dayInYear(on));
  const day = (on: Day | null, today = on): string =>
    on === null || on.slice(0, 4) !== today?.slice(0, 4) ? fullDay(on) : dayInYear(on);
  const daysLeft = (days: number | null): string => {
    if (days === null) return say('dayUnknown');
    if (days < 0) return say('overdueDays', String(-days));
    return days === 0 ? say('dueToday') : days === 1 ? say('dueTomorrow') : say('daysLeft', String(days));
  };
  const ago = (at: Instant, now: Instant): string => {
    const days = daysBetween(dayOf(at), dayOf(now));
    return days > MOMENT_DAYS ? say('readDaysAgo', String(days)) : clock().format(at);
  };
  const partsOf = (at: Instant): { readonly day: string; readonly time: string } => {
    const parts = clock().formatToParts(at);
    const hour = parts.findIndex(({ type }) => type === 'hour');
    const text = (some: typeof parts): string => some.map(({ value }) => value).join('');
    return { day: text(parts.slice(0, hour)).replace(/[,\s]+$/, ''), time: text(parts.slice(hour)) };
  };
  const span = (ms: number): string => {
    if (ms < HOUR_MS) return say('lateMinutes', String(Math.max(1, Math.floor(ms / MINUTE_MS))));
    return ms < 2 * DAY_MS
      ? say('lateHours', String(Math.floor(ms / HOUR_MS)))
      : say('lateDays', String(Math.floor(ms / DAY_MS)));
  };

  const heading = (bill: Pick<NoticeBill, 'title' | 'dueDay' | 'daysLeft' | 'asks' | 'source'>): string => {
    const { dueDay, daysLeft: days, asks } = bill;
    const title = isolated(bill.title);
    if (asks === 'expected') return say('noticeExpected', day(dueDay));
    if (asks === 'sign-in') return say('noticeSignIn');
    if (asks === 'self-test') return say('noticeSelfTest');
    if (asks === 'contact-phone') return title ? say('noticeContactPhone', title) : say('noticeContactNoPhone');
    if (asks === 'contact-sms') return say('noticeContactSms');
    if (asks === 'sync-pending') return say('noticeSyncPending');
    if (asks === 'sync-question') return say('noticeSyncQuestion');
    if (asks === 'records-lost') return say('noticeLost');
    if (days === null) return say(keyFor('noticeDayless', bill), title);
    if (days < 0) return say('noticeOverdue', title, String(-days));
    return days === 0
      ? say('noticeToday', title)
      : days === 1
        ? say('noticeTomorrow', title)
        : say('noticeDaysLeft', title, String(days));
  };
  const single = (bill: NoticeBill, kind: Kind, canClick: boolean): string => {
    if (bill.asks) return say(ASKS_WORDS[bill.asks]);
    const owed = [say('noticeOwed', amount(bill.remainingFen))];
    if (bill.isPaidDisputed) return [...owed, say(keyFor('popupPaidDisputed', bill))].join('\n');
    if (bill.minimumFen !== null) owed.push(say('noticeMinimum', amount(bill.minimumFen)));
    if (bill.dueDay === null) return [...owed, say(keyFor('noticeFindDay', bill))].join('\n');
    const by = [say('noticePayBy', day(bill.dueDay))];
    if (bill.dueDayIs === 'estimated') by.push(say('estimated'));
    if (canClick && !isOffPage(bill.source)) by.push(say('noticeNext'));
    const late = lateCostOf(bill);
    const stale = kind === 'stale-reading' ? [say(keyFor('noticeStale', bill), String(bill.readDaysAgo))] : [];
    return [owed.join(' · '), by.join(' · '), ...late, ...stale].join('\n');
  };
  /** What the page states counts; a range only where the lender's rates are known in public. */
  const lateCostOf = ({ remainingFen, overdueFeeFen, hasKnownRate }: NoticeBill): string[] => {
    if (overdueFeeFen) return [say('noticeLateFee', amount(overdueFeeFen))];
    if (!remainingFen || !hasKnownRate) return [say('noticeLateMark')];
    const { lowFen, highFen } = dailyLateCost(remainingFen);
    return [say('noticeLateCost', amount(lowFen), amount(highFen))];
  };
  const several = (bills: readonly NoticeBill[]): string => {
    const shown = bills.length > MOST_LINES ? bills.slice(0, MOST_LINES - 1) : bills;
    const lines = shown.map((bill) =>
      bill.asks ? heading(bill) : say('noticeLine', isolated(bill.title), amount(bill.remainingFen), day(bill.dueDay)),
    );
    return [
      ...lines,
      ...(shown.length < bills.length ? [say('noticeMore', String(bills.length - shown.length))] : []),
    ].join('\n');
  };

  const told = ({ kind, bills, lateMs, lateWhy }: Notice, canClick: boolean) => {
    const [first] = bills;
    if (!first) return { title: say('extensionName'), message: '' };
    const title =
      bills.length === 1 ? heading(first) : say(severalKey(bills), String(bills.length), daysLeft(first.daysLeft));
    const late = lateWhy ? [say('noticeLate', span(lateMs), say(LATE_WORDS[lateWhy]))] : [];
    return {
      title,
      message: [bills.length === 1 ? single(first, kind, canClick) : several(bills), ...late].join('\n'),
    };
  };

  return {
    language,
    say,
    amount,
    day,
    fullDay,
    daysLeft,
    moment: (at) => clock().format(at),
    fullMoment: (at) => fullClock().format(at),
    month: (month) => monthName().format(Date.parse(`${month}-01T00:00:00Z`)),
    rate: (basisPoints) => percent().format(basisPoints / 10_000),
    ago,
    shortAgo: (at, now) => {
      if (daysBetween(dayOf(at), dayOf(now)) > MOMENT_DAYS) return ago(at, now);
      const [then, today] = [partsOf(at), partsOf(now)];
      return then.day === today.day ? then.time : then.day;
    },
    span,
    late: (why) => say(LATE_WORDS[why]),
    kind: (kind) => say(keyOf('kind', kind)),
    failure: (code) => say(keyOf('failure', code)) || code,
    notice: (notice) => told(notice, true),
    asked: (bill) => ({ title: heading({ ...bill, daysLeft: null }), text: say(ASKS_WORDS[bill.asks]) }),
    push: pushWordsIn(say, { daysLeft, details: (notice) => told(notice, false) }),
    site: (siteId, title) => (SITES_NAMED.includes(siteId) ? say(keyOf('site', siteId)) : title),
    service: (service) => say(keyOf('service', service)),
    serviceHelp: (service) => say(keyOf('serviceHelp', service)),
    serviceField: (service, field) => say(keyOf('serviceField', `${service}_${field}`)),
    // An address stands for itself.
    serviceChoice: (choice) => say(keyOf('serviceChoice', choice)) || choice,
  };
}
