/**
 * Asks the browser to allow pages; only in a click, before anything is awaited there. `sends`: what the owner owes goes
 * to these servers, and a browser that asks for that separately (Firefox) asks in the same question.
 */
export type Allow = (patterns: readonly string[], sends?: boolean) => Promise<boolean>;
