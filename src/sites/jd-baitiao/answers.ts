/** Which of the page's responses are answers of the site, and what each is worth before its contents are read. */
import type { PageResponse } from '../site.ts';
import { type Fields, fieldsOf, isYes, MAX_BODY, parseJson, textOf } from './json.ts';
import { ENDPOINTS, type EndpointId, SIGN_IN_HOSTS } from './manifest.ts';
import { CHALLENGE, NOT_OPENED, SIGNED_OUT } from './words.ts';

/** `strange`: no word of success or failure under the names that are known. */
export type Verdict =
  | 'good'
  | 'strange'
  | 'signed-out'
  | 'no-account'
  | 'challenge'
  | 'refused'
  | 'not-json'
  | 'too-large';

export interface Answer {
  readonly endpoint: EndpointId;
  readonly verdict: Verdict;
  /** Empty unless the verdict is good, or strange. */
  readonly data: Fields;
  /** What the page asked with, where it is known. */
  readonly request: URLSearchParams;
}

/** The site's answers among the responses, in the order they came; anything else is left out. */
export function answersOf(responses: readonly PageResponse[], base: URL): Answer[] {
  return responses.flatMap((response) => {
    const url = urlOf(response.url, base);
    if (!url) return [];
    if (SIGN_IN_HOSTS.some((host) => host === url.hostname)) return [empty('issued', 'signed-out')];
    const endpoint = ENDPOINTS.find(({ host, path }) => host === url.hostname && path === url.pathname);
    return endpoint ? [answerOf(endpoint.id, url, response)] : [];
  });
}

function urlOf(text: string, base: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    // A response without an address belongs to nobody.
    return null;
  }
}

function empty(endpoint: EndpointId, verdict: Verdict): Answer {
  return { endpoint, verdict, data: {}, request: new URLSearchParams() };
}

function answerOf(endpoint: EndpointId, url: URL, response: PageResponse): Answer {
  const body = response.body;
  if (body.length > MAX_BODY) return empty(endpoint, 'too-large');
  if (response.status >= 300 && response.status < 400 && response.status !== 304) return empty(endpoint, 'signed-out');
  if (response.status === 401) return empty(endpoint, 'signed-out');
  const data = fieldsOf(parseJson(body));
  if (!data) return empty(endpoint, verdictOnText(body, response.status));
  const verdict = response.status >= 400 ? badVerdict(data) : verdictOn(endpoint, data);
  const request = requestOf(response.requestBody || url.search);
  return { endpoint, verdict, data: verdict === 'good' || verdict === 'strange' ? data : {}, request };
}

/** What the page asked with: a form, or JSON. */
function requestOf(text: string): URLSearchParams {
  const fields = text.startsWith('{') ? fieldsOf(parseJson(text)) : null;
  if (!fields) return new URLSearchParams(text);
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** HTML where JSON was expected is the sign-in page, unless it is a challenge or the server's own failure. */
function verdictOnText(body: string, status: number): Verdict {
  if (CHALLENGE.test(body)) return 'challenge';
  if (status >= 400) return 'not-json';
  return /^\s*</.test(body) ? 'signed-out' : 'not-json';
}

/** No list, amount or day of an answer is looked at unless this says `good`. */
function verdictOn(endpoint: EndpointId, data: Fields): Verdict {
  if (isNo(data.isSuccess) || isNo(data.success)) return badVerdict(data);
  switch (endpoint) {
    case 'issued':
    case 'detail':
    case 'loans':
    case 'privilege':
      return isSuccess(data.result) ? 'good' : strangeVerdict(data, data.result);
    case 'unissued':
      // The one answer that was seen without an envelope (facts §2.3): its own field stands for it.
      if ((data.result === undefined || data.result === null) && 'billNOTOut' in data) return 'good';
      return isSuccess(data.result) ? 'good' : strangeVerdict(data, data.result);
    case 'quota':
      return textOf(data.msg) ? (badVerdict(data) === 'signed-out' ? 'signed-out' : 'no-account') : 'good';
    case 'overview':
      if ('creditWaitPay' in data || 'jtCreditWaitPay' in data || 'actStatus' in data) return 'good';
      return badVerdict(data);
    case 'user-info':
      if (data.retcode === '0') return 'good';
      return data.retcode === '1001' ? 'signed-out' : badVerdict(data);
    case 'first-screen':
    case 'card':
      return gatewayVerdict(data);
  }
}

function isSuccess(result: unknown): boolean {
  return isYes(fieldsOf(result)?.isSuccess);
}

function isNo(value: unknown): boolean {
  return value === false || value === 'false' || value === '0';
}

function gatewayVerdict(data: Fields): Verdict {
  const inner = fieldsOf(data.resultData);
  if (data.resultCode === '3' || inner?.code === '1003') return 'signed-out';
  if (data.success === false || inner?.success === false) return badVerdict(data);
  return data.resultCode === '0' ? 'good' : strangeVerdict(data, data.resultCode);
}

/** An envelope may have a new name like everything else. */
function strangeVerdict(data: Fields, envelope: unknown): Verdict {
  const verdict = badVerdict(data);
  return verdict === 'refused' && (envelope === undefined || envelope === null) ? 'strange' : verdict;
}

/** Why an answer that is no success was refused, by the words it gives. */
function badVerdict(data: Fields): Verdict {
  const result = fieldsOf(data.result) ?? {};
  const inner = fieldsOf(data.resultData) ?? {};
  const words = [
    data.msg,
    data.info,
    data.message,
    data.resultMsg,
    data.retmsg,
    data.errMsg,
    result.info,
    result.msg,
    inner.message,
    inner.msg,
  ]
    .filter((text) => typeof text === 'string')
    .join(' ');
  if (data.resultCode === '3' || data.retcode === '1001' || inner.code === '1003' || SIGNED_OUT.test(words))
    return 'signed-out';
  if (NOT_OPENED.test(words)) return 'no-account';
  return CHALLENGE.test(words) ? 'challenge' : 'refused';
}
