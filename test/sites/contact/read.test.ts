/** Only the masked number under its own label. Every page is made up. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { CONTACT_CHANGE_PAGE, CONTACT_PAGES } from '../../../src/core/contact.ts';
import { readMaskedPhone } from '../../../src/sites/contact/read.ts';
import { cardPage, realNamePage, safetyPage } from '../../replica/contact.ts';

const [REAL_NAME, SAFETY] = CONTACT_PAGES;
const read = (html: string, url: string) => {
  const { document } = new Window();
  document.write(html);
  return readMaskedPhone(document as unknown as Document, new URL(url));
};
const row = (html: string) => read(`<ul><li><div>绑定手机：</div>${html}</li></ul>`, REAL_NAME);

describe('the two pages', () => {
  it('give the first three and last four digits', () => {
    expect(read(realNamePage('138****1234'), REAL_NAME)).toEqual({ first: '138', last: '1234' });
    expect(read(safetyPage('139*****5678'), `${SAFETY}?from=home`)).toEqual({ first: '139', last: '5678' });
    expect(CONTACT_CHANGE_PAGE).toBe(SAFETY);
  });

  it('that hide nothing are read as if they did', () => {
    expect(read(safetyPage('13800001234'), SAFETY)).toEqual({ first: '138', last: '1234' });
  });

  it('without a bound number give none, whatever other number stands on them', () => {
    expect(read(realNamePage('未绑定'), REAL_NAME)).toBeNull();
    expect(read(safetyPage('<a>立即绑定</a>'), SAFETY)).toBeNull();
  });
});

describe('no other number', () => {
  it.each([
    ['the cards’ page', cardPage(), 'https://authpay.jd.com/card/queryBindCard.action'],
    ['another page of the host', realNamePage('138****1234'), 'https://authpay.jd.com/auth/other.action'],
    [
      'another host with the same words',
      realNamePage('138****1234'),
      'https://authpay.jd.com.example/auth/toAuthSuccessPage.action',
    ],
    ['the other page’s label', safetyPage('138****1234'), REAL_NAME],
    ['plain http', realNamePage('138****1234'), REAL_NAME.replace('https', 'http')],
  ])('%s', (_, html, url) => expect(read(html, url)).toBeNull());
});

describe('markup of any kind around the label', () => {
  it.each([
    ['in the label’s own text', '<p>绑定手机：138****1234</p>'],
    ['a half-width colon and spaces', '<p>绑定手机 : <b> 138 **** 1234 </b></p>'],
    ['every piece in its own element', '<p>绑定手机</p><i>：</i><i>138</i><i>****</i><i>1234</i>'],
    ['full-width digits and stars', '<p>绑定手机：</p><p>１３８＊＊＊＊１２３４</p>'],
    ['a script between', '<p>绑定手机：</p><script>var a="177****0001"</script><p>138****1234</p>'],
    ['the country before it', '<p>绑定手机：+86 138****1234</p>'],
    ['the country in brackets', '<p>绑定手机：</p><p>（+86）138****1234</p>'],
    ['the country in its own element', '<p>绑定手机：</p><i>0086</i><b>138****1234</b>'],
    ['other signs', '<p>绑定手机：138••••1234</p>'],
    ['letters for signs', '<p>绑定手机：138xxxx1234</p>'],
    ['dashes', '<p>绑定手机：138-****-1234</p>'],
    ['a number right behind it', '<p>绑定手机：</p><p>138****1234</p><p>95118</p>'],
    ['the words once more in one text', '<p>绑定手机后可以提现，绑定手机：138****1234</p>'],
    ['the same number twice', '<p>绑定手机：138****1234</p><p>绑定手机：13800001234</p>'],
    ['a number that is not shown', '<p hidden>绑定手机：177****0001</p><p>绑定手机：138****1234</p>'],
    ['the words once more before', '<p>绑定手机后可以提现</p><p>绑定手机：</p><p>138****1234</p>'],
  ])('%s', (_, html) => expect(read(html, REAL_NAME)).toEqual({ first: '138', last: '1234' }));

  it.each([
    ['a number that is too long', '<div>138****12345</div>'],
    ['a number of another shape', '<div>238****1234</div>'],
    ['a landline', '<div>010-8888****</div>'],
    ['two stars', '<div>138**1234</div>'],
    ['two numbers that differ', '<p>绑定手机：138****1234</p><p>绑定手机：177****0001</p>'],
    ['a service line', '<div>95118</div><div>400-606-5500</div>'],
    ['a service line before it', '<div>客服 950618</div><div>138****1234</div>'],
    ['an id card', '<div>110101199001011234</div>'],
    ['a number behind other words', '<div>请联系客服 138****1234</div>'],
    ['nothing', ''],
  ])('is not stretched to: %s', (_, html) => expect(row(html)).toBeNull());
});
