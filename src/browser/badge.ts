import type { BadgeFacts, Urgency } from '../app/badge.ts';
import type { Badge } from '../app/ports.ts';
import type { Words } from '../i18n/words.ts';
import { browser } from './api.ts';

/** White text reaches AA contrast on each. */
const COLOURS: Record<Urgency, string> = { calm: '#0b6e69', soon: '#9a5b00', urgent: '#b3261e' };

export function toolbarBadge(words: Words): Badge {
  return {
    show: async (facts) => {
      await Promise.all([
        browser.action.setBadgeText({ text: textOf(facts, words) }),
        browser.action.setBadgeBackgroundColor({ color: COLOURS[facts.isUntold ? 'urgent' : facts.urgency] }),
        browser.action.setBadgeTextColor?.({ color: '#ffffff' }),
        browser.action.setTitle({ title: titleOf(facts, words) }),
      ]);
    },
  };
}

function textOf({ daysLeft, watched, isUntold }: BadgeFacts, { say }: Words): string {
  if (isUntold) return '!';
  if (daysLeft === null) return watched ? '?' : '';
  if (daysLeft < 0) return say('badgeOverdue');
  return daysLeft === 0 ? say('badgeToday') : String(daysLeft);
}

function titleOf({ daysLeft, watched, isUntold }: BadgeFacts, words: Words): string {
  if (isUntold) return words.say('badgeTitleUntold');
  return watched
    ? words.say('badgeTitleWatched', String(watched), words.daysLeft(daysLeft))
    : words.say('badgeTitleCalm');
}
