/** Every saved mail gives exactly the reading beside it, through the same function as `npm run read`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage, type ReadLine, readMail } from '../../../scripts/read.ts';
import { bodyOf, mailOfHtml, parseMail } from '../../../src/sites/statement/mail.ts';
import { readStatement } from '../../../src/sites/statement/read.ts';

const here = import.meta.dirname;
const now = Date.parse('2026-08-15T10:00:00+08:00');
const names = readdirSync(join(here, 'expected'));

interface Expected {
  readonly at: string;
  readonly file: string;
  readonly reading: ReadLine;
}

const expectedOf = (name: string) => JSON.parse(readFileSync(join(here, 'expected', name), 'utf8')) as Expected;
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(here, file)));

describe('statement mails', () => {
  it.each(names)('%s', async (name) => {
    const { at, file, reading } = expectedOf(name);
    const found = await readMail(Date.parse(at), join(here, file));
    expect(found).toEqual(reading);
    expect(JSON.stringify(found), 'no card number, not even its end').not.toMatch(/\*|(?<!\d)(?:0000|1111)(?!\d)/);
  });

  it('leaves no mail without an expected reading', () => {
    const used = names.map((name) => expectedOf(name).file);
    expect(readdirSync(join(here, 'mails')).map((file) => `mails/${file}`)).toEqual(used.sort());
  });

  it('tells of amounts in other currencies, which it does not count', async () => {
    const mail = await parseMail(bytesOf('mails/cmbc-rmb-and-usd.eml'));
    const statement = readStatement(mail, parsePage(bodyOf(mail)), now);
    expect(statement?.remarks).toEqual(['foreign-amount']);
    expect(statement?.lender).toBe('民生银行');
  });

  it('takes a negative amount beside a negative minimum of an unknown lender for unknown, not for paid', async () => {
    const mail = await parseMail(bytesOf('mails/unknown-lender-both-negative.eml'));
    expect(readStatement(mail, parsePage(bodyOf(mail)), now)?.remarks).toEqual(['sign-unclear']);
  });
});

describe('what is no mail', () => {
  it('never throws on bytes, and never finds a bill in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const mail = await parseMail(new Uint8Array(bytes));
        expect(readStatement(mail, parsePage(bodyOf(mail)), now)).toBeNull();
        expect(readStatement(mailOfHtml(new Uint8Array(bytes)), parsePage(''), now)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on a mail that was cut or changed in the middle', async () => {
    const mails = readdirSync(join(here, 'mails')).map((file) => bytesOf(`mails/${file}`));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...mails), fc.nat(), fc.nat(), fc.nat(255), async (whole, cut, at, byte) => {
        const bytes = new Uint8Array(whole.slice(0, cut % whole.length));
        if (bytes.length) bytes[at % bytes.length] = byte;
        const mail = await parseMail(bytes);
        readStatement(mail, parsePage(bodyOf(mail)), now);
      }),
      { numRuns: 300 },
    );
  });
});
