import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../scripts/read.ts';
import { type GivenFile, readImportFile } from '../../src/app/import-file.ts';
import { parseOwnMessage } from '../../src/messages/own.ts';

const now = Date.parse('2026-08-15T10:00:00+08:00');
const doors = { now, parseHtml: parsePage };
const TABLE = '标题,最后还款日,金额\r\n房租,2026-09-01,"1,234.50"\r\n';
/** `标题,还款日\n房租,2026-09-01\n` as a Chinese spreadsheet writes it. */
const GBK = [
  0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xbb, 0xb9, 0xbf, 0xee, 0xc8, 0xd5, 0x0a, 0xb7, 0xbf, 0xd7, 0xe2, 0x2c,
].concat([...'2026-09-01\n'].map((char) => char.charCodeAt(0)));

function file(name: string, content: string | Uint8Array | readonly number[], size?: number): GivenFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return { name, size: size ?? bytes.length, arrayBuffer: async () => bytes.slice().buffer };
}

const utf16 = (text: string): number[] => [
  0xff,
  0xfe,
  ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]),
];

describe('files', () => {
  it.each([
    ['UTF-8', file('a.csv', TABLE)],
    ['UTF-8 with a mark', file('a.csv', `\ufeff${TABLE}`)],
    ['GBK', file('a.csv', GBK)],
    [
      'UTF-8 that was cut',
      file('a.csv', new TextEncoder().encode('标题,还款日,备注\n房租,2026-09-01,贷').slice(0, -1)),
    ],
    ['UTF-16', file('a.txt', utf16(TABLE))],
    ['JSON', file('a.json', '[{"title":"房租","due":"2026-09-01"}]')],
    ['JSON without a name for it', file('bills', ' [{"title":"房租","due":"2026-09-01"}]')],
  ])('%s', async (_, given) => {
    const report = await readImportFile(given, doors);
    expect(report).toMatchObject({
      kind: 'rows',
      from: 'table',
      rows: [{ bill: { title: '房租', dueDay: '2026-09-01' } }],
    });
  });

  it.each([
    ['too-large', file('a.csv', TABLE, 10 * 1024 * 1024 + 1)],
    ['empty', file('a.csv', '')],
    ['no-header', file('a.csv', 'a,b\n')],
    ['not-json', file('a.json', '{')],
    ['kind-unknown', file('a.pdf', '%PDF-1.7')],
    ['kind-unknown', file('renamed.csv', 'PK\u0003\u0004')],
    ['kind-unknown', file('a.bin', 'who knows')],
    ['not-a-statement', file('a.html', '<p>你好</p>')],
    ['not-readable', { name: 'a.csv', size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) }],
  ])('refused as %s', async (code, given) => {
    expect(await readImportFile(given, doors)).toMatchObject({ kind: 'refused', code });
  });

  it('a mail that passes several statements on is all of them, and says which it could not read', async () => {
    const statement = (body: string): string =>
      `--x\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: =?utf-8?b?${Buffer.from('招商银行电子账单').toString('base64')}?=\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${body}\r\n`;
    const bodyOf = (due: string): string =>
      `<p>账单日 2026-08-11</p><p>到期还款日 ${due}</p><p>本期应还款额 100.00</p>`;
    const mail = (...bodies: string[]): string =>
      `Subject: Fwd\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${bodies.map(statement).join('')}--x--\r\n`;
    const both = await readImportFile(file('a.eml', mail(bodyOf('2026-09-01'), bodyOf('2026-09-03'))), doors);
    expect(both).toMatchObject({
      rows: [{ bill: { dueDay: '2026-09-01' } }, { bill: { dueDay: '2026-09-03' } }],
      remarks: [],
    });
    const one = await readImportFile(file('a.eml', mail(bodyOf('2026-09-01'), '<img alt="电子账单">')), doors);
    expect(one).toMatchObject({ rows: [{ bill: { dueDay: '2026-09-01' } }], remarks: ['part-unreadable'] });
  });

  it('every saved statement is taken whole by the message to the background', async () => {
    const folder = join(import.meta.dirname, '../sites/statement/mails');
    let count = 0;
    for (const name of readdirSync(folder)) {
      const report = await readImportFile(file(name, readFileSync(join(folder, name))), doors);
      if (report.kind === 'refused') continue;
      const bills = report.rows.flatMap((row) => (row.kind === 'bill' ? [row.bill] : []));
      expect(bills.length).toBeGreaterThan(0);
      // As it arrives: through the browser's JSON.
      const message = JSON.parse(JSON.stringify({ do: 'import', bills, isMonthly: true }));
      expect(parseOwnMessage(message), name).toEqual(message);
      count++;
    }
    expect(count).toBe(30);
  });

  it('never rejects, whatever the bytes and the name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a.csv', 'a.json', 'a.eml', 'a.html', 'a', 'a.xlsx'),
        fc.uint8Array({ maxLength: 400 }),
        async (name, bytes) => {
          const report = await readImportFile(file(name, bytes), doors);
          expect(report.name).toBe(name);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the message that brings bills', () => {
  const bill = {
    ...{
      siteId: 'file',
      account: 'default',
      family: 'issued',
      key: 'k',
      title: 't',
      dueDay: null,
      dueDayIs: 'stated',
      statementDay: null,
      totalFen: null,
      remainingFen: 1,
      minimumFen: null,
      overdueFeeFen: null,
      standing: 'open',
      doubts: [],
      source: 'file',
    },
  };
  const parse = (change: object) =>
    parseOwnMessage({ do: 'import', bills: [{ ...bill, ...change }], isMonthly: false });

  it('takes a whole bill', () => expect(parse({})).not.toBeNull());
  it.each([
    [{ siteId: 'jd-baitiao' }],
    [{ dueDay: '2026-02-30' }],
    [{ remainingFen: 1.5 }],
    [{ remainingFen: -1 }],
    [{ remainingFen: 1e15 }],
    [{ title: '' }],
    [{ owner: { paidAt: 1 } }],
    [{ source: 'responses' }],
  ])('refuses %j', (change) => expect(parse(change)).toBeNull());
});
