/** What holds of every statement, however the mail was sent, passed on or made up. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../scripts/read.ts';
import { planImport } from '../../../src/core/import/plan.ts';
import type { ReadBill } from '../../../src/core/reading.ts';
import { bodyOf, type Mail, mailOfHtml, parseMail, parseMails } from '../../../src/sites/statement/mail.ts';
import { readStatement } from '../../../src/sites/statement/read.ts';

const NOW = Date.parse('2026-08-15T10:00:00+08:00');
const DAYS = '<p>账单日 2026年08月13日</p><p>到期还款日 2026年09月01日</p>';
const OWED = `${DAYS}<p>本期应还款额 1,234.56元</p><p>最低还款额 61.73</p>`;

/** `2026-09-01 123456 6173 open`; `?` for what is unknown. */
function told(mail: Mail): string {
  const statement = readStatement(mail, parsePage(bodyOf(mail)), NOW);
  if (!statement) return 'none';
  const { reading } = statement;
  if (reading.kind !== 'bills') return reading.kind;
  return reading.bills
    .map((bill) => `${bill.dueDay ?? '?'} ${bill.remainingFen ?? '?'} ${bill.minimumFen ?? '?'} ${bill.standing}`)
    .join('; ');
}

function mailOf(html: string, fields: Partial<Mail> = {}): Mail {
  return {
    senderHost: 'ebill.qinghe.example',
    senderName: '',
    subject: '青禾银行信用卡电子账单',
    sentAt: NOW,
    html,
    text: '',
    ...fields,
  };
}

const WHOLE = '2026-09-01 123456 6173 open';

/** GBK has no encoder here: every pair of bytes is decoded once. */
const gbkOf = (() => {
  const pairs: number[] = [];
  for (let lead = 0x81; lead < 0xff; lead++)
    for (let tail = 0x40; tail < 0xff; tail++) if (tail !== 0x7f) pairs.push(lead, tail);
  const signs = [...new TextDecoder('gbk').decode(new Uint8Array(pairs))];
  const codes = new Map(signs.map((sign, at) => [sign, pairs.slice(at * 2, at * 2 + 2)]));
  return (text: string): number[] =>
    [...text].flatMap((sign) => (sign < '\u0080' ? [sign.charCodeAt(0)] : (codes.get(sign) ?? [])));
})();
const utf8Of = (text: string): number[] => [...new TextEncoder().encode(text)];

