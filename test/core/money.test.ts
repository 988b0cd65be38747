import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fen, fen, formatFen, parseFen, parseSignedFen } from '../../src/core/money.ts';

const MOST = 1_000_000_000_000;

describe('an amount is read as it is written', () => {
  it.each([
    ['386.2', 38620],
    ['386.20', 38620],
    ['0.29', 29],
    ['1.1', 110],
    ['4.35', 435],
    ['1.005', null],
    ['1.0050', null],
    ['1.000', 100],
    ['1.2300', 123],
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['00012.30', 1230],
    ['1,234.56', 123456],
    ['1,234,567.89', 123456789],
    ['1,23', null],
    ['12,34.5', null],
    [',123', null],
    ['1,2345', null],
    ['1，234.56', 123456],
    ['９９．９９', 9999],
    ['３８６．２０元', 38620],
    ['￥1,234.56', 123456],
    ['¥ 1,234.56', 123456],
    ['人民币 12.00 元', 1200],
    ['\u00a012.00\u3000', 1200],
    ['12\u200b', 1200],
    ['12 34', null],
    ['1.2.3', null],
    ['.5', null],
    ['5.', null],
    ['1e9', null],
    ['1e-7', null],
    ['0x10', null],
    ['Infinity', null],
    ['NaN', null],
    ['--', null],
    ['**.**', null],
    ['1**.00', null],
    ['', null],
    ['   ', null],
    ['元', null],
    ['12元起', null],
    ['约12元', null],
    ['+12', null],
    ['十二', null],
    ['10000000000.00', MOST],
    ['10000000000.01', null],
    ['9'.repeat(12), null],
    ['9'.repeat(400), null],
  ])('%s', (raw, wanted) => {
    expect(parseFen(raw)).toBe(wanted);
  });

  it.each([
    [0.1 + 0.2, null],
    [19.99, 1999],
    [4.35, 435],
    [1.1 * 3, null],
    [0.29, 29],
    [1e21, null],
    [1e-7, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [-5, null],
    [386, 38600],
  ])('the number %s of a response', (raw, wanted) => {
    expect(parseFen(raw)).toBe(wanted);
  });

  it.each([[null], [undefined], [true], [[]], [['5']], [{}], [5n], [() => 5]])('%s is no amount', (raw) => {
    expect(parseFen(raw)).toBeNull();
  });
});

describe('a minus sign', () => {
  it.each([
    ['-5', -500],
    ['-0.01', -1],
    ['¥-5.00', -500],
    ['-¥5.00', -500],
    ['－５', -500],
    ['--5', null],
    ['5-', null],
  ])('%s is kept by the signed reader and unknown to the other', (raw, wanted) => {
    expect(parseSignedFen(raw)).toBe(wanted);
    expect(parseFen(raw)).toBeNull();
  });

  it('never gives minus zero', () => {
    expect(Object.is(parseSignedFen('-0.00'), 0)).toBe(true);
  });
});

describe('format and parse', () => {
  const amounts = fc.integer({ min: -MOST, max: MOST }).map((count) => fen(count));

  it('are inverse for every amount that is believed', () => {
    fc.assert(fc.property(amounts, (amount) => void expect(parseSignedFen(formatFen(amount))).toBe(amount)));
  });

  it('are inverse through full-width digits and currency signs', () => {
    const wide = (text: string) => text.replace(/[0-9.,-]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseSignedFen(wide(formatFen(amount)))).toBe(amount);
        expect(parseSignedFen(`¥${formatFen(amount)}元`)).toBe(amount);
      }),
    );
  });

  it('never pass through a float', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999_999 }), fc.nat({ max: 99 }), (yuan, cents) => {
        const text = `${yuan}.${String(cents).padStart(2, '0')}`;
        expect(parseFen(text)).toBe(Number(BigInt(yuan) * 100n + BigInt(cents)));
      }),
    );
  });

  it('read nothing but an integer count or null from any text, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.double(), fc.anything()), (raw) => {
        const read = parseSignedFen(raw);
        expect(read === null || (Number.isSafeInteger(read) && Math.abs(read) <= MOST)).toBe(true);
      }),
    );
  });

  it('take no exponential time over a long row of digits', () => {
    expect(parseFen('1,111'.repeat(20_000))).toBeNull();
  });

  it('group thousands', () => {
    expect(formatFen(123456789 as Fen)).toBe('1,234,567.89');
    expect(formatFen(5 as Fen)).toBe('0.05');
    expect(formatFen(-5 as Fen)).toBe('-0.05');
    expect(formatFen(0 as Fen)).toBe('0.00');
  });
});

describe('a count of fen', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, MOST + 1])('%s is refused', (count) => {
    expect(() => fen(count)).toThrow(RangeError);
  });
});
