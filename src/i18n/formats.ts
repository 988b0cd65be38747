/** The formats of moments and shares, each made with its first use: a page needs one or two, and each takes a millisecond or more. */
export function formatsIn(language: string, zone: string | undefined) {
  return {
    clock: once(
      () =>
        new Intl.DateTimeFormat(language, {
          // In Chinese 12/3 can be read in one way only.
          month: /^zh/.test(language) ? 'numeric' : 'short',
          day: 'numeric',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
          timeZone: zone,
        }),
    ),
    fullClock: once(
      () =>
        new Intl.DateTimeFormat(language, {
          dateStyle: 'medium',
          timeStyle: 'medium',
          hourCycle: 'h23',
          timeZone: zone,
        }),
    ),
    monthName: once(() => new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' })),
    percent: once(
      () => new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 4 }),
    ),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
