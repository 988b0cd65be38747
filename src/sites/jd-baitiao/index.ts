import type { Site } from '../site.ts';
import { DUE_AFTER_STATEMENT_DAYS, ENDPOINTS, ID, MATCHES, PAY_URL, SIGN_IN_HOSTS, TITLE } from './manifest.ts';
import { readJdBaitiao } from './read.ts';

export const jdBaitiao: Site = {
  id: ID,
  title: TITLE,
  matches: MATCHES,
  signInHosts: SIGN_IN_HOSTS,
  endpoints: ENDPOINTS,
  payUrl: PAY_URL,
  dueAfterStatementDays: DUE_AFTER_STATEMENT_DAYS,
  read: readJdBaitiao,
};
