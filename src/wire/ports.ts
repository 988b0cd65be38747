/** The real parts behind the ports: the background's; our pages have their own (page-ports.ts, glance-ports.ts). */
import { whoseMessages } from '../app/deliver.ts';
import type { Ports } from '../app/ports.ts';
import { doorbell } from '../browser/alarm.ts';
import { toolbarBadge } from '../browser/badge.ts';
import { consoleLog } from '../browser/log.ts';
import { desktopNotices } from '../browser/notices.ts';
import { language, say } from '../browser/pages.ts';
import { siteAccess } from '../browser/site-permissions.ts';
import { unwritten } from '../browser/unwritten.ts';
import { desktopChannel, pushChannel } from '../delivery/index.ts';
import { wordsIn } from '../i18n/words.ts';
import type { Database } from '../storage/database.ts';
import { openStore } from '../storage/store.ts';

export function realPorts(db: Database): Ports {
  const words = wordsIn(say, language());
  const store = openStore(db);
  return {
    clock: { now: () => Date.now() },
    ids: { next: () => crypto.randomUUID(), hash: sha256 },
    store,
    alarm: doorbell,
    channels: [desktopChannel(desktopNotices, words)],
    channelFor: (setting) =>
      pushChannel(setting, {
        words,
        fetch: (...asked) => fetch(...asked),
        now: () => Date.now(),
        whose: () => whoseMessages(store),
        mayReach: siteAccess.has,
      }),
    badge: toolbarBadge(words),
    log: consoleLog,
    unwritten,
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
