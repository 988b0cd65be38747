import { describe, expect, it } from 'vitest';
import type { Bill } from '../../src/core/bill.ts';
import { MINUTE_MS } from '../../src/core/day.ts';
import type { Fen } from '../../src/core/money.ts';
import { merge, type Notice } from '../../src/core/reminder/notice.ts';
import { KINDS, type Kind } from '../../src/core/reminder/reminder.ts';
import type { MessageKey } from '../../src/i18n/message-keys.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { SITES } from '../../src/sites/index.ts';
import { at, day, bill as madeUp } from '../core/made-up.ts';
import { messagesOf, sayFrom } from './say-from.ts';

const zh = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const en = wordsIn(sayFrom('en'), 'en', 'Asia/Shanghai');
/** Of the one lender whose daily rates are known in public. */
const bill = (part: Partial<Bill> = {}): Bill => madeUp({ siteId: 'jd-baitiao', ...part });
const NOW = at('2026-09-14 10:00');

function noticeOf(bills: readonly Bill[], kind: Kind = 'due-today', lateMs = 0): Notice {
  const due = bills.map((each, i) => ({
    id: `${each.id}|${kind}|x|${i}`,
    billId: each.id,
    kind,
    day: each.dueDay ?? day('2026-09-14'),
    at: NOW - lateMs,
  }));
  const notice = merge(due, new Map(bills.map((each) => [each.id, each])), NOW, 'asleep');
  if (!notice) throw new Error('nothing was due');
  return notice;
}
const told = (bills: readonly Bill[], kind?: Kind, lateMs?: number) => zh.notice(noticeOf(bills, kind, lateMs));

describe('a notice in Chinese', () => {
  it('due today', () => {
    expect(told([bill()])).toEqual({
      title: '九月账单：今天到期',
      message:
        '剩余应还 ¥386.20 · 最低还款 ¥40.00\n最后还款日 9月14日（周一） · 点开去还款\n逾期一天约多付 ¥0.19–¥0.39（以合同为准），还可能影响征信。',
    });
  });

  it.each([
    ['2026-09-21', 'before', '九月账单：还有 7 天到期'],
    ['2026-09-15', 'before', '九月账单：明天到期'],
    ['2026-09-14', 'due-today', '九月账单：今天到期'],
    ['2026-09-12', 'overdue', '九月账单：已过还款日 2 天'],
  ] as const)('due on %s', (due, kind, title) => {
    expect(told([bill({ dueDay: day(due) })], kind).title).toBe(title);
  });

  it('an unknown amount is called unknown, never zero', () => {
    const { message } = told([bill({ remainingFen: null, minimumFen: null })]);
    expect(message).toContain('金额未知');
    expect(message).not.toMatch(/¥0|0\.00/);
  });

  it.each(['file', 'hand'] as const)('a bill by %s is told without a page', (source) => {
    const stale = bill({ source, readAt: at('2026-09-01 10:00') });
    const paid = { paidAt: at('2026-09-01 09:00') };
    const notices = [
      told([stale], 'stale-reading'),
      told([{ ...stale, dueDay: null }], 'stale-reading'),
      told([{ ...stale, owner: paid }], 'overdue'),
      told([stale]),
    ];
    const said = JSON.stringify(notices);
    expect(said).not.toMatch(/页|读取|未读到|点开去还款/);
    expect(said).toContain('13 天前填写或导入');
    expect(said).toContain('补上还款日');
    const english = JSON.stringify(
      [stale, { ...stale, dueDay: null }].map((each) => en.notice(noticeOf([each], 'stale-reading'))),
    );
    expect(english).not.toMatch(/page|\bread\b/);
  });

  it('an unknown day asks to find it', () => {
    const { title, message } = told([bill({ dueDay: null })], 'stale-reading');
    expect(title).toBe('九月账单：还款日未知');
    expect(message).toContain('¥386.20');
    expect(message).toContain('打开账单页');
  });

  it('a late fee that the page states stands in place of the range', () => {
    const { message } = told([bill({ overdueFeeFen: 120 as Fen })]);
    expect(message).toContain('违约金 ¥1.20');
    expect(message).not.toContain('0.19');
  });

  it('no range is told of a lender whose rates are not known', () => {
    expect(told([madeUp()]).message).not.toContain('0.19');
  });

  it('an estimated day says so', () => {
    expect(told([bill({ dueDayIs: 'estimated' })]).message).toContain('预计');
  });

  it('a late one admits by how much, and why', () => {
    expect(told([bill()], 'due-today', 150 * MINUTE_MS).message).toMatch(/这条提醒晚了 2 小时（电脑休眠/);
    expect(told([bill()], 'due-today', 5 * MINUTE_MS).message).toContain('5 分钟');
    expect(told([bill()], 'due-today', 3 * 24 * 60 * MINUTE_MS).message).toContain('3 天');
    expect(told([bill()]).message).not.toContain('晚了');
  });

  it.each(['expected', 'sign-in', 'self-test'] as const)(
    'what is no bill that was read has words of its own: %s',
    (asks) => {
      const { title, message } = told(
        [bill({ asks, dueDay: asks === 'expected' ? day('2026-10-14') : null, remainingFen: null })],
        'stale-reading',
      );
      expect(title.length).toBeGreaterThan(3);
      expect(message.length).toBeGreaterThan(5);
      expect(message).not.toContain('金额未知');
      if (asks === 'expected') expect(title).toContain('10月14日');
    },
  );
});

