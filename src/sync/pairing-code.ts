/** The code that a browser shows and the next one is told: 110 random bits and a checksum, in six groups of four. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DATA_LETTERS = 22;
const CHECK_LETTERS = 2;
/** Prime, and below 32²: no single wrong letter and no two neighbours swapped go unseen. */
const CHECK_PRIME = 1021;

/** `random` gives bytes that nobody can guess. */
export function newPairingCode(random: (bytes: number) => Uint8Array): string {
  const data = Array.from(random(DATA_LETTERS), (byte) => byte & 31);
  const check = checksum(data);
  return [...data, check >> 5, check & 31]
    .map((value) => LETTERS[value])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');
}

/** The code in its one spelling, or null when it is mistyped. Case, spaces and dashes do not matter; O is 0, I and L are 1. */
export function readPairingCode(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (letters.length !== DATA_LETTERS + CHECK_LETTERS) return null;
  const values = [...letters].map((letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) return null;
  const check = values[DATA_LETTERS]! * 32 + values[DATA_LETTERS + 1]!;
  return checksum(values.slice(0, DATA_LETTERS)) === check ? letters : null;
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => (sum * 32 + value + 1) % CHECK_PRIME, 7);
}
