/** Who sent a statement. A name is only a title: nothing is read differently but by `profiles.ts`. */
import type { Mail } from './mail.ts';
import { type LenderProfile, OTHER_HOSTS, OTHER_LENDERS, PROFILES } from './profiles.ts';

/**
 * A sender's own name is never taken: it may be a person's. The sender's host speaks first; a forwarded or saved mail is
 * known by the first lender that its words name. Words may name a bank that did not write: what a lender means by a sign
 * is believed of its own host alone.
 */
export function lenderOf(mail: Mail, words: string): LenderProfile {
  const byHost = PROFILES.find(({ hosts }) => hosts.some((host) => endsWithHost(mail.senderHost, host)));
  if (byHost) return byHost;
  const other = Object.entries(OTHER_HOSTS).find(([host]) => endsWithHost(mail.senderHost, host));
  if (other) return named(other[1]);
  for (const text of [mail.subject, mail.senderName, words.slice(0, 3000)]) {
    const name = firstNamed(text);
    if (!name) continue;
    const { id, rows = [] } = PROFILES.find((profile) => profile.name === name) ?? named(name);
    return { id, name, rows, hosts: [] };
  }
  return { id: /^[\w.-]{1,60}$/.test(mail.senderHost) ? mail.senderHost : 'mail', name: '账单邮件', hosts: [] };
}

function named(name: string): LenderProfile {
  return { id: name, name, hosts: [] };
}

function endsWithHost(host: string, end: string): boolean {
  return host === end || host.endsWith(`.${end}`);
}

const NAMES = [...PROFILES.map(({ name }) => name), ...OTHER_LENDERS];
const FULL_NAMES: readonly (readonly [string, string])[] = [
  ['中国邮政储蓄银行', '邮储银行'],
  ['邮政储蓄', '邮储银行'],
  ['浦东发展银行', '浦发银行'],
  ['广东发展银行', '广发银行'],
  ['蚂蚁花呗', '花呗'],
];
/** A greeting that runs into the name of the bank has the name of a person in it. */
const ADDRESSED = /先生|女士|小姐|尊敬|您|你好|的/;
const SHAPE = /(?<![\u4e00-\u9fff])(?:尊敬的|您的)?([\u4e00-\u9fff]{2,8}银行)/g;
/** A way to a bank, not a bank. */
const WAY = /(?:网上|手机|电话|掌上|微信|直销|企业|个人|私人)银行/;
/** The bank that a debt is paid from or through is another's. */
const PAID_FROM = /(?:还款|扣款|转账|汇款|绑定|开户|他行|跨行)[^。；;，,\d]{0,12}?银行/g;

function firstNamed(given: string): string | null {
  const text = given.replace(PAID_FROM, (words) => '。'.repeat(words.length)).replaceAll('银行业', '。。。');
  let [best, at] = [null as string | null, Number.POSITIVE_INFINITY];
  for (const [word, name] of [...FULL_NAMES, ...NAMES.map((own) => [own, own] as const)]) {
    const found = text.indexOf(word);
    if (found >= 0 && found < at) [best, at] = [name, found];
  }
  for (const match of text.matchAll(SHAPE)) {
    if (match.index + match[0].length > at) break;
    if (!WAY.test(match[0]) && !ADDRESSED.test(match[1] as string)) return match[1] as string;
  }
  return best;
}