describe('several bills in one notice', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      bill({
        key: `k${i}`,
        title: `账单${i}`,
        remainingFen: (1000 + i) as Fen,
        dueDay: day(i ? '2026-09-15' : '2026-09-14'),
      }),
    );

  it('up to three stand there with amount and day', () => {
    const { title, message } = told(many(3));
    expect(title).toBe('3 笔账单待还，最急的今天到期');
    expect(message.split('\n')).toEqual([
      '账单0 · ¥10.00 · 9月14日（周一）',
      '账单1 · ¥10.01 · 9月15日（周二）',
      '账单2 · ¥10.02 · 9月15日（周二）',
    ]);
  });

  it.each([4, 5, 200])('of %i none is lost: those that do not fit are counted', (count) => {
    const { title, message } = told(many(count));
    const lines = message.split('\n');
    const counted = Number(/另有 (\d+) 笔/.exec(message)?.[1]);
    expect(title).toContain(`${count} 笔`);
    expect(lines.filter((line) => line.startsWith('账单')).length + counted).toBe(count);
    expect(lines.length).toBeLessThanOrEqual(3);
  });
});

describe('a title from a page', () => {
  it.each([
    ['<img src=x onerror=alert(1)>'],
    ['账单 $1 $2 $$'],
    ['🙂👨‍👩‍👧'],
    ['&lt;b&gt;'],
    ['a\\n"b'],
    ['长'.repeat(500)],
  ])('is text and nothing else: %s', (title) => {
    expect(told([bill({ title })]).title).toBe(`${title}：今天到期`);
    expect(told([bill({ title }), bill({ key: 'k2' })]).message).toContain(title);
  });
});

describe('every kind and every language', () => {
  it.each(KINDS)('%s has a name', (kind) => {
    expect(zh.kind(kind)).not.toBe('');
    expect(en.kind(kind)).not.toBe('');
  });

  it.each(['notifications-off', 'desktop-refused', 'desktop-timeout'])(
    'the failure %s has words; an unknown one shows its code',
    (code) => {
      expect(zh.failure(code)).not.toBe(code);
      expect(en.failure(code)).not.toBe(code);
      expect(zh.failure('made-up')).toBe('made-up');
    },
  );

  it('English says the same facts', () => {
    const { title, message } = en.notice(noticeOf([bill()]));
    for (const fact of ['九月账单', '386.20', '40.00', 'Mon, Sep 14', '0.19', '0.39'])
      expect(`${title}\n${message}`).toContain(fact);
  });

  it('no notice holds an empty place where a fact belongs', () => {
    for (const words of [zh, en]) {
      for (const kind of KINDS) {
        const { title, message } = words.notice(
          noticeOf([bill(), bill({ key: 'k2', dueDay: null, remainingFen: null })], kind, 60 * MINUTE_MS),
        );
        expect(`${title}\n${message}`).not.toMatch(/undefined|null|NaN|\$\d/);
      }
    }
  });
});

