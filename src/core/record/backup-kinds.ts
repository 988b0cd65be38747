import { ACK } from './ack-record.ts';
import { BILL } from './bill-record.ts';
import { RECIPE, RULES, SITE } from './settings-records.ts';

/** Records of these kinds hold no secret and no membership of a vault: a backup carries no other. */
export const BACKUP_KINDS: readonly string[] = [BILL, ACK, RULES, RECIPE, SITE];
