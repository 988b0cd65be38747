/** What owners paste, and the texts that are cut and filled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS, HELP, mask, originsOf, parseValues, type Values } from '../../../src/core/channel/fields.ts';
import { SERVICES, type ServiceId } from '../../../src/core/channel/setting.ts';
import { fillTemplate, isTemplate, PRESET_TEMPLATE } from '../../../src/core/channel/template.ts';
import { cut, sizeOf } from '../../../src/delivery/push/cut.ts';
import { TYPED } from './settings.ts';

const valuesOf = (service: ServiceId, typed: Values): Values => {
  const parsed = parseValues(service, typed);
  if (!('values' in parsed)) throw new Error(`${parsed.field}: ${parsed.code}`);
  return parsed.values;
};

describe('what is pasted', () => {
  it.each<[ServiceId, Values, Values]>([
    ['bark', { key: 'AbC123' }, { key: 'AbC123', server: 'https://api.day.app' }],
    ['bark', { key: ' https://api.day.app/AbC123/推送标题/内容 \n' }, { key: 'AbC123', server: 'https://api.day.app' }],
    ['bark', { key: 'http://192.168.1.9:8080/AbC123' }, { key: 'AbC123', server: 'http://192.168.1.9:8080' }],
    ['serverchan', { key: 'https://sctapi.ftqq.com/SCT1TaB.send?title=x' }, { key: 'SCT1TaB' }],
    ['serverchan', { key: 'https://42.push.ft07.com/send/sctp42tab.send' }, { key: 'sctp42tab' }],
    [
      'wecom',
      { key: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=01234567-89ab-cdef-0123-456789abcdef' },
      { key: '01234567-89ab-cdef-0123-456789abcdef' },
    ],
    ['ntfy', { topic: 'https://ntfy.sh/my_topic' }, { topic: 'my_topic', server: 'https://ntfy.sh', token: '' }],
    ['dingtalk', { token: 'https://oapi.dingtalk.com/robot/send?access_token=abc123' }, { token: 'abc123' }],
    [
      'feishu',
      { token: 'https://open.larksuite.com/open-apis/bot/v2/hook/t-1' },
      { token: 't-1', server: 'https://open.larksuite.com' },
    ],
    [
      'discord',
      { webhook: 'https://ptb.discord.com/api/v10/webhooks/12/tok-en_1' },
      { webhook: 'https://discord.com/api/webhooks/12/tok-en_1' },
    ],
    [
      'apprise',
      { key: 'https://a.example.org/base/notify/KEY/' },
      { key: 'KEY', server: 'https://a.example.org/base' },
    ],
    ['gotify', { server: 'https://g.example.org/', token: 'A.b' }, { server: 'https://g.example.org', token: 'A.b' }],
  ])('%s %j', (service, typed, expected) => {
    expect(valuesOf(service, typed)).toMatchObject(expected);
  });

  it.each<[ServiceId, Values, string, string]>([
    ['bark', {}, 'key', 'field-missing'],
    ['bark', { key: 'two words' }, 'key', 'field-key'],
    ['bark', { key: 'https://api.day.app/' }, 'key', 'field-key'],
    ['bark', { key: 'http://example.org/KEY' }, 'key', 'field-http'],
    ['bark', { key: 'K', seal: 'short' }, 'seal', 'field-seal'],
    ['bark', { key: 'K', sealMode: 'ecb' }, 'sealMode', 'field-choice'],
    ['serverchan', { key: 'https://evil.example.org/SCT1TaB.send' }, 'key', 'field-key'],
    ['wecom', { key: 'https://evil.example.org/send?key=01234567-89ab-cdef-0123-456789abcdef' }, 'key', 'field-key'],
    ['webhook', { url: 'ftp://example.org' }, 'url', 'field-address'],
    ['webhook', { url: 'http://example.org/x' }, 'url', 'field-http'],
    ['webhook', { url: 'https://example.org', template: '{"a":{{title}}}' }, 'template', 'field-template'],
    ['wxpusher', { token: 'AT_x' }, 'uid', 'field-missing'],
    ['gotify', { token: 'A' }, 'server', 'field-missing'],
    ['discord', { webhook: 'https://evil.example.org/api/webhooks/1/t' }, 'webhook', 'field-address'],
    ['feishu', { token: 'x', server: 'https://evil.example.org' }, 'server', 'field-choice'],
    // A browser reads 010 as 8.
    ['ntfy', { topic: 't', server: 'http://010.0.0.1' }, 'server', 'field-http'],
    ['ntfy', { topic: 't', server: 'http://127.0.0.1\\@example.org' }, 'server', 'field-address'],
    ['ntfy', { topic: 't', server: 'http://localhost@example.org' }, 'server', 'field-address'],
    ['ntfy', { topic: 't', server: 'http://[fe80::1]' }, 'server', 'field-http'],
  ])('%s %j is refused', (service, typed, field, code) => {
    expect(parseValues(service, typed)).toEqual({ field, code });
  });

  it('never throws, and what it takes it takes again unchanged, over one https or private origin', () => {
    const text = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.constantFrom('http://127.0.0.1/a/b', 'SCT1a', 'AT_1'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...SERVICES), fc.array(text, { minLength: 5, maxLength: 5 }), (service, texts) => {
        const typed = Object.fromEntries(FIELDS[service].map(({ name }, i) => [name, texts[i] ?? '']));
        const parsed = parseValues(service, typed);
        if (!('values' in parsed)) return;
        expect(parseValues(service, parsed.values)).toEqual(parsed);
        const [pattern = '', ...more] = originsOf(service, parsed.values);
        expect(more).toEqual([]);
        expect(pattern).toMatch(/^https:\/\/|^http:\/\/127\.0\.0\.1\/\*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('a masked value is never enough to use', () => {
    for (const service of SERVICES)
      for (const [name, value] of Object.entries(valuesOf(service, TYPED[service])))
        if (FIELDS[service].find((field) => field.name === name)?.isSecret && value) {
          expect(mask(value)).not.toContain(value);
          expect(mask(value)).toContain('••••');
        }
    expect(mask('short')).toBe('••••');
  });

  it('every service has a help page over https', () => {
    for (const service of SERVICES) expect(HELP[service]).toMatch(/^https:\/\//);
  });
});

describe('cutting', () => {
  const limit = fc.record({
    most: fc.integer({ min: 0, max: 60 }),
    of: fc.constantFrom('bytes' as const, 'chars' as const),
  });

  it('keeps the limit and every character whole', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '账', '😀', 'é', '\n', '👩‍👩‍👧') });
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        const kept = cut(whole, most);
        expect(sizeOf(kept, most)).toBeLessThanOrEqual(most.most);
        expect(kept.isWellFormed()).toBe(true);
        if (sizeOf(whole, most) <= most.most) expect(kept).toBe(whole);
        else expect(whole.startsWith(kept.replace(/…$/, ''))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts bytes as UTF-8 does', () => {
    expect(cut('账单账单', { most: 9, of: 'bytes' })).toBe('账单…');
    expect(cut('账单账单', { most: 12, of: 'bytes' })).toBe('账单账单');
    expect(cut('😀😀', { most: 3, of: 'chars' })).toBe('😀…');
  });
});

describe('the template of the owner', () => {
  it.each([
    PRESET_TEMPLATE,
    '{"msg": "{{ title }} — {{text}}", "n": {{daysLeft}}, "at": "{{time}}"}',
    '[{"a":"{{kind}}"}]',
    '{"fixed": true}',
  ])('%s is taken', (template) => expect(isTemplate(template)).toBe(true));

  it.each([
    '{{title}}',
    '"{{title}}"',
    '{"a": {{title}}}',
    '{"a": "{{name}}"}',
    '{"a": "{{}}"}',
    '{"a": "\\{{kind}}"}',
    '{"a":1{{daysLeft}}}',
    '{"a":-{{daysLeft}}}',
    '{a:1}',
    '',
  ])('%s is refused', (template) => expect(isTemplate(template)).toBe(false));

  it('what is taken makes JSON of anything, and the words arrive as they were', () => {
    const piece = fc.constantFrom(
      '{{title}}',
      '{{text}}',
      '{{daysLeft}}',
      '{{kind}}',
      '{{id}}',
      '"',
      '\\',
      '{',
      '}',
      ':',
      ',',
      'a',
      ' ',
      '1',
      '-',
      '[',
      ']',
    );
    const template = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 6 }).map((pieces) => `{"a":"${pieces.join('')}"}`),
      fc.array(piece, { maxLength: 4 }).map((pieces) => `{"a":${pieces.join('')}}`),
    );
    const facts = fc.record({
      title: fc.string({ unit: 'binary' }),
      text: fc.string({ unit: 'binary' }),
      kind: fc.constantFrom('overdue', 'due-today', 'before', 'sign-in', 'stale-reading', 'self-test'),
      daysLeft: fc.option(fc.integer()),
      loudness: fc.constantFrom('normal', 'loudest'),
      id: fc.stringMatching(/^[0-9a-f]{24}$/),
      time: fc.constant('2026-09-14T02:00:00.000Z'),
    });
    fc.assert(
      fc.property(template, facts, (text, known) => {
        if (isTemplate(text)) expect(() => JSON.parse(fillTemplate(text, known))).not.toThrow();
        expect(JSON.parse(fillTemplate(PRESET_TEMPLATE, known))).toMatchObject({
          title: known.title,
          text: known.text,
          daysLeft: known.daysLeft,
        });
      }),
      { numRuns: 5000 },
    );
  });
});
