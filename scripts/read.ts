/**
 * What Duly reads on a saved page: `read --url URL [--at ISO] FILE…`, one JSON object on one line.
 * A statement mail needs no URL: `read [--at ISO] MAIL.eml` (or `MAIL.html`).
 * `.html` is the page, `.json` is `[{"url","method","status","body"}]`, the responses that the page received.
 */
import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import { dayOf } from '../src/core/day.ts';
import { isComplete, type Reading } from '../src/core/reading.ts';
import { readerFor } from '../src/sites/readers.ts';
import type { PageResponse } from '../src/sites/site.ts';
import { bodyOf, mailOfHtml, parseMail } from '../src/sites/statement/mail.ts';
import { readStatement } from '../src/sites/statement/read.ts';

export interface ReadLine {
  readonly kind: string;
  readonly complete: boolean;
  readonly bills: readonly Record<string, unknown>[];
  readonly why?: string;
}

/** A mistake of the person who called, with its code. */
export class ReadUsageError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ReadUsageError';
    this.code = code;
  }
}

/** Inert: no script runs and nothing is loaded. */
export function parsePage(html: string): Document {
  const window = new Window({
    settings: {
      disableJavaScriptFileLoading: true,
      disableCSSFileLoading: true,
      disableIframePageLoading: true,
      navigation: {
        disableMainFrameNavigation: true,
        disableChildFrameNavigation: true,
        disableChildPageNavigation: true,
      },
    },
  });
  return new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
}

function responsesOf(file: string, text: string): PageResponse[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ReadUsageError('E_JSON', `${file} is not JSON`);
  }
  if (!Array.isArray(parsed)) throw new ReadUsageError('E_JSON', `${file} is not a list of responses`);
  return parsed.map((item: unknown) => {
    const { url, method, status, body, requestBody } = (item ?? {}) as Record<string, unknown>;
    if (typeof url !== 'string' || typeof body !== 'string')
      throw new ReadUsageError('E_JSON', `${file}: every response needs "url" and "body" as text`);
    return {
      url,
      method: typeof method === 'string' ? method : 'GET',
      status: typeof status === 'number' ? status : 200,
      body,
      ...(typeof requestBody === 'string' ? { requestBody } : {}),
    };
  });
}

/** Reads the files as one page. */
export function readFiles(address: string, at: number, files: readonly string[]): ReadLine {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new ReadUsageError('E_URL', `not a URL: ${address}`);
  }
  let html: string | null = null;
  const responses: PageResponse[] = [];
  for (const file of files) {
    const text = textOf(file);
    if (/\.html?$/i.test(file)) html = html === null ? text : `${html}\n${text}`;
    else if (/\.json$/i.test(file)) responses.push(...responsesOf(file, text));
    else throw new ReadUsageError('E_FILE', `${file} is neither .html nor .json`);
  }
  const document = html === null ? null : parsePage(html);
  const site = readerFor(url);
  if (!site) return lineOf(null);
  // In the browser a page of ours without bills is passed over; whoever brings one here wants to know that it gave none.
  return lineOf(
    site.read({ url, document, responses, now: at, today: dayOf(at) }) ?? { kind: 'unreadable', why: 'layout-unknown' },
  );
}

/** Reads one statement mail; `not-mine` where it is none. */
export async function readMail(at: number, file: string): Promise<ReadLine> {
  const bytes = bytesOf(file);
  const mail = /\.eml$/i.test(file) ? await parseMail(bytes) : mailOfHtml(bytes);
  return lineOf(readStatement(mail, parsePage(bodyOf(mail)), at)?.reading ?? null);
}

function lineOf(reading: Reading | null): ReadLine {
  if (!reading) return { kind: 'not-mine', complete: false, bills: [] };
  if (reading.kind !== 'bills') {
    return { kind: reading.kind, complete: false, bills: [], ...('why' in reading ? { why: reading.why } : {}) };
  }
  const bills = reading.bills.map((bill) => ({
    key: bill.key,
    title: bill.title,
    dueDay: bill.dueDay,
    dueDayIs: bill.dueDayIs,
    statementDay: bill.statementDay,
    totalFen: bill.totalFen,
    remainingFen: bill.remainingFen,
    minimumFen: bill.minimumFen,
    overdueFeeFen: bill.overdueFeeFen,
    standing: bill.standing,
    doubtful: bill.doubts.length > 0,
    source: bill.source,
  }));
  return { kind: 'bills', complete: isComplete(reading), bills };
}

function textOf(file: string): string {
  return new TextDecoder().decode(bytesOf(file));
}

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new ReadUsageError('E_FILE', `cannot read ${file}`);
  }
}

async function main(args: readonly string[]): Promise<void> {
  let address: string | null = null;
  let at = Date.now();
  const files: string[] = [];
  for (let n = 0; n < args.length; n++) {
    const arg = args[n] as string;
    if (arg === '--url') address = args[++n] ?? null;
    else if (arg === '--at') at = Date.parse(args[++n] ?? '');
    else if (arg.startsWith('--')) throw new ReadUsageError('E_USAGE', `unknown option ${arg}`);
    else files.push(arg);
  }
  const [mail, ...more] = files;
  const isMail = address === null && more.length === 0 && /\.(?:eml|html?)$/i.test(mail ?? '');
  if (!mail || (address === null && !isMail))
    throw new ReadUsageError('E_USAGE', 'usage: read --url URL [--at ISO] FILE…, or read [--at ISO] MAIL.eml');
  if (Number.isNaN(at)) throw new ReadUsageError('E_AT', 'not an ISO date and time after --at');
  const line = address === null ? await readMail(at, mail) : readFiles(address, at, files);
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

if (import.meta.main ?? process.argv[1]?.endsWith('scripts/read.ts')) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ReadUsageError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 2;
  }
}
