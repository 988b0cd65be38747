/** The name of a button by what it does, whether or not it says to which bill, channel or site. */
export function does(text: string): RegExp {
  return new RegExp(`^${text}(：|$)`);
}
