/** From an answer to a verdict: first what all services share, then what the table says. */
import type { Delivery } from '../../app/ports.ts';
import type { Answer } from './ask.ts';
import { type Contract, failed, type Heard, statusVerdict } from './contract.ts';

/** Accepted is only what the service's contract calls success: neither an HTML page nor silence is. */
export function judge(answer: Answer, contract: Contract, around: Pick<Heard, 'values' | 'now' | 'tag'>): Delivery {
  if (answer.kind === 'failed') return failed(answer.code);
  const { status, text, retryAfterMs } = answer;
  const json = objectOf(text);
  const isPlain = contract.speaksPlainly === true && !looksLikeHtml(text);
  if (!json && !isPlain) return unreadable(status, text, retryAfterMs);
  const verdict =
    contract.verdict({ ...around, status, json: json ?? {} }) ??
    statusVerdict(status, retryAfterMs) ??
    failed('push-bad-answer');
  // What the service asks of us now outweighs what the table knows of it.
  return verdict.kind === 'failed' && status === 429 && retryAfterMs !== null
    ? failed(verdict.code, retryAfterMs)
    : verdict;
}

/** Something other than the service may have answered: a login page, a firewall, a proxy. Its 401, 403 and 404 name no key. */
function unreadable(status: number, text: string, retryAfterMs: number | null): Delivery {
  const byStatus = statusVerdict(status, retryAfterMs);
  if (text.trim() === '') return byStatus ?? failed('push-empty-answer');
  return byStatus && (status === 429 || status >= 500) ? byStatus : failed('push-not-json');
}

function looksLikeHtml(text: string): boolean {
  return /^\s*</.test(text) && /<(?:!doctype html|html|head|body|title|meta|script)\b/i.test(text);
}

export function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null; // no JSON: the caller says what that means
  }
}
