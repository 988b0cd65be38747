/**
 * The page's own functions, taken before any script of the page has run. What uses them later must not touch a method,
 * an iterator or an accessor that a page can replace: no spread, no destructuring of arrays, no `for … of`.
 */

// biome-ignore lint/suspicious/noExplicitAny: receivers and results are whatever the page has; the callers say what.
type Native = (self: unknown, ...args: unknown[]) => any;
type Interface = { readonly prototype: object };

export const { apply, set, getOwnPropertyDescriptor } = Reflect;

/** The own method or attribute as a function of its receiver; throws where the receiver is not of this interface. */
export function nativeOf(of: Interface, name: string): Native {
  const { value, get } = getOwnPropertyDescriptor(of.prototype, name) as PropertyDescriptor;
  return (self, ...args) => apply(value || get, self, args);
}

/** What it gives, or undefined where the receiver is not of its interface. */
export function attempt(native: Native, self: unknown): string | undefined {
  try {
    return native(self);
  } catch {
    return undefined; // A brand check failed: not the kind of object that this reads.
  }
}

/** An own data property; accessors are not called. */
export function ownValue(object: unknown, name: string): unknown {
  return typeof object === 'object' && object ? getOwnPropertyDescriptor(object, name)?.value : undefined;
}
