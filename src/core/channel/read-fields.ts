/** A form as far as it is typed: every mistake beside its field, and what the rest says. Pure. */
import { FIELDS, type FieldCode, type Values } from './fields.ts';
import type { ServiceId } from './setting.ts';

export interface ReadFields {
  /** Without the kept ones. A pasted address outweighs a preset beside it, and settles a field that was left empty. */
  readonly values: Values;
  readonly mistakes: Readonly<Record<string, FieldCode>>;
}

/** `kept`: fields whose stored value stays when nothing is typed. */
export function readFields(service: ServiceId, typed: Values, kept: readonly string[] = []): ReadFields {
  const own: Record<string, string> = {};
  const pasted: Record<string, string> = {};
  const mistakes: Record<string, FieldCode> = {};
  for (const { name, preset = '', read } of FIELDS[service]) {
    const text = (typed[name] ?? '').trim() || (kept.includes(name) ? '' : preset);
    if (text === '') continue;
    const values = read(text);
    if (typeof values === 'string') mistakes[name] = values;
    else for (const [key, value] of Object.entries(values)) (key === name ? own : pasted)[key] = value;
  }
  const values: Values = { ...own, ...pasted };
  for (const { name, isRequired } of FIELDS[service])
    if (isRequired && !values[name] && !kept.includes(name)) mistakes[name] ??= 'field-missing';
  if (service === 'wxpusher' && values.token?.startsWith('AT_') && !values.uid) mistakes.uid ??= 'field-missing';
  return { values, mistakes };
}