const base64 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const HEAD = `From: <ebill@ebill.qinghe.example>\r\nSubject: =?utf-8?b?${base64(utf8Of('青禾银行信用卡电子账单'))}?=\r\nDate: Fri, 14 Aug 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n`;
const part = (type: string, body: readonly number[]): string =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(body)}\r\n`;

describe('a character set that is wrong, missing or unknown loses no bill', () => {
  const CHARSETS = ['', 'utf-8', 'gb2312', '"GBK"', "'gbk'", 'cp936', 'iso-8859-1', 'us-ascii', 'unknown-8bit', 'big5'];
  it.each(CHARSETS)('%s', async (charset) => {
    const type = `text/html${charset && `; charset=${charset}`}`;
    for (const body of [utf8Of(OWED), gbkOf(OWED)])
      expect(told(await parseMail(bytesOf(HEAD + part(type, body))))).toBe(WHOLE);
  });

  it('one broken sign does not make another character set of it', async () => {
    const cut = [...utf8Of(OWED), 0xe4, 0xb8, ...utf8Of('<p>谢谢</p>')];
    expect(told(await parseMail(bytesOf(HEAD + part('text/html; charset=utf-8', cut))))).toBe(WHOLE);
    const page = new Uint8Array([...utf8Of('<meta charset="utf-8"><title>电子账单</title>'), ...cut]);
    expect(told(mailOfHtml(page))).toBe(WHOLE);
  });
});

describe('a mail of several parts', () => {
  const boundary = (parts: readonly string[], kind = 'mixed'): string =>
    `Content-Type: multipart/${kind}; boundary=cut\r\n\r\n${parts.map((one) => `--cut\r\n${one}`).join('')}--cut--\r\n`;
  const inner = HEAD + part('text/html; charset=utf-8', utf8Of(OWED));
  const passedOn = `Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n${inner}\r\n`;
  const outer = HEAD.replace(/Subject:.*/, 'Subject: Fwd').replace('14 Aug', '15 Aug');
  const note = part('text/plain; charset=utf-8', utf8Of('见附件'));

  it('is read by its words where its HTML is a picture', async () => {
    const plain = '账单日 2026年08月13日\n到期还款日 2026年09月01日\n本期应还款额 1,234.56元\n最低还款额 61.73';
    const parts = [
      part('text/plain; charset=utf-8', utf8Of(plain)),
      part('text/html; charset=utf-8', utf8Of('<img alt="电子账单" src="cid:1">')),
    ];
    expect(told(await parseMail(bytesOf(HEAD + boundary(parts, 'alternative'))))).toBe(WHOLE);
  });

  it('that passes a statement on as its attachment is that statement', async () => {
    const mail = await parseMail(bytesOf(outer + boundary([note, passedOn])));
    expect(told(mail)).toBe(WHOLE);
    expect(mail.sentAt).toBe(Date.parse('2026-08-14T08:00:00+08:00'));
  });

  it('that passes several on is all of them', async () => {
    const other = passedOn.replace(base64(utf8Of(OWED)), base64(utf8Of(OWED.replace('1,234.56', '99.00'))));
    const mails = await parseMails(bytesOf(outer + boundary([note, passedOn, other])));
    expect(mails.map(told)).toEqual([WHOLE, WHOLE.replace('123456', '9900')]);
  });
});

describe('a soft line break', () => {
  it('with blanks behind it, which were added on the way, breaks no word', async () => {
    const words = utf8Of(OWED).map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
    const lines = Array.from({ length: Math.ceil(words.length / 20) }, (_, at) => words.slice(at * 20, at * 20 + 20));
    const body = lines.map((line) => line.join('')).join('= \t\r\n');
    const type = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
    expect(told(await parseMail(bytesOf(HEAD + type + body)))).toBe(WHOLE);
  });
});

describe('the moment a mail was sent', () => {
  const SENT = Date.parse('2026-08-14T08:00:00+08:00');
  it.each([
    ['Fri, 14 Aug 2026 08:00:00 +0800', SENT],
    ['Fri, 14 Aug 2026 00:00:00 GMT', SENT],
    ['Fri, 14 Aug 2026 08:00:00 +0800 (CST)', SENT],
    ['Fri, 14 Aug 2026 08:00:00 CST', SENT],
    ['Fri, 14 Aug 2026 08:00:00', SENT],
    ['2026-08-14 08:00:00', SENT],
    ['yesterday', null],
    ['', null],
  ])('is read the same on every machine: %s', async (date, expected) => {
    const mail = await parseMail(bytesOf(HEAD.replace(/Date:.*/, `Date: ${date}`) + part('text/html', utf8Of(OWED))));
    expect(mail.sentAt).toBe(expected);
  });
});

describe('what cannot be is unknown', () => {
  it.each([
    [
      'more to pay at least than at all',
      `${DAYS}<p>本期应还款额 100.00</p><p>最低还款额 500.00</p>`,
      '2026-09-01 ? 50000 unknown',
    ],
    [
      'the total of all cards is no card',
      `${DAYS}<table><tr><td>卡号</td><td>本期应还款额</td></tr><tr><td>**** 1234</td><td>100.00</td></tr><tr><td>**** 5678</td><td>200.00</td></tr><tr><td>合计</td><td>300.00</td></tr></table>`,
      '2026-09-01 10000 ? open; 2026-09-01 20000 ? open',
    ],
  ])('%s', (_, html, expected) => expect(told(mailOf(html))).toBe(expected));

  it('a statement day behind its due day', () => {
    for (const due of ['2026-08-13', '2026-09-01']) {
      const mail = mailOf(`<p>账单日 2026-09-01</p><p>到期还款日 ${due}</p><p>本期应还款额 100.00</p>`);
      const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
      expect(reading?.kind === 'bills' && reading.bills[0]).toMatchObject({ dueDay: due, statementDay: null });
    }
  });
});

describe('what nobody sees in a mail is no bill', () => {
  it.each([
    '<div style="display:none">本期应还款额 777.00 到期还款日 2026-08-01</div>',
    "<div style='color:#fff; visibility: hidden'><p>到期还款日 2026-08-01</p><p>本期应还款额 777.00</p></div>",
    '<p style="text-decoration:line-through">到期还款日 2026-08-01 本期应还款额 777.00</p>',
  ])('%s', (hidden) => expect(told(mailOf(hidden + OWED))).toBe(WHOLE));

  it('and a page of opening tags costs no more than its length', () => {
    expect(bodyOf(mailOf('<style'.repeat(500_000)))).not.toContain('本期');
  });
});

describe('a day is the one that the mail means', () => {
  it.each([
    [
      'of this bill, not of the next',
      `<p>账单日 2026年08月13日</p><p>下期到期还款日 2026年10月01日</p><p>本期应还款额 88.00</p>`,
      '? 8800 ? open',
    ],
    [
      'not the first one behind a list of labels',
      '<p>账单日</p><p>到期还款日</p><p>本期应还款额</p><p>2026/08/12</p><p>2026/09/01</p><p>￥50,000.00</p><p>￥4,400.00</p>',
      'unreadable',
    ],
  ])('%s', (_, html, expected) => expect(told(mailOf(html))).toBe(expected));

  it('the statement day is not that of another month', () => {
    for (const other of ['上期账单日 2026年07月13日', '上个月账单日 2026-07-13', '下期账单日 2026年08月14日']) {
      const mail = mailOf(`<p>尊敬的客户，${other}，本期到期还款日为2026年09月01日，</p><p>本期应还款额 88.00</p>`);
      const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
      expect(reading?.kind === 'bills' && reading.bills[0]).toMatchObject({ dueDay: '2026-09-01', statementDay: null });
    }
  });

  it.each([
    ['2025-12-21', '2026-01-09'],
    ['2026-12-21', '2027-01-09'],
  ])('years left out are reckoned from when it was sent: %s', (sent, due) => {
    const sentAt = Date.parse(`${sent}T08:00:00+08:00`);
    const mail = mailOf('<p>账单日 12月20日</p><p>到期还款日 1月9日</p><p>本期应还 88.00</p>', { sentAt });
    const reading = readStatement(mail, parsePage(bodyOf(mail)), sentAt)?.reading;
    expect(reading?.kind === 'bills' && reading.bills[0]?.dueDay).toBe(due);
  });

  it.each([
    ['<p>账单日 2025年12月20日</p><p>到期还款日 1月9日</p><p>本期应还 88.00</p>', '2026-01-09 8800 ? open'],
    [
      '<p>2025年12月账单</p><p>账单日 12月20日</p><p>到期还款日 1月9日</p><p>本期应还 88.00</p>',
      '2026-01-09 8800 ? open',
    ],
    ['<p>账单日 12月20日</p><p>到期还款日 1月9日</p><p>本期应还 88.00</p>', '2026-01-09 8800 ? open'],
    ['<p>账单日 8月13日</p><p>到期还款日 9月1日</p><p>本期应还 88.00</p>', '2026-09-01 8800 ? open'],
  ])('a saved page without a date was issued before now: %s', (html, expected) =>
    expect(told(mailOf(html, { sentAt: null }))).toBe(expected),
  );

  it.each(['1970-01-01', '2096-08-14', '+275000-01-01'])('a date that cannot be is none: %s', (sent) =>
    expect(told(mailOf(OWED, { sentAt: Date.parse(`${sent}T00:00:00Z`) }))).toBe(WHOLE),
  );
});

describe('nothing is settled without words or numbers that say so', () => {
  it.each([
    [
      'a dash for the due day, of a lender not known to mean anything by it',
      'ebill.qinghe.example',
      '<p>账单日 2026-08-13</p><p>到期还款日 -</p><p>本期应还款额 --</p>',
      '? ? ? unknown',
    ],
    [
      'the same of a saved page that names one',
      '',
      '<p>建设银行</p><p>账单日 2026-08-13</p><p>到期还款日 -</p><p>本期应还款额 --</p>',
      '? ? ? unknown',
    ],
    [
      'overpaid beside a minimum',
      'message.cib.com.cn',
      `${DAYS}<p>本期应还款额 -12.30</p><p>最低还款额 50.00</p>`,
      '2026-09-01 ? 5000 unknown',
    ],
    [
      'overpaid in a row beside a minimum',
      'message.cmbchina.com',
      '<p>2026/07/09-2026/08/08 ￥ 35,000.00 ￥ -1,927.79 ￥ 96.39 2026/08/26</p>',
      '2026-08-26 ? 9639 unknown',
    ],
    [
      'a lender that writes debt as negative, both positive',
      'abchina.com.cn',
      `${DAYS}<p>本期应还款额 1,399.80</p><p>最低还款额 70.00</p>`,
      '2026-09-01 ? ? unknown',
    ],
    [
      'the same by its note, the minimum negative',
      'abchina.com.cn',
      `${DAYS}<p>本期应还款额(欠款为-) 1,399.80</p><p>最低还款额(欠款为-) -70.00</p>`,
      '2026-09-01 ? 7000 unknown',
    ],
    [
      'a bank that the debt is paid from',
      '',
      `${DAYS}<p>自动还款账户 农业银行</p><p>本期应还款额 1,399.80</p>`,
      '2026-09-01 139980 ? open',
    ],
    [
      'a bank that the words name, and no host',
      '',
      `<p>农业银行</p>${DAYS}<p>本期应还款额 1,399.80</p>`,
      '2026-09-01 139980 ? open',
    ],
  ])('%s', (_, senderHost, html, expected) =>
    expect(told(mailOf(html, { senderHost, subject: '电子账单' }))).toBe(expected),
  );
});

describe('the lender is who wrote', () => {
  it.each([
    ['not a bank that the debt is paid from', `<p>青禾银行信用卡</p>${OWED}<p>自动还款账户：招商银行</p>`, '青禾银行'],
    ['not a later name, though that one is known', `<p>青禾银行信用卡</p>${OWED}<p>招商银行祝您愉快</p>`, '青禾银行'],
    ['not a way to it', `<p>请登录手机银行查看</p>${OWED}`, '账单邮件'],
    ['not an association', `<p>中国银行业协会提示</p>${OWED}`, '账单邮件'],
    ['a known one within a longer name', `<p>中国招商银行信用卡</p>${OWED}`, '招商银行'],
  ])('%s', (_, html, lender) => {
    const mail = mailOf(html, { senderHost: '', subject: '电子账单' });
    expect(readStatement(mail, parsePage(bodyOf(mail)), NOW)?.lender).toBe(lender);
  });
});

describe('an offer that names a day is no bill', () => {
  it.each([
    ['存款好礼', '<p>请于2026年09月30日前存入10,000.00元即可抽奖</p>'],
    ['还款有礼', '<p>请于2026年09月30日前还款满100元领取优惠券</p>'],
    ['通知', '<p>最晚2026年09月30日还款 优惠 10.00元</p>'],
    ['账单分期优惠', '<p>您本期账单金额 5,000.00元可办理分期，到期还款日2026年09月01日前办理，每期应还 430.00元</p>'],
    [
      '8月账单分期优惠',
      '<p>到期还款日 2026-09-01</p><table><tr><td>3期</td><td>每期应还</td><td>1,700.00</td></tr></table>',
    ],
  ])('%s', (subject, html) => expect(told(mailOf(html, { subject }))).toBe('none'));
});

describe('an instalment', () => {
  const remarksOf = (html: string) => readStatement(mailOf(html), parsePage(html), NOW)?.remarks;
  const ROW = '分期付款 第3期 本期应还 200.00';

  it.each([
    ['behind it', `${OWED}<p>${ROW}</p>`],
    ['before it', `<p>${ROW}</p>${OWED}`],
    [
      'before its due day',
      `<p>本期应还款额 1,234.56</p><p>最低还款额 61.73</p><p>${ROW}</p><p>到期还款日 2026-09-01</p>`,
    ],
    ['in one sentence with it', `<p>到期还款日 2026-09-01 本期应还款额 1,234.56 最低还款额 61.73 ${ROW}</p>`],
    ['in cells', `${OWED}<table><tr><td>账单分期</td><td>第3/12期</td><td>本期应还</td><td>¥200.00</td></tr></table>`],
    [
      'in a table that also tells what is left of it',
      `${OWED}<table><tr><th>分期项目</th><th>期数</th><th>本期应还</th><th>剩余未还</th></tr><tr><td>账单分期</td><td>3/12</td><td>200.00</td><td>1,800.00</td></tr></table>`,
    ],
    ['one of several', `${OWED}<p>${ROW}</p><p>其中分期：第5期/共12期 应还金额：90.00元</p>`],
  ])('of a card is part of the month: %s', (_, html) => {
    expect(told(mailOf(html))).toBe(WHOLE);
    expect(told(mailOf('', { html: null, text: html.replace(/<\/p>/g, '\n').replace(/<[^>]*>/g, ' ') }))).toBe(WHOLE);
    expect(remarksOf(html)).toEqual(['instalment-within']);
  });

  it.each([
    ['that is all there is', `${DAYS}<p>${ROW}</p>`, '2026-09-01 20000 ? open'],
    [
      'beside another, where no month is told',
      `${DAYS}<p>${ROW}</p><p>分期付款 第5期 本期应还 90.00</p>`,
      '2026-09-01 20000 ? open; 2026-09-01 9000 ? open',
    ],
    ['with another day', `${OWED}<p>${ROW} 还款日 2026-09-10</p>`, `${WHOLE}; 2026-09-10 20000 ? open`],
    [
      'that tells its day, be it the same',
      `${OWED}<p>${ROW} 还款日 2026-09-01</p>`,
      `${WHOLE}; 2026-09-01 20000 ? open`,
    ],
    ['of a loan', `${OWED}<p>贷款 第3期 本期应还 200.00</p>`, `${WHOLE}; 2026-09-01 20000 ? open`],
    [
      'of a loan that is called so',
      `${OWED}<p>个人贷款分期 第3期 本期应还 200.00</p>`,
      `${WHOLE}; 2026-09-01 20000 ? open`,
    ],
    [
      'beside a month that is less',
      `${DAYS}<p>本期应还款额 99.00</p><p>${ROW}</p>`,
      '2026-09-01 9900 ? open; 2026-09-01 20000 ? open',
    ],
    [
      'of the amount of another bill',
      `${OWED}<p>贷款本期应还 200.00</p><p>${ROW}</p>`,
      `${WHOLE}; 2026-09-01 20000 ? open`,
    ],
    ['of a shop whose name says so', `${OWED}<p>分期乐 第3期 本期应还 200.00</p>`, `${WHOLE}; 2026-09-01 20000 ? open`],
  ])('stays a bill: one %s', (_, html, expected) => {
    expect(told(mailOf(html))).toBe(expected);
    expect(remarksOf(html)).toEqual([]);
  });
});

it('an instalment is not the amount of a month that is hidden', () => {
  const hidden = `${DAYS}<p>本期应还款额 ****</p>`;
  const rows = '<p>分期付款 第3期 本期应还 200.00</p><p>分期付款 第5期 本期应还 90.00</p>';
  for (const html of [hidden + rows, rows + hidden]) expect(told(mailOf(html))).toBe('2026-09-01 ? ? unknown');
});

describe('a statement is not passed over in silence', () => {
  it.each([
    ['its numbers are a picture', '您的8月信用卡账单', '<img src="cid:1">', 'unreadable'],
    ['it begins with the name of another service', '青禾银行电子账单', `<p>交易提醒 | 我的账单</p>${OWED}`, WHOLE],
    [
      'its subject advertises too',
      '8月电子账单（可分期）',
      `${DAYS}<p>本期应还款额 ****</p>`,
      '2026-09-01 ? ? unknown',
    ],
  ])('%s', (_, subject, html, expected) => expect(told(mailOf(html, { subject }))).toBe(expected));

  it.each(['本期应还款额 99.00 美元', '本期应还款额 99.00USD', '本期应还款额：99.00 USD', '本期应还款额 US$99.00'])(
    'and one in another currency is no yuan: %s',
    (foreign) => {
      expect(told(mailOf(`${DAYS}<p>${foreign}</p>`))).toBe('2026-09-01 ? ? unknown');
      expect(told(mailOf(`${OWED}<p>${foreign}</p>`))).toBe(WHOLE);
    },
  );

  it('and a debt in another currency is said, whichever side its name stands on', () => {
    for (const foreign of [
      '美元应还款额 12.30',
      'USD 12.30',
      '港币账户本期应还金额：1,200.00',
      '$99.00',
      '英镑 9.00',
    ]) {
      const mail = mailOf(`${OWED}<p>${foreign}</p>`);
      expect(readStatement(mail, parsePage(bodyOf(mail)), NOW)?.remarks, foreign).toEqual(['foreign-amount']);
    }
    for (const none of ['美元应还款额 0.00', '人民币 12.30 USD 0.00']) {
      const mail = mailOf(`${OWED}<p>${none}</p>`);
      expect(readStatement(mail, parsePage(bodyOf(mail)), NOW)?.remarks, none).toEqual([]);
    }
  });
});

describe('a mail of megabytes costs bounded time, and says that it is too large', { timeout: 60_000 }, () => {
  const whyOf = (html: string): string | null => {
    const mail = mailOf(html);
    const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
    return reading?.kind === 'unreadable' ? reading.why : null;
  };

  it.each([
    ['words', Array.from({ length: 2600 }, (_, at) => `<p>${at}${'本期本月'.repeat(470)}</p>`).join('')],
    ['labels', `<div>${'<p>应还</p>'.repeat(100)}</div>`.repeat(1250)],
    ['boxes in boxes', `<p>美元账户</p>${'<div>'.repeat(20_000)}99.00${'</div>'.repeat(20_000)}`],
  ])('%s', (_, html) => expect(whyOf(OWED + html)).toBe('page-too-large'));

  it('one run of stars, of a lender whose rows begin with some', () => {
    const mail = mailOf(`${OWED}<p>${'*'.repeat(590_000)}</p>`, { senderHost: 'cebbank.com' });
    expect(readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading.kind).toBe('bills');
  });

  it.each(['1', '1,', '1.', '0'])('one number without an end: %s', (sign) => {
    const mail = mailOf(`${OWED}<p>${sign.repeat(500_000 / sign.length)}</p>`);
    expect(readStatement(mail, parsePage(bodyOf(mail)), NOW)?.remarks).toEqual([]);
  });

  it('and a long statement is read', () => {
    const cell = (text: string): string => `<td><table><tr><td><font><b>${text}</b></font></td></tr></table></td>`;
    const row = (at: number): string => ['08/01', '08/02', `青禾商店${at}`, `${at}.00`, '0000'].map(cell).join('');
    const rows = Array.from({ length: 500 }, (_, at) => `<tr>${row(at)}</tr>`).join('');
    const html = `${OWED}<table><tr><td>交易日</td><td>记账日</td><td>交易摘要</td><td>金额</td><td>卡号末四位</td></tr>${rows}</table>`;
    expect(told(mailOf(html))).toBe(WHOLE);
  });
});

describe('a card row whose amounts are hidden is a bill', () => {
  const row = (card: string, ...amounts: string[]): string =>
    `<tr>${[card, 'CNY', ...amounts].map((text) => `<td>${text}</td>`).join('')}</tr>`;
  const open = row('6229-19**-****-0000', '120.00', '120.00', '300.50', '300.50', '30.05');

  it.each(['****', '**.**', '¥****', '--'])('beside a row that can be read: %s', (hidden) => {
    const other = row('6226-88**-****-1111', ...Array.from({ length: 5 }, () => hidden));
    expect(told(mailOf(`${DAYS}<table>${open}${other}</table>`, { senderHost: 'citiccard.com' }))).toBe(
      '2026-09-01 30050 3005 open; 2026-09-01 ? ? unknown',
    );
  });
});

describe('two cards of one lender and one day, each in a mail of its own', () => {
  const billsOf = (mail: Mail): readonly ReadBill[] => {
    const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
    return reading?.kind === 'bills' ? reading.bills : [];
  };
  const keysOf = (html: string, fields: Partial<Mail> = {}): string =>
    billsOf(mailOf(html, fields))
      .map(({ key }) => key)
      .join();
  /** How many bills are stored of these mails, brought one after the other. */
  const stored = (...mails: readonly Mail[]): number => {
    const bills = mails
      .flatMap(billsOf)
      .map((bill) => ({ ...bill, siteId: 'statement' as const, account: 'qinghe', source: 'file' as const }));
    return new Set(planImport(bills, [], NOW).map(({ bill }) => bill.id)).size;
  };
  const of = (words: string, html = OWED): string => `<p>${words}</p>${html}`;

  it.each([
    ['the end of its number', of('您尾号为1234的信用卡'), of('您尾号为5678的信用卡')],
    ['its masked number', of('卡号 6229-19**-****-1234'), of('卡号 6229-19**-****-5678')],
    ['before the card it is paid from', of('尾号1234，自动还款借记卡尾号9999'), of('尾号5678，自动还款借记卡尾号9999')],
    [
      'before what was bought with others',
      of('尾号1234', `${OWED}<p>尾号9999 商店</p>`),
      of('尾号5678', `${OWED}<p>尾号9999 商店</p>`),
    ],
  ])('are two bills where the mail tells %s', (_, one, other) => {
    expect(stored(mailOf(one), mailOf(other))).toBe(2);
    expect(stored(mailOf(one), mailOf(other), mailOf(one))).toBe(2);
    const hidden = (html: string): Mail => mailOf(html.replace(/<p>本期应还.*61.73<\/p>/, '<p>本期应还款额 ****</p>'));
    expect(stored(hidden(one), hidden(other))).toBe(2);
    expect(keysOf(one) + keysOf(other)).not.toMatch(/1234|5678|9999/);
  });

  it('are told apart by their titles, and keep these', () => {
    const mails = ['1234', '5678'].map((tail) => mailOf(of(`您尾号为${tail}的信用卡`)));
    const given = mails
      .flatMap(billsOf)
      .map((bill) => ({ ...bill, siteId: 'statement' as const, account: 'qinghe', source: 'file' as const }));
    const stored = planImport(given, [], NOW).map(({ bill }) => bill);
    expect(stored.map(({ title }) => title)).toEqual(['青禾银行8月账单', '青禾银行8月账单（2）']);
    expect(planImport([...given].reverse(), stored, NOW + 1).map(({ change }) => change)).toEqual(['same', 'same']);
  });

  it('are two bills where the subject tells their names', () => {
    const subjects = ['青禾银行白金卡电子账单', '青禾银行标准卡电子账单'];
    expect(stored(...subjects.map((subject) => mailOf(OWED, { subject })))).toBe(2);
  });

  it('have keys that stay the same, whatever else the mail says', () => {
    const key = keysOf(of('尾号1234'));
    expect(keysOf(of('更正：尾号1234', OWED.replace('1,234.56', '1,334.56')))).toBe(key);
    expect(keysOf(of('尾号1234', OWED.replaceAll('2026年09', '2026年10')))).toBe(key.replace('2026-09', '2026-10'));
    expect(keysOf(OWED)).toBe('statement:青禾银行:2026-09-01');
  });

  it('a telephone number is no card', () => {
    expect(keysOf(of('手机 138****5678'))).toBe(keysOf(OWED));
  });
});

describe('a statement within another mail', () => {
  const LABELS = ['账单日', '到期还款日', '本期应还款额'];
  const HEAD_OF_OLD = ['-----原始邮件-----', '发件人: 青禾银行', '发送时间: 2026年7月14日', '主题: 电子账单'];
  const NEW = ['2026年08月13日', '2026年09月01日', '1,234.56元'];
  const lines = (values: readonly string[]): string[] => LABELS.map((label, at) => `${label} ${values[at]}`);
  const html = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('');
  const quoted = (texts: readonly string[]): string[] => texts.map((text) => `> ${text}`);
  const textMail = (...texts: readonly string[]): Mail => mailOf('', { html: null, text: texts.join('\n') });

  it.each([
    ['quoted', mailOf(`<p>转给自己</p>${html(HEAD_OF_OLD)}<blockquote>${html(lines(NEW))}</blockquote>`)],
    ['below its head', mailOf(html([...HEAD_OF_OLD, ...lines(NEW)]))],
    ['quoted in plain text', textMail('转给自己', ...HEAD_OF_OLD, ...quoted(lines(NEW)))],
    ['quoted below itself', mailOf(`${html(lines(NEW))}<blockquote>${html(lines(NEW))}</blockquote>`)],
  ])('is read where it was passed on: %s', (_, mail) => expect(told(mail)).toBe('2026-09-01 123456 ? open'));

  it.each([
    ['past', '2026年08月01日', '2026-08-01'],
    ['still to come', '2026年08月20日', '2026-08-20'],
  ])('is a bill of its own below a newer one, its day %s, and lends it nothing', (_, written, due) => {
    const old = lines(['2026年07月13日', written, '99.00元']);
    const both = `2026-09-01 123456 ? open; ${due} 9900 ? open`;
    const mails = [
      mailOf(`${html([...lines(NEW), ...HEAD_OF_OLD])}<blockquote>${html(old)}</blockquote>`),
      textMail(...lines(NEW), ...HEAD_OF_OLD, ...quoted(old)),
    ];
    for (const mail of mails) {
      expect(told(mail)).toBe(both);
      const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
      const days = reading?.kind === 'bills' ? reading.bills.map(({ statementDay }) => statementDay) : [];
      expect(days).toEqual(['2026-08-13', '2026-07-13']);
    }
    expect(
      told(
        mailOf(
          `${html([...lines(NEW).slice(0, 2), '本期应还款额 ****', ...HEAD_OF_OLD])}<blockquote>${html(old)}</blockquote>`,
        ),
      ),
    ).toBe(`2026-09-01 ? ? unknown; ${due} 9900 ? open`);
  });

  it('that does not tell its statement day gets none that lies behind its due day', () => {
    const mail = mailOf(html([...lines(NEW), ...lines(['', '2026年08月01日', '99.00元']).slice(1)]));
    const reading = readStatement(mail, parsePage(bodyOf(mail)), NOW)?.reading;
    expect(reading?.kind === 'bills' && reading.bills.map(({ statementDay }) => statementDay)).toEqual([
      '2026-08-13',
      null,
    ]);
  });
});
