/** One job at a time, in the order in which they were asked for. */
export type InTurn = <T>(job: () => Promise<T>) => Promise<T>;

/** What fails is told to whoever asked, and ends no later job. */
export function oneAtATime(): InTurn {
  let turn: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = turn.then(job);
    turn = mine.catch(() => undefined); // whoever asked hears of it
    return mine;
  };
}
