/** The channel behind what the owner set up: one table entry per service (table.ts), one way to ask (ask.ts). */
import type { Channel, Delivery } from '../../app/ports.ts';
import { within } from '../../app/within.ts';
import { originsOf, parseValues, type Values } from '../../core/channel/fields.ts';
import type { ChannelSetting, Loudness } from '../../core/channel/setting.ts';
import type { Instant } from '../../core/day.ts';
import type { Notice } from '../../core/reminder/notice.ts';
import type { Words } from '../../i18n/words.ts';
import { ANSWER_MS, type Answer, ask } from './ask.ts';
import { type Contract, failed, type Message } from './contract.ts';
import { cut } from './cut.ts';
import { judge, objectOf } from './judge.ts';
import { ARM_AHEAD_MS, isArmable, publish } from './ntfy.ts';
import { probeWithdraw } from './probe.ts';
import { CONTRACTS } from './table.ts';

export interface PushTools {
  readonly words: Words;
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  /** Whose messages these are: of two browsers with the same channel, either takes back what has the same name. */
  readonly whose: () => Promise<string>;
  /** Did the owner let us reach all of these match patterns? Without it the browser answers as if the server were dead. */
  readonly mayReach: (patterns: readonly string[]) => Promise<boolean>;
}

/** How long a service is left alone before the one second try. */
const BREATH_MS = 2000;
/** After these a second try may help; it is made only where the service lets it replace the first. */
const WORTH_A_SECOND_TRY = ['push-offline', 'push-cut-off', 'push-server-error'];

export function pushChannel(setting: ChannelSetting, tools: PushTools): Channel {
  const isNtfy = setting.service === 'ntfy';
  const canTakeBack = !isNtfy || setting.health.canWithdraw === true;
  /** Names this notice to the service; a hash, because a notice's own name holds the bill's. */
  const tagOf = async (noticeId: string): Promise<string> => tag(await tools.whose(), setting.id, noticeId);

  const deliver = async (notice: Notice, loudness: Loudness, at?: Instant): Promise<Delivery> => {
    const opened = await open(setting, tools);
    if (opened.kind === 'failed') return opened;
    const { contract, values } = opened;
    const message = await messageOf(notice, loudness, contract);
    const once = async (): Promise<Delivery> => {
      const now = tools.now();
      const asked = at === undefined ? await contract.request(message, values, now) : publish(message, values, at);
      return judge(await ask(asked, tools), contract, { values, now, tag: message.tag });
    };
    const first = await once();
    const canRepeat = contract.replaces === true && canTakeBack;
    if (first.kind === 'accepted' || !canRepeat || first.pauseMs || !WORTH_A_SECOND_TRY.includes(first.code))
      return first;
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    return once();
  };

  const messageOf = async (notice: Notice, loudness: Loudness, { title, text }: Contract): Promise<Message> => {
    const told = tools.words.push(notice, setting, loudness);
    return {
      title: cut(told.title, title),
      text: cut(told.message, text),
      loudness,
      tag: await tagOf(notice.id),
      kind: notice.kind,
      daysLeft: notice.bills[0]?.daysLeft ?? null,
    };
  };

  const takeBack = async (noticeId: string, receipt?: string): Promise<boolean> => {
    const opened = await open(setting, tools);
    if (opened.kind === 'failed') return false;
    const { contract, values } = opened;
    const name = receipt ?? (contract.replaces ? await tagOf(noticeId) : undefined);
    const asked = name === undefined || !canTakeBack ? null : contract.withdraw?.(name, values);
    if (!asked) return true;
    const answer = await ask(asked, tools);
    return answer.kind === 'answer' && isTakenBack(answer, contract);
  };

  const probe = async (): Promise<boolean | null> => {
    const opened = await open(setting, tools);
    if (opened.kind === 'failed') return null;
    const message: Message = {
      title: tools.words.say('pushTest'),
      text: tools.words.say('pushProbeText'),
      loudness: 'normal',
      tag: await tagOf(`probe ${tools.now()}`),
      kind: 'self-test',
      daysLeft: null,
    };
    return probeWithdraw(message, opened.values, tools);
  };

  return {
    id: setting.id,
    send: (notice, loudness = 'normal') => kept(() => deliver(notice, loudness), BROKEN),
    withdraw: (noticeId, receipt) => kept(() => takeBack(noticeId, receipt), false),
    ...(isNtfy && canTakeBack
      ? {
          armAheadMs: ARM_AHEAD_MS,
          arm: async (notice: Notice, at: Instant, loudness: Loudness) =>
            isArmable(at, tools.now()) ? kept(() => deliver(notice, loudness, at), BROKEN) : failed('push-moment'),
        }
      : {}),
    ...(isNtfy ? { probe: async () => ({ canWithdraw: await kept(probe, null) }) } : {}),
  };
}

type Opened =
  | { readonly kind: 'open'; readonly contract: Contract; readonly values: Values }
  | Extract<Delivery, { kind: 'failed' }>;

/** What is needed to ask the service, or why it cannot be asked. Settings may come from another browser: they are read again. */
async function open({ service, values: kept }: ChannelSetting, { mayReach }: PushTools): Promise<Opened> {
  const contract: Contract | undefined = CONTRACTS[service];
  if (!contract) return failed('push-service-unknown');
  const parsed = parseValues(service, kept);
  if (!('values' in parsed)) return failed('push-bad-settings');
  const patterns = originsOf(service, parsed.values);
  if (patterns.length === 0) return failed('push-address-refused');
  // A browser that cannot tell lets the request try.
  const isAllowed = await within(ANSWER_MS, mayReach(patterns), true).catch(() => true);
  return isAllowed ? { kind: 'open', contract, values: parsed.values } : failed('push-no-permission');
}

const BROKEN = failed('push-broken');

/** What is thrown may hold a key in its words: nothing of it is kept. */
function kept<T>(work: () => Promise<T>, broken: T): Promise<T> {
  return work().catch(() => broken);
}

/** By the word of the service itself: a page that stands before it takes nothing back. */
function isTakenBack({ status, text }: Extract<Answer, { kind: 'answer' }>, { isWithdrawn }: Contract): boolean {
  const json = objectOf(text);
  if (isWithdrawn) return isWithdrawn(status, json ?? {});
  const isOk = (status >= 200 && status < 300) || status === 404 || status === 410;
  return isOk && (json !== null || text.trim() === '');
}

async function tag(...names: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(names.join('\n')));
  return [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
