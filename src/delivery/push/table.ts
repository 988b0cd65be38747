/** Every service has its entry. */
import type { ServiceId } from '../../core/channel/setting.ts';
import { apprise, discord, gotify, pushover, telegram } from './abroad.ts';
import { bark } from './bark.ts';
import type { Contract } from './contract.ts';
import { ntfy } from './ntfy.ts';
import { dingtalk, feishu, wecom } from './robots.ts';
import { webhook } from './webhook.ts';
import { pushplus, serverchan, wxpusher } from './wechat.ts';

export const CONTRACTS: Readonly<Record<ServiceId, Contract>> = {
  bark,
  serverchan,
  wecom,
  ntfy,
  webhook,
  pushplus,
  wxpusher,
  dingtalk,
  feishu,
  telegram,
  gotify,
  pushover,
  discord,
  apprise,
};
