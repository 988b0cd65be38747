/** How the account site writes money and days. */
export type Json = Record<string, unknown>;

export const yuan = (fen: number): number => Math.round(fen) / 100;
export const midnight = (day: string): string => `${day} 00:00:00`;
