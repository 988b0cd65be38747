import { describe, expect, test } from 'vitest';
import { responseFrom } from '../../../src/sites/hook/isolated-side.ts';
import { keepResponses } from '../../../src/sites/hook/kept.ts';
import { MOST_BODY } from '../../../src/sites/hook/names.ts';
import { leadsBackTo } from '../../../src/sites/hook/sign-in.ts';
import { FRESH_MS, type PageResponse } from '../../../src/sites/site.ts';

const LIST = 'https://baitiao.jd.com/v3/ious/getBillList';
const told = (more: Record<number, unknown> = {}): unknown[] => Object.assign([LIST, 200, '{}', 'pageNum=1'], more);
const take = (data: unknown) => responseFrom(data, [LIST]);

describe('what comes through the port', () => {
  test('an answer of a listed address is taken', () => {
    expect(take(told())).toEqual({ url: LIST, method: '', status: 200, body: '{}', requestBody: 'pageNum=1' });
    expect(take(told({ 0: `${LIST}?_=1`, 2: ' \n[1]' }))).toMatchObject({ url: `${LIST}?_=1` });
    expect(take(told({ 2: '<html>登录' }))).toMatchObject({ body: '<html>登录' });
  });

  test.each([
    ['no list', 'x'],
    ['another length', [...told(), 1]],
    ['another address', told({ 0: 'https://baitiao.jd.com/v3/ious/pay' })],
    ['an address that only begins alike', told({ 0: `${LIST}s` })],
    ['another host', told({ 0: LIST.replace('baitiao', 'evil') })],
    ['a status that is no number', told({ 1: '200' })],
    ['a body that is no text', told({ 2: { billList: [] } })],
    ['a body too long', told({ 2: `{${'x'.repeat(MOST_BODY)}` })],
    ['a body that is neither JSON nor a page', told({ 2: 'callback({})' })],
    ['no request body at all', told({ 3: undefined })],
  ])('%s is refused', (_, data) => {
    expect(take(data)).toBeNull();
  });

  test.each([
    ['JSON', '{"idCard":"x"}'],
    ['free text', 'hello'],
    ['something long', `a=${'x'.repeat(600)}`],
    ['spaces', 'a=b c'],
  ])('a request body that is %s is left out', (_, body) => {
    expect(take(told({ 3: body }))).not.toHaveProperty('requestBody');
  });
});

describe('the answers that are kept', () => {
  const answer = (url: string, body: string, requestBody = ''): PageResponse => ({
    url,
    method: 'POST',
    status: 200,
    body,
    requestBody,
  });

  test('the newest of an address and its paging parameters, newest last', () => {
    const kept = keepResponses();
    kept.add(answer('a', '1', 'pageNum=1'));
    kept.add(answer('a', '2', 'pageNum=2'));
    kept.add(answer('a', '3', 'pageNum=1'));
    expect(kept.all().map(({ body }) => body)).toEqual(['2', '3']);
  });

  test('pages of a list whose request is not known stay apart', () => {
    const kept = keepResponses();
    const first = '{"currentPage":1,"a":1}';
    for (const body of [first, '{"currentPage": "2"}', '{"currentPage":1,"a":2}']) kept.add(answer('a', body, ''));
    expect(kept.all().map(({ body }) => body)).toEqual(['{"currentPage": "2"}', '{"currentPage":1,"a":2}']);
  });

  test('for some hours: a tab that was left open tells nothing of what it heard before', () => {
    let now = 0;
    const kept = keepResponses(3, 100, () => now);
    kept.add(answer('list', 'x'.repeat(60)));
    now = FRESH_MS;
    kept.add(answer('other', 'x'.repeat(20)));
    expect(kept.all()).toHaveLength(2);
    now++;
    expect(kept.all().map(({ url }) => url)).toEqual(['other']);
    kept.add(answer('list', 'x'.repeat(80)));
    expect(kept.all().map(({ url }) => url)).toEqual(['other', 'list']);
  });

  test('bounded in number and in characters', () => {
    const kept = keepResponses(3, 100);
    for (let at = 0; at < 10; at++) kept.add(answer(`${at}`, 'x'.repeat(10)));
    expect(kept.all().map(({ url }) => url)).toEqual(['7', '8', '9']);
    kept.add(answer('long', 'x'.repeat(85)));
    expect(kept.all().map(({ url }) => url)).toEqual(['9', 'long']);
    kept.add(answer('longer', 'x'.repeat(101)));
    expect(kept.all().map(({ url }) => url)).toEqual(['9', 'long']);
  });
});

describe('a sign-in page', () => {
  const leads = (url: string): boolean => leadsBackTo({ matches: ['https://baitiao.jd.com/*'] }, new URL(url));
  const passport = 'https://passport.jd.com/new/login.aspx';

  test.each([
    `${passport}?ReturnUrl=https%3A%2F%2Fbaitiao.jd.com%2Fv3%2Fious%2Flist`,
    `${passport}?ReturnUrl=http%3A%2F%2Fbaitiao.jd.com%2F`,
    `${passport}?ReturnUrl=%2F%2Fbaitiao.jd.com%2Fv3`,
    `${passport}?ReturnUrl=https%253A%252F%252Fbaitiao.jd.com%252F`,
    'https://plogin.m.jd.com/login/login?appid=300&returnurl=https%3A%2F%2Fbaitiao.jd.com%2F&source=wq_passport',
  ])('leads back to the account: %s', (url) => {
    expect(leads(url)).toBe(true);
  });

  test.each([
    passport,
    `${passport}?ReturnUrl=`,
    `${passport}?ReturnUrl=https%3A%2F%2Fwww.jd.com%2F%3Ffrom%3Dbaitiao.jd.com`,
    `${passport}?ReturnUrl=https%3A%2F%2Fbaitiao.jd.com.evil.example%2F`,
    `${passport}?ReturnUrl=https%3A%2F%2Fbaitiao.jd.com%40evil.example%2F`,
    `${passport}?ReturnUrl=javascript%3A%2F%2Fbaitiao.jd.com%2F`,
    `${passport}?ReturnUrl=https%25`,
    `${passport}?other=https%3A%2F%2Fbaitiao.jd.com%2F`,
  ])('of somebody else says nothing: %s', (url) => {
    expect(leads(url)).toBe(false);
  });
});
