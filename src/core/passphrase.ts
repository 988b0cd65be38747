/** A passphrase that the owner chooses for a file: who has the file may try as often as they like. */
export const FEWEST_LETTERS = 12;
const FEWEST_KINDS = 6;

/** Long enough, and not one letter again and again. */
export function isStrongPassphrase(typed: string): boolean {
  const letters = [...typed.normalize('NFKC').trim()];
  return letters.length >= FEWEST_LETTERS && new Set(letters).size >= FEWEST_KINDS;
}
