import type { Urgency } from '../app/badge.ts';
import type { Badge } from '../app/ports.ts';
import type { Words } from '../i18n/words.ts';
import { browser } from './api.ts';

/** White text reaches AA contrast on each. */
const COLOURS: Record<Urgency, string> = { calm: '#0b6e69', soon: '#9a5b00', urgent: '#b3261e' };

export function toolbarBadge(words: Words): Badge {
  return {
    show: async ({ daysLeft, watched, urgency }) => {
      const text =
        daysLeft === null
          ? watched
            ? '?'
            : ''
          : daysLeft < 0
            ? words.say('badgeOverdue')
            : daysLeft === 0
              ? words.say('badgeToday')
              : String(daysLeft);
      const title = watched
        ? words.say('badgeTitleWatched', String(watched), words.daysLeft(daysLeft))
        : words.say('badgeTitleCalm');
      await Promise.all([
        browser.action.setBadgeText({ text }),
        browser.action.setBadgeBackgroundColor({ color: COLOURS[urgency] }),
        browser.action.setBadgeTextColor?.({ color: '#ffffff' }),
        browser.action.setTitle({ title }),
      ]);
    },
  };
}