describe('a day', () => {
  it('is read in one way only, wherever English is spoken', () => {
    const british = wordsIn(sayFrom('en'), 'en-GB', 'Asia/Shanghai');
    const due = day('2026-12-03');
    expect([zh.day(due), en.day(due), british.day(due)]).toEqual(['12月3日（周四）', 'Thu, Dec 3', 'Thu, Dec 3']);
    const moment = at('2026-12-03 09:05');
    expect([zh, en, british].map((words) => words.moment(moment))).toEqual([
      '12/3 09:05',
      'Dec 3, 09:05',
      '3 Dec, 09:05',
    ]);
    expect([zh, en, british].map((words) => words.shortAgo(moment, at('2026-12-05 10:00')))).toEqual([
      '12/3',
      'Dec 3',
      '3 Dec',
    ]);
  });

  it('is told in the language of the words where the browser speaks another', () => {
    const words = wordsIn(sayFrom('zh_CN'), 'de-DE', 'Asia/Shanghai');
    expect([words.language, words.moment(at('2026-12-03 09:05'))]).toEqual(['zh-CN', '12/3 09:05']);
    expect([zh, en].map(({ language }) => language)).toEqual(['zh-CN', 'en']);
  });

  it('of another year says which', () => {
    const [due, today] = [day('2027-01-03'), day('2026-12-01')];
    expect([zh.day(due, today), en.day(due, today)]).toEqual(['2027年1月3日（周日）', 'Sun, Jan 3, 2027']);
    expect(zh.day(today, today)).toBe('12月1日（周二）');
    expect([zh.fullDay(today), en.fullDay(today)]).toEqual(['2026年12月1日（周二）', 'Tue, Dec 1, 2026']);
    expect(zh.day(null, today)).toBe(zh.fullDay(null));
  });

  it('and its moments are told on one clock', () => {
    expect(en.fullMoment(at('2026-12-03 21:05'))).toBe('Dec 3, 2026, 21:05:00');
  });
});

it('a title that turns the text round ends with itself, and amount and day after it stand as they are', () => {
  const title = '\u202e九月账单';
  expect(told([bill({ title })]).title).toBe(`\u2068${title}\u2069：今天到期`);
  expect(told([bill({ title }), bill({ key: 'b', id: 's/a/b' })]).message.split('\n')[0]).toBe(
    `\u2068${title}\u2069 · ¥386.20 · 9月14日（周一）`,
  );
});

describe('a site', () => {
  it.each(SITES.map(({ id, title }) => [id, title]))('%s has a name of its own in both languages', (id, title) => {
    expect(zh.site(id, title)).toBe(title);
    expect(en.site(id, title)).toMatch(/^[A-Z][A-Za-z ]+$/);
  });

  it('that nobody named keeps the name that it was given', () => {
    expect(en.site('taught:1', '行云贷')).toBe('行云贷');
  });
});

describe('a number and its word', () => {
  it('agree in English; Chinese has one form', () => {
    expect([1, 2].map((days) => en.daysLeft(-days))).toEqual(['1 day past due', '2 days past due']);
    expect(en.say('syncStrangers', '1')).toBe('1 file in the folder is not Duly’s and is left alone.');
    expect(en.say('importFileRows', '0', '1')).toBe('0 bills read, 1 row refused.');
    expect(zh.daysLeft(-1)).toBe('已过还款日 1 天');
  });

  it('what a title holds is never read as a choice', () => {
    expect(en.say('formEdit', '{$1:a|b} $1 \ue000')).toBe('Edit: {$1:a|b} $1 \ue000');
  });

  it.each(['zh_CN', 'en'] as const)(
    'nothing stands between two dollars in %s: Chromium would not load it',
    (locale) => {
      const named = Object.entries(messagesOf(locale)).filter(([, { message }]) => /\$\w+\$/.test(message));
      expect(named.map(([key]) => key)).toEqual([]);
    },
  );

  it.each(['zh_CN', 'en'] as const)(
    'no choice is left over in %s, and none names a fact that is not there',
    (locale) => {
      for (const [key, { message }] of Object.entries(messagesOf(locale))) {
        const facts = Array.from({ length: 9 }, (_, i) => `${i + 1}`);
        const said = wordsIn(sayFrom(locale), locale.slice(0, 2)).say(key as MessageKey, ...facts);
        expect(said.replace(/\{\{[a-zA-Z]+\}\}/g, ''), key).not.toMatch(/[{}|]/);
        expect(
          [...message.matchAll(/\{\$(\d):/g)].every(([, n]) => message.includes(`$${n} `)),
          key,
        ).toBe(true);
      }
    },
  );
});
