/** Words and layouts of real mails that lead a reader astray. All names and numbers are invented. */
import { describe, expect, it } from 'vitest';
import { parseMails } from '../../../src/sites/statement/mail.ts';
import { DAYS, OWED, p, table, told, WHOLE } from './told.ts';

describe('another currency, named once for a column, a row or paragraphs, is no yuan', () => {
  const USD = ['本期应还款额 99.00', '最低还款额 9.90'];
  const RMB = ['本期应还款额 1,234.56', '最低还款额 61.73'];
  it.each([
    ['paragraphs before', p('美元账户', ...USD, '人民币账户', ...RMB)],
    ['paragraphs behind', p('人民币账户', ...RMB, '美元账户 USD', ...USD)],
    ['a section', `<div><h3>美元账户</h3>${p(...USD)}</div><div><h3>人民币账户</h3>${p(...RMB)}</div>`],
    ['a heading in a box', `${p(...RMB)}<div><b>外币账户(美元)</b></div>${table(['本期应还款额', '99.00'])}`],
    [
      'rows',
      table(['币种', '本期应还款额', '最低还款额'], ['美元账户', '99.00', '9.90'], ['人民币账户', '1,234.56', '61.73']),
    ],
    [
      'rows that begin with it',
      table(
        ['人民币', '本期应还款额', '1,234.56'],
        ['人民币', '最低还款额', '61.73'],
        ['美元', '本期应还款额', '99.00'],
        ['美元', '最低还款额', '9.90'],
      ),
    ],
    [
      'rows that end with it',
      table(
        ['本期应还款额', '1,234.56', '人民币'],
        ['最低还款额', '61.73', '人民币'],
        ['本期应还款额', '99.00', '美元'],
      ),
    ],
    ['columns', table(['', '美元', '人民币'], ['本期应还款额', '99.00', '1,234.56'], ['最低还款额', '9.90', '61.73'])],
    [
      'columns that are two wide',
      '<table><tr><td rowspan="2">项目</td><td colspan="2">人民币</td><td colspan="2">美元</td></tr><tr><td>应还款额</td><td>最低还款额</td><td>应还款额</td><td>最低还款额</td></tr><tr><td>本期</td><td>1,234.56</td><td>61.73</td><td>99.00</td><td>9.90</td></tr></table>',
    ],
    [
      'columns under a head of their own',
      '<table><thead><tr><th>项目</th><th>美元</th><th>人民币</th></tr></thead><tbody><tr><td>本期应还款额</td><td>99.00</td><td>1,234.56</td></tr><tr><td>最低还款额</td><td>9.90</td><td>61.73</td></tr></tbody></table>',
    ],
    [
      'columns beside a cell that is two high',
      '<table><tr><td>项目</td><td>美元</td><td>人民币</td></tr><tr><td rowspan="2">本期应还款额</td><td>99.00</td><td>1,234.56</td></tr><tr><td>8.00</td><td></td></tr><tr><td>最低还款额</td><td>9.90</td><td>61.73</td></tr></table>',
    ],
    ['what was bought', `${p(...RMB)}${table(['摘要', '币种', '金额'], ['书店', '美元', '12.00'])}`],
    ['an amount in pieces', p('美元账户', '本期应还款额 <b>99</b>.00', '人民币账户', ...RMB) + p('USD 99.00')],
    ['lines of one box', `<div>人民币账户<br>${RMB.join('<br>')}<br>美元账户<br>${USD.join('<br>')}</div>`],
    ['two paragraphs of lines', `<p>美元账户<br>${USD.join('<br>')}</p><p>人民币账户<br>${RMB.join('<br>')}</p>`],
    ['two cells of lines', table([`人民币账户<br>${RMB.join('<br>')}`, `美元账户<br>${USD.join('<br>')}`])],
    ['a whole number', p('美元账户', '本期应还款额 99', '人民币账户', ...RMB) + p('USD 99.00')],
    ['with the day of both', `${p('美元账户', '到期还款日 2026-09-01', ...USD, '人民币账户', ...RMB)}`],
    ['yen without decimals', `${table(['币种', '本期应还款额'], ['日元', '12,345'])}${p(...RMB)}`],
  ])('%s', (_, html) => expect(told(DAYS + html)).toBe(`${WHOLE}; foreign-amount`));

  it.each([
    ['cell', table(['币种<br>美元', '本期应还<br>99.00', '最低还款额<br>9.90'])],
    ['cell, beside yuan', table(['币种<br>美元<br>人民币', '本期应还<br>99.00<br>1,234.56'])],
    ['box', `<div>您的账单<br>美元账户</div>${p(...USD)}`],
  ])('a line that names the amounts of the next %s', (_, html) =>
    expect(told(DAYS + html)).toBe('2026-09-01 ? ? unknown; foreign-amount'),
  );

  it('lines in the heads of columns', () => {
    const html = table(['本期应还<br>人民币', '本期应还<br>美元'], ['1,234.56', '99.00']);
    expect(told(DAYS + html)).not.toContain(' 9900 ');
  });

  it('lines of plain text', () => {
    const due = '到期还款日 2026-09-01';
    for (const lines of [
      [due, '美元账户', ...USD, '人民币账户', ...RMB],
      [due, `人民币账户 ${RMB.join(' ')}`, `美元账户 ${USD.join(' ')}`],
    ])
      expect(told(null, { text: lines.join('\n') })).toBe(`${WHOLE}; foreign-amount`);
  });

  it('and of a debt whose currency nobody can tell, the amount is unknown and the bill stays', () => {
    expect(told(`${DAYS}${p('外币账户', ...USD, ...RMB)}`)).toBe('2026-09-01 ? ? unknown; foreign-amount');
  });

  it('but a list of currencies, a rate and a zero are no debt', () => {
    const list = '<ul><li>人民币</li><li>美元</li></ul>';
    const zero = p('美元账户', '本期应还款额 0.00', '人民币账户');
    expect(told(`${list}${DAYS}${zero}${p('汇率：1美元=7.10人民币')}${OWED}`)).toBe(WHOLE);
  });

  it('and more names than any statement has are not gone through', () => {
    expect(told(DAYS + OWED + p('美元').repeat(600))).toBe('unreadable');
  });
});

