/** Made-up mails in a few words, and their readings in one line. All names and numbers are invented. */
import { parsePage } from '../../../scripts/read.ts';
import { bodyOf, type Mail } from '../../../src/sites/statement/mail.ts';
import { readStatement } from '../../../src/sites/statement/read.ts';

export const NOW = Date.parse('2026-08-15T10:00:00+08:00');
export const DAYS = '<p>账单日 2026-08-13</p><p>到期还款日 2026-09-01</p>';
export const OWED = '<p>本期应还款额 1,234.56</p><p>最低还款额 61.73</p>';
export const WHOLE = '2026-09-01 123456 6173 open';

interface Given extends Partial<Mail> {
  readonly now?: number;
}

/** `2026-09-01 123456 6173 open`; `?` for what is unknown; then the remarks. */
export function told(html: string | null, { now = NOW, ...fields }: Given = {}): string {
  const mail: Mail = {
    senderHost: 'ebill.qinghe.example',
    senderName: '',
    subject: '青禾银行信用卡电子账单',
    sentAt: now,
    html,
    text: '',
    ...fields,
  };
  return readingOf(mail, now);
}

export function readingOf(mail: Mail, now = NOW): string {
  const statement = readStatement(mail, parsePage(bodyOf(mail)), now);
  if (!statement) return 'none';
  const { reading, remarks } = statement;
  if (reading.kind !== 'bills') return reading.kind;
  const bills = reading.bills.map(
    (bill) => `${bill.dueDay ?? '?'} ${bill.remainingFen ?? '?'} ${bill.minimumFen ?? '?'} ${bill.standing}`,
  );
  return [...bills, ...remarks].join('; ');
}

export const p = (...lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('');
export const table = (...rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
