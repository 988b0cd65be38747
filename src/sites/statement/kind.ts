/** What a mail is: a statement, a notice of daily business, an advertisement. */

/** Notices of daily business, which name days and amounts as a statement does. */
const DAILY =
  /每日信用管家|每日账单|(?<!\d)日账单提醒|交易提醒|消费提醒|动账(?:通知|提醒)|(?<![未没]|没有)还款成功|入账通知|验证码|图书馆|借阅/;
const STATEMENT = /(?:电子|对|月)账单(?!.?分期)/;
const ADVERT = /分期|优惠|活动|好礼|有礼|抽奖|福利|广告|年度账单/;
const OWED = /账 ?单|对账|应还|欠款|待还|还款[日提]|逾期/;

export function isDaily(subject: string, text: string): boolean {
  return DAILY.test(subject) || (DAILY.test(text.slice(0, 120)) && !isStatementSubject(subject));
}

export function isStatementSubject(subject: string): boolean {
  return STATEMENT.test(subject) || (/账单|对账/.test(subject) && !ADVERT.test(subject));
}

/** A day alone makes no bill: an offer has one too. */
export function speaksOfDebt(subject: string, text: string): boolean {
  return !ADVERT.test(subject) && OWED.test(`${subject} ${text}`);
}
