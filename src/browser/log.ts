import type { Log } from '../app/ports.ts';

export const consoleLog: Log = {
  warn: (code, facts = {}) => {
    // biome-ignore lint/suspicious/noConsole: the one place that writes to it; codes and facts only
    console.warn(`duly: ${code}`, facts);
  },
};
