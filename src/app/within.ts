/** A door that does not answer must not hold up the reminders behind it. */
export async function within<T, Late>(ms: number, answer: Promise<T>, late: Late): Promise<T | Late> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  return Promise.race([answer, tooLong]).finally(() => clearTimeout(timer));
}
