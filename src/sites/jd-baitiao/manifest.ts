/** What the site is and where it speaks (facts/jd-baitiao.md §1–4, §6). */
import type { Place, SiteManifest } from '../site.ts';

export const ID = 'jd-baitiao';
export const TITLE = '京东白条';
export const PAY_URL = 'https://baitiao.jd.com/v3/ious/list';
export const MATCHES = [
  'https://baitiao.jd.com/*',
  'https://trade.jr.jd.com/*',
  'https://mbt.jd.com/*',
  'https://mcr.jd.com/*',
] as const;

/** The pages that show bills (facts §1); everything else on these hosts may show none without being broken. */
export const BILL_PATHS = [
  { host: 'baitiao.jd.com', path: '/v3/ious/' },
  { host: 'baitiao.jd.com', path: '/creditUser/' },
  { host: 'trade.jr.jd.com', path: '/centre/browse' },
  { host: 'mbt.jd.com', path: '/bill/' },
  { host: 'mcr.jd.com', path: '/credit_home/' },
] as const;

export function isBillPath({ hostname, pathname }: Place): boolean {
  return BILL_PATHS.some(({ host, path }) => host === hostname && pathname.startsWith(path));
}

/** 还款日 = 账单日 + 9 天 (facts §7). */
export const DUE_AFTER_STATEMENT_DAYS = 9;

/** Where the site sends a browser that is signed out (facts §6). */
export const SIGN_IN_HOSTS = ['passport.jd.com', 'plogin.m.jd.com'] as const;
/** The pages on which it lands there: read only for the way back in their address. */
export const SIGN_IN_PAGES = ['https://passport.jd.com/new/login.aspx*', 'https://plogin.m.jd.com/*'] as const;

/** Every answer that the page hook may observe: exact host and path, any method, any query. */
export const ENDPOINTS = [
  { id: 'issued', host: 'baitiao.jd.com', path: '/v3/ious/getBillList' },
  { id: 'unissued', host: 'baitiao.jd.com', path: '/v3/ious/queryNotOutAccount' },
  { id: 'detail', host: 'baitiao.jd.com', path: '/v3/ious/getBillOrderDetail' },
  { id: 'loans', host: 'baitiao.jd.com', path: '/v3/ious/getJtDetailList' },
  { id: 'privilege', host: 'baitiao.jd.com', path: '/v3/ious/getBtPrivilege' },
  { id: 'quota', host: 'baitiao.jd.com', path: '/baitiao/quota' },
  { id: 'overview', host: 'trade.jr.jd.com', path: '/async/creditData.action' },
  { id: 'first-screen', host: 'ms.jr.jd.com', path: '/gw/generic/bt/h5/m/firstScreenNew' },
  { id: 'card', host: 'ms.jr.jd.com', path: '/gw/generic/bt/h5/m/queryCard' },
  { id: 'user-info', host: 'me-api.jd.com', path: '/user_new/info/GetJDUserInfoUnion' },
] as const;

export type EndpointId = (typeof ENDPOINTS)[number]['id'];

export const jdBaitiao: SiteManifest = {
  id: ID,
  title: TITLE,
  matches: MATCHES,
  signInHosts: SIGN_IN_HOSTS,
  endpoints: ENDPOINTS,
  payUrl: PAY_URL,
  dueAfterStatementDays: DUE_AFTER_STATEMENT_DAYS,
  isOptional: false,
};
