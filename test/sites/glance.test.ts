/** The cheap look decides which pages are read at all: it must never say no where the readers would say something. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../src/core/day.ts';
import { mayTell } from '../../src/sites/glance.ts';
import { SITES } from '../../src/sites/index.ts';
import { ENDPOINTS } from '../../src/sites/jd-baitiao/manifest.ts';
import { readerFor } from '../../src/sites/readers.ts';

const parser = new new Window().DOMParser();
const parse = (html: string): Document => parser.parseFromString(html, 'text/html') as unknown as Document;
/** A page of the hosts that is no bill page by its address. */
const ELSEWHERE = new URL('https://baitiao.jd.com/coupons');
const tells = (html: string, url = ELSEWHERE): boolean => mayTell({ place: url, document: parse(html), responses: [] });

describe('the look before the readers', () => {
  const saved = SITES.flatMap(({ id, matches }) => {
    const folder = join(import.meta.dirname, id, 'expected');
    const pages = new Set(
      readdirSync(folder).flatMap(
        (name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { files: string[] }).files,
      ),
    );
    const url = id === 'jd-baitiao' ? ELSEWHERE : new URL((matches[0] as string).replace('*', ''));
    return [...pages].filter((file) => file.endsWith('.html')).map((file) => [id, file, url] as const);
  });

  it.each(saved)('%s %s: says yes by its words alone where they tell anything', (id, file, url) => {
    const html = readFileSync(join(import.meta.dirname, id, file), 'utf8');
    const document = parse(html);
    const reading = readerFor(url)!.read({ url, document, responses: [], now: 0, today: '2026-09-10' as Day });
    // What is still loading, or too large, is looked at again or has words further down.
    const isPassing =
      reading?.kind === 'unreadable' && (reading.why === 'still-loading' || reading.why === 'page-too-large');
    if (reading && !isPassing) expect(tells(html, url)).toBe(true);
  });

  it('says no on a page of coupons', () => {
    expect(tells('<title>优惠券</title><div><b>满100减10</b><span>全场通用</span><a>立即领取</a></div>')).toBe(false);
  });

  it.each([
    ['a spaced label', '<p>剩 余 应 还 386.20</p>'],
    ['words of a session that ended', '<p>您尚未登录</p>'],
    ['a title alone', '<title>欢迎登录</title><p></p>'],
    ['the hidden block', '<input type="hidden" id="assetsAggregated" value="{}">'],
    ['a challenge', '<p>请完成安全验证</p>'],
  ])('says yes to %s', (_name, html) => {
    expect(tells(html)).toBe(true);
  });

  it('says yes to a shadow tree inside another', () => {
    const document = parse('<div id="host"></div>');
    const outer = document.getElementById('host')!.attachShadow({ mode: 'open' });
    outer.innerHTML = '<section></section>';
    outer.firstElementChild!.attachShadow({ mode: 'open' }).innerHTML = '<p>最后还款日 2026-09-14</p>';
    expect(mayTell({ place: ELSEWHERE, document, responses: [] })).toBe(true);
  });

  it.each([
    ['an empty element', '<div></div>'],
    ['a root whose light text is hidden', '<div id="app"><p>加载中</p></div>'],
    ['an element of its own name', '<x-card><span>优惠</span></x-card>'],
  ])('says yes to the shadow tree of %s', (_name, html) => {
    const document = parse(html);
    document.body.firstElementChild!.attachShadow({ mode: 'open' }).innerHTML = '<p>最后还款日 2026-09-14</p>';
    expect(mayTell({ place: ELSEWHERE, document, responses: [] })).toBe(true);
  });

  it('says yes on a bill page that shows nothing, and once an answer came', () => {
    expect(tells('<p></p>', new URL('https://baitiao.jd.com/v3/ious/list'))).toBe(true);
    const [{ host, path }] = ENDPOINTS;
    const responses = [{ url: `https://${host}${path}`, method: '', status: 200, body: '{}' }];
    expect(mayTell({ place: ELSEWHERE, document: parse('<p></p>'), responses })).toBe(true);
  });
});