describe('an offer, an example and a rule are no bill', () => {
  it.each([
    '请于2026年12月31日前还款满100元领取优惠券',
    '请于2026年09月30日前存入10,000.00元即可抽奖',
    '优惠券领取后请于2026年10月15日前还款使用',
    '例：账单日8月13日，到期还款日9月10日，应还款额1,000.00元，逾期一天罚息0.50元',
    '例如：您本期应还款额1,000.00元，最低还款额100.00元。',
    '您的信用卡将于2026年12月31日到期，请及时换卡',
    '您的积分将于2026年12月31日到期',
    '您的年费将于2026年12月31日扣款',
    '容差服务：应还款金额10元(含)以下视同全额还款',
    '容差服务：应还款金额 10.00 元以内视同全额还款',
  ])('%s', (words) => {
    expect(told(DAYS + OWED + p(words))).toBe(WHOLE);
    expect(told(`${p('账单日 2026-08-13')}${OWED}${p(words)}`), 'nor a day of the bill').toBe('? 123456 6173 open');
    expect(told(p(words), { subject: '用卡小知识' })).toBe('none');
  });
});

it.each(['最低还款比例：5%', '按惯例：', '依据条例：'])('a word that ends as an example begins is none: %s', (words) =>
  expect(told(`${DAYS}${p(`${words} 本期应还款额 1,234.56`)}`)).toBe('2026-09-01 123456 ? open'),
);

it.each(['(56.00)', '(¥1,056.00)'])('accounts write a negative amount as %s', (written) =>
  expect(told(DAYS + table(['本期应还款额', '最低还款额'], [written, '5.00']))).toMatch(/^2026-09-01 \? /),
);

