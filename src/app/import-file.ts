/** One file to rows, each with its report. Nothing is written here, and nothing of the file is loaded or run. */
import { dayOf, type Instant } from '../core/day.ts';
import type { ImportRow } from '../core/import/rows.ts';
import { type FileCode, MAX_BYTES, readCsv, readJson } from '../core/import/table.ts';
import { bodyOf, mailOfHtml, parseMails } from '../sites/statement/mail.ts';
import { readStatement, type StatementRemark } from '../sites/statement/read.ts';

export type FileRemark = StatementRemark | 'part-unreadable';

export interface GivenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type FileReport = { readonly name: string } & (
  | {
      readonly kind: 'rows';
      readonly from: 'table' | 'statement';
      readonly rows: readonly ImportRow[];
      readonly remarks: readonly FileRemark[];
    }
  | { readonly kind: 'refused'; readonly code: FileCode }
);

export interface ImportDoors {
  readonly now: Instant;
  /** Inert: no script, no image, no request. */
  readonly parseHtml: (html: string) => Document;
}

/** Never rejects: what is wrong with one file is said of that file. */
export async function readImportFile(file: GivenFile, doors: ImportDoors): Promise<FileReport> {
  const { name } = file;
  const refuse = (code: FileCode): FileReport => ({ name, kind: 'refused', code });
  if (file.size > MAX_BYTES) return refuse('too-large');
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length === 0) return refuse('empty');
    const kind = kindOf(name, bytes);
    if (kind === null) return refuse('kind-unknown');
    if (kind === 'mail' || kind === 'html') return await statementOf(name, kind, bytes, doors);
    const text = textOf(bytes);
    const table = kind === 'json' ? readJson(text, dayOf(doors.now)) : readCsv(text, dayOf(doors.now));
    return table.kind === 'rows'
      ? { name, kind: 'rows', from: 'table', rows: table.rows, remarks: [] }
      : refuse(table.code);
  } catch {
    return refuse('not-readable'); // The disk or a damaged mail: the owner is told, and the other files go on.
  }
}

type Kind = 'mail' | 'html' | 'json' | 'csv';

const KINDS: Readonly<Record<string, Kind>> = {
  eml: 'mail',
  html: 'html',
  htm: 'html',
  json: 'json',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
};

/** An archive (a spreadsheet is one), a PDF, an Office file or mail, gzip, RAR. */
const OTHER_KINDS = ['PK', '%PDF', '\xd0\xcf\x11\xe0', '\x1f\x8b', 'Rar!'];

/** By the name, else by how the file begins. Null: a kind that Duly does not read (a PDF, a spreadsheet, an archive). */
function kindOf(name: string, bytes: Uint8Array<ArrayBuffer>): Kind | null {
  const byName = KINDS[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).replace(/^ï»¿/, '').trimStart();
  if (OTHER_KINDS.some((mark) => head.startsWith(mark))) return null;
  if (byName) return byName;
  if (/^[[{]/.test(head)) return 'json';
  if (/^<(?:!doctype|html|\?xml)/i.test(head)) return 'html';
  return /^(?:[\w-]+: [^\r\n]*\r?\n){2}/.test(head) ? 'mail' : null;
}

/** A mark at the beginning, else UTF-8, else GB 18030 (which holds GBK), as Chinese spreadsheets write. */
function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const countOf = (signs: RegExp): number => text.match(signs)?.length ?? 0;
  // UTF-8 that was cut or damaged in one place is broken there; another character set is broken throughout.
  const isUtf8 = countOf(/\ufffd/g) * 4 <= countOf(/[^\0-\x7f]/g);
  return isUtf8 ? text : new TextDecoder('gb18030').decode(bytes);
}

async function statementOf(
  name: string,
  kind: 'mail' | 'html',
  bytes: Uint8Array<ArrayBuffer>,
  { now, parseHtml }: ImportDoors,
): Promise<FileReport> {
  const mails = kind === 'mail' ? await parseMails(bytes) : [mailOfHtml(bytes)];
  const statements = mails.flatMap((mail) => readStatement(mail, parseHtml(bodyOf(mail)), now) ?? []);
  if (!statements.length) return { name, kind: 'refused', code: 'not-a-statement' };
  const bills = statements.flatMap(({ reading, lenderId, sentAt }) =>
    reading.kind === 'bills'
      ? reading.bills.map((bill) => ({ ...bill, siteId: 'statement' as const, account: lenderId, sentAt }))
      : [],
  );
  if (!bills.length) return { name, kind: 'refused', code: 'statement-unreadable' };
  const rows = bills.map((bill, at): ImportRow => ({ line: at + 1, kind: 'bill', bill }));
  const remarks = new Set<FileRemark>(statements.flatMap((statement) => statement.remarks));
  if (statements.some(({ reading }) => reading.kind !== 'bills')) remarks.add('part-unreadable');
  return { name, kind: 'rows', from: 'statement', rows, remarks: [...remarks] };
}
