/** What leaves this machine: without amount, lender or title until the owner says otherwise, and never to a second person then. */
import type { ChannelSetting, Loudness } from '../core/channel/setting.ts';
import type { Notice, NoticeBill } from '../core/reminder/notice.ts';
import type { MessageKey, Say } from './message-keys.ts';

export interface Told {
  readonly title: string;
  readonly message: string;
}

export type PushWords = (
  notice: Notice,
  to: Pick<ChannelSetting, 'showsDetails' | 'whose'>,
  loudness?: Loudness,
) => Told;

interface Own {
  daysLeft(days: number | null): string;
  /** The notice in its own words, with nothing to click. */
  details(notice: Notice): Told;
}

const ASKS: Readonly<Record<string, MessageKey>> = {
  expected: 'pushExpected',
  'sign-in': 'noticeSignIn',
  'self-test': 'pushTest',
};

export function severalKey(bills: readonly NoticeBill[]): MessageKey {
  return bills.some((bill) => bill.asks !== null) ? 'noticeSeveralThings' : 'noticeSeveral';
}

export function pushWordsIn(say: Say, { daysLeft, details }: Own): PushWords {
  const privately = ({ bills }: Notice): string => {
    const [first] = bills;
    if (!first) return say('pushSomething');
    if (bills.length > 1) return say(severalKey(bills), String(bills.length), daysLeft(first.daysLeft));
    if (first.asks !== null) return say(ASKS[first.asks] ?? 'pushSomething');
    return first.daysLeft === null ? say('pushDayless') : say('pushOne', daysLeft(first.daysLeft));
  };
  const toFriend = ({ bills }: Notice): string => {
    const [first] = bills;
    const isOne = bills.length === 1 && first?.asks === null && first.daysLeft !== null;
    return isOne ? say('pushFriendOne', daysLeft(first.daysLeft)) : say('pushFriendSome');
  };

  return (notice, { showsDetails, whose }, loudness = 'normal') => {
    const isFriend = whose === 'other';
    const urge = say(
      isFriend
        ? 'pushFriendUrge'
        : notice.kind === 'overdue'
          ? 'pushUrgeOverdue'
          : loudness === 'loudest'
            ? 'pushUrgeLast'
            : 'pushUrge',
    );
    if (notice.kind === 'self-test')
      return { title: say('pushTest'), message: say(isFriend ? 'pushTestFriendText' : 'pushTestText') };
    const own = showsDetails ? details(notice) : null;
    const title = isFriend ? toFriend(notice) : (own?.title ?? privately(notice));
    const told = own ? (isFriend ? [own.title, own.message] : [own.message]) : [];
    return { title, message: [...told, urge].join('\n') };
  };
}
