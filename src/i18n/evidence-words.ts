/** An entry of an appeal's evidence as a sentence. What a newer version wrote is shown by its name. */
import { SERVICES } from '../core/channel/setting.ts';
import { toDay } from '../core/day.ts';
import { type EvidenceEvent, kindIn, momentOf } from '../core/evidence.ts';
import type { LateWhy } from '../core/reminder/reminder.ts';
import { isolated } from './isolated.ts';
import type { MessageKey } from './message-keys.ts';
import type { Words } from './words.ts';

const SIMPLE: Partial<Record<EvidenceEvent['what'], MessageKey>> = {
  promised: 'evidence_promised',
  fired: 'evidence_fired',
  armed: 'evidence_armed',
  accepted: 'evidence_accepted',
  failed: 'evidence_failed',
  withdrawn: 'evidence_withdrawn',
  'not-received': 'evidence_notReceived',
};

const LATE: readonly string[] = [
  'asleep',
  'browser-closed',
  'notifications-off',
  'retried',
  'unknown',
] satisfies LateWhy[];

export function evidenceWhen({ at }: Pick<EvidenceEvent, 'at'>, words: Words): string {
  const moment = momentOf(at);
  return moment === null ? words.say('evidenceUnknownTime') : words.fullMoment(moment);
}

export function evidenceWhat({ what, facts }: EvidenceEvent, words: Words): string {
  const { say } = words;
  const text = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  const kind = kindIn(facts);
  const key = SIMPLE[what];
  if (key) return [say(key, kind ? words.kind(kind) : ''), ...particulars({ what, facts }, words)].join(' · ');
  switch (what) {
    case 'read': {
      const day = words.fullDay(toDay(text('dueDay')));
      const owed = text('remainingYuan');
      if (facts.isFirst) return say('evidence_readFirst', day);
      return [
        say('evidence_read', day),
        ...(facts.dueDayIs === 'estimated' ? [say('estimated')] : []),
        ...(owed ? [say('evidence_owed', say('yuan', owed))] : []),
        ...(text('by') ? [say('evidence_by', say(`evidenceBy_${text('by')}` as MessageKey))] : []),
      ].join(' · ');
    }
    case 'gone-from-page':
      return say('evidence_gone');
    case 'contact-read':
      return say('evidence_contactRead', text('phone'));
    case 'contact-changed':
      return say('evidence_contactChanged');
    case 'contact-said':
      return say(`contactSaid_${text('topic')}_${text('said')}` as MessageKey);
    case 'seen':
      return say('evidence_seen', kind ? words.kind(kind) : '', say(`seen_${text('seen')}` as MessageKey));
    case 'act': {
      const until = momentOf(text('until') || null);
      const act = say('evidence_act', say(`act_${text('act')}` as MessageKey) || text('act'));
      return until === null ? act : `${act} · ${say('evidence_until', words.fullMoment(until))}`;
    }
    case 'statement':
      return say('evidence_statement', text('text'));
    default:
      return what;
  }
}

function particulars({ facts }: Pick<EvidenceEvent, 'what' | 'facts'>, words: Words): string[] {
  const { say } = words;
  const { state, lateMs, why, channel, device, deviceName } = facts;
  const parts: string[] = [];
  if (state === 'not-sent') parts.push(say('evidence_notSent'));
  if (state === 'ahead') parts.push(say('evidence_ahead'));
  if (typeof lateMs === 'number') parts.push(say('evidence_late', words.span(lateMs)));
  if (typeof why === 'string')
    parts.push(say('evidence_why', LATE.includes(why) ? words.late(why as LateWhy) : words.failure(why)));
  if (typeof channel === 'string') parts.push(say('evidence_channel', channelIn(channel, words)));
  if (device === 'this' || device === 'other') {
    const browser = say(`evidenceDevice_${device}`);
    parts.push(typeof deviceName === 'string' ? say('evidence_named', browser, isolated(deviceName)) : browser);
  }
  return parts;
}

function channelIn(name: string, words: Words): string {
  const service = SERVICES.find((each) => each === name);
  if (service) return words.service(service);
  return words.say(`evidenceChannel_${name}` as MessageKey) || name;
}
