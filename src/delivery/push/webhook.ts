/** The owner's own address: JSON made from a template, taken when it answers 2xx and, if the owner says so, with a value. */
import { fillTemplate } from '../../core/channel/template.ts';
import { accepted, bytes, type Contract, failed } from './contract.ts';

export const webhook: Contract = {
  title: bytes(500),
  text: bytes(4000),
  speaksPlainly: true,
  request: ({ title, text, kind, daysLeft, loudness, tag }, { url = '', template = '', authorization }, now) => ({
    url,
    ...(authorization ? { headers: { Authorization: authorization } } : {}),
    body: fillTemplate(template, { title, text, kind, daysLeft, loudness, id: tag, time: new Date(now).toISOString() }),
  }),
  verdict: ({ status, json, values: { success = '' } }) => {
    if (status < 200 || status >= 300) return null;
    return success === '' || holds(json, success) ? accepted() : failed('push-refused');
  },
};

/** `a.b=value`: is that what stands there? Compared as text. */
function holds(json: unknown, condition: string): boolean {
  const at = condition.indexOf('=');
  let value = json;
  for (const name of condition.slice(0, at).split('.'))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
  return value !== undefined && String(value) === condition.slice(at + 1);
}
