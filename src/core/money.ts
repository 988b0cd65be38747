/** Money in 1/100 yuan. Never made from a float by arithmetic: text is cut at the point and read as integers. */
declare const brand: unique symbol;
export type Fen = number & { readonly [brand]: 'Fen' };

/** The largest amount that is believed: 10 billion yuan. Anything above it is a misread number, not a debt. */
const MAX_FEN = 1_000_000_000_000;

/** Brands an integer count of fen. Throws RangeError on anything that is not one. */
export function fen(count: number): Fen {
  if (!Number.isSafeInteger(count) || Math.abs(count) > MAX_FEN) throw new RangeError(`not a count of fen: ${count}`);
  return count as Fen;
}

const FULL_WIDTH = /[！-～]/g;

/** Full-width digits and signs to ASCII, every kind of space to one plain space. */
export function halfWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u200b\ufeff]+/g, ' ')
    .replace(/￥/g, '¥')
    .trim();
}

const AMOUNT =
  /^(?:(?:人民币|rmb|cny|¥)\s?)*(-?)\s?(?:¥\s?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s?(?:元|\/?\s?(?:rmb|cny|人民币))?$/i;

/**
 * An amount as a page or a response writes it: `386.2`, `"386.20"`, `1,234.56`, `￥1,234.56`, `３８６．２０元`.
 * Null means unknown: empty, `--`, `**.**`, `1e9`, a third decimal that is not 0, anything that is not an amount.
 * A minus sign is kept; `parseFen` refuses it.
 */
export function parseSignedFen(raw: unknown): Fen | null {
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  if (typeof raw === 'number' && !Number.isFinite(raw)) return null;
  const match = AMOUNT.exec(halfWidth(String(raw)));
  if (!match) return null;
  const [, minus, whole = '', part = ''] = match;
  if (!/^\d{0,2}0*$/.test(part)) return null;
  const digits = whole.replaceAll(',', '');
  if (digits.length > 12) return null;
  const count = Number(digits) * 100 + Number(part.slice(0, 2).padEnd(2, '0'));
  if (count > MAX_FEN) return null;
  return (minus && count ? -count : count) as Fen;
}

/** As `parseSignedFen`, for amounts that cannot be below zero: a negative one is unknown. */
export function parseFen(raw: unknown): Fen | null {
  const signed = parseSignedFen(raw);
  return signed !== null && signed >= 0 ? signed : null;
}

/** `123456` → `1,234.56`. The inverse of `parseSignedFen`. */
export function formatFen(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}
