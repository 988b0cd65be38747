/**
 * Bank pages that show a bill (facts/jd-baitiao.md §8). Data only: their wording is known, their markup is years old, so
 * they are read by the generic label reader and by nothing that would fit one page alone. Unconfirmed until a structure
 * report of a real page comes in.
 */
import type { SiteManifest } from '../site.ts';

interface BankPage {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly path: string;
}

const PAGES: readonly BankPage[] = [
  { id: 'bank-cmb', title: '招商银行信用卡', host: 'pbsz.ebank.cmbchina.com', path: '/' },
  { id: 'bank-ccb', title: '建设银行信用卡', host: 'creditcard.ccb.com', path: '/' },
  { id: 'bank-citic', title: '中信银行信用卡', host: 'creditcard.ecitic.com', path: '/' },
  { id: 'bank-cib', title: '兴业银行信用卡', host: 'personalbank.cib.com.cn', path: '/' },
  { id: 'bank-bocom', title: '交通银行信用卡', host: 'creditcardapp.bankcomm.com', path: '/' },
];

export const BANKS: readonly SiteManifest[] = PAGES.map(({ id, title, host, path }) => ({
  id,
  title,
  matches: [`https://${host}/*`],
  signInHosts: [],
  endpoints: [],
  payUrl: `https://${host}${path}`,
  dueAfterStatementDays: null,
  isOptional: true,
}));
