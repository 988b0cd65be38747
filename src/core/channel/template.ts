/** The body of the owner's own webhook: JSON with places to fill. */

export interface TemplateFacts {
  readonly title: string;
  readonly text: string;
  readonly kind: string;
  /** Days to the due day, negative when it has passed; null when unknown. */
  readonly daysLeft: number | null;
  readonly loudness: string;
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
}

const PLACE = /\{\{\s*(\w*)\s*\}\}/g;
const NAMES: readonly (keyof TemplateFacts)[] = ['title', 'text', 'kind', 'daysLeft', 'loudness', 'id', 'time'];

export const PRESET_TEMPLATE =
  '{"title":"{{title}}","text":"{{text}}","kind":"{{kind}}","daysLeft":{{daysLeft}},"id":"{{id}}"}';

/** Text is escaped to stand between the quotes of the template; a number or null stands as it is. */
export function fillTemplate(template: string, facts: TemplateFacts): string {
  return template.replace(PLACE, (_, name: string) => {
    const fact = facts[name as keyof TemplateFacts];
    return typeof fact === 'string' ? JSON.stringify(fact).slice(1, -1) : String(fact);
  });
}

/** Chosen so that a template which makes JSON of all three makes JSON of every notice. */
const SAMPLES: readonly TemplateFacts[] = [
  { title: 'x"\\\n', text: 'x"\\\n', kind: 'due-today', daysLeft: -2, loudness: 'loudest', id: 'z-1', time: 'x' },
  { title: '§ ', text: '§ ', kind: 'before', daysLeft: 3, loudness: 'normal', id: '9', time: 'z' },
  { title: '', text: '', kind: 'overdue', daysLeft: null, loudness: 'loudest', id: 'x', time: '' },
];

export function isTemplate(template: string): boolean {
  const isKnown = [...template.matchAll(PLACE)].every(([, name]) => NAMES.includes(name as keyof TemplateFacts));
  return isKnown && SAMPLES.every((facts) => isJson(fillTemplate(template, facts)));
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