describe('a number is read whole or not at all', () => {
  it.each([
    ['1,234.56，最低还款额 61.73', WHOLE],
    ['￥1,234.56，最低还款额：￥61.73，请按时还款', WHOLE],
    ['1,234.56,最低还款额 61.73', WHOLE],
    ['1，234.56，最低还款额 61.73', WHOLE],
    ['1,234.56,789', '2026-09-01 ? ? unknown'],
    ["1'234.56", '2026-09-01 ? ? unknown'],
    ['1、234.56', '2026-09-01 ? ? unknown'],
    ['1,234·56', '2026-09-01 ? ? unknown'],
    ['(万元) 1.23', '2026-09-01 ? ? unknown'],
    ['（单位：千元） 1.23', '2026-09-01 ? ? unknown'],
    ['–56.00', '2026-09-01 ? ? unknown; sign-unclear'],
    ['﹣56.00', '2026-09-01 ? ? unknown; sign-unclear'],
    ['56.00 CR', '2026-09-01 ? ? unknown'],
    ['（元） 1,234.56', '2026-09-01 123456 ? open'],
    ['– 1,234.56', '2026-09-01 123456 ? open'],
  ])('%s', (written, expected) => expect(told(`${DAYS}${p(`本期应还款额 ${written}`)}`)).toBe(expected));

  it('what is left of a whole loan is not what the month asks for', () => {
    expect(told(`${DAYS}${p('本期应还 1,234.56', '剩余待还 4,000.00')}`)).toBe('2026-09-01 123456 ? open');
  });

  it('a word of payment beside an amount that is hidden settles nothing', () => {
    const hidden = `${DAYS}${table(['分期', '状态'], ['手机分期', '已结清'])}${p('本期应还款额 ****')}`;
    expect(told(hidden)).toBe('2026-09-01 ? ? unknown');
    expect(told(DAYS + p('您本期无需还款'))).toBe('2026-09-01 ? ? settled');
  });
});

describe('a mail that was passed on months later is reckoned from when it was first sent', () => {
  const passedOn = { subject: 'Fwd: 青禾银行账单', now: Date.parse('2027-03-10T10:00:00+08:00') };
  it.each([
    '发送时间: 2026年8月14日',
    'Sent: Friday, August 14, 2026 8:00 AM',
    'Date: Fri, 14 Aug 2026 08:00:00 +0800',
  ])('%s', (head) => expect(told(p('From: 青禾银行', head, '到期还款日 9月1日') + OWED, passedOn)).toBe(WHOLE));
});

describe('a reminder is a bill', () => {
  it.each([
    ['微粒贷还款提醒', '您的微粒贷将于2026年09月01日自动扣款1,234.56元', '2026-09-01 ? ? unknown'],
    ['借款到期提醒', '您的借款将于2026-09-01到期，待还金额 1,234.56元', '2026-09-01 123456 ? open'],
    ['还款提醒', '您的还款日为2026年09月01日，请及时还款', '2026-09-01 ? ? unknown'],
    ['未还款成功通知', '本期应还款额 1,234.56 到期还款日 2026-09-01', '2026-09-01 123456 ? open'],
    ['还款成功通知', '还款金额 1,234.56 到期还款日 2026-09-01', 'none'],
  ])('%s', (subject, words, expected) => expect(told(p(words), { subject })).toBe(expected));
});

describe('what nobody sees is not read, what somebody sees is', () => {
  const preview = p('到期还款日 2026-08-01', '本期应还款额 777.00');
  it.each(['max-height:0; overflow:hidden', 'opacity: 0', 'opacity:0.0;'])('%s', (style) =>
    expect(told(`<div style="${style}">${preview}</div>${DAYS}${OWED}`)).toBe(WHOLE),
  );
  it.each(['opacity: 0.9', 'max-height:0.5em', 'opacity:01'])('%s', (style) =>
    expect(told(`<div style="${style}">${DAYS}${OWED}</div>`)).toBe(WHOLE),
  );

  it('the plain text counts where the HTML only says that there is a bill', () => {
    const text = '到期还款日 2026-09-01\n本期应还款额 1,234.56\n最低还款额 61.73';
    expect(told('<a href="#">查看电子账单</a><img src="cid:1">', { text })).toBe(WHOLE);
  });

  it('a mail attached as a file is read, whatever kind its sender took it for', async () => {
    const inner = `Subject: bill\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${DAYS}${OWED}`;
    const outer = `Subject: Fwd\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--cut\r\nContent-Type: application/octet-stream; name="a.EML"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="a.EML"\r\n\r\n${Buffer.from(inner).toString('base64')}\r\n--cut--\r\n`;
    const [mail] = await parseMails(new TextEncoder().encode(outer));
    expect(mail?.html).toContain('1,234.56');
  });
});
