/** What a log may say of an error: its message may hold what the owner typed, or what a server answered. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
