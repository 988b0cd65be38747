/**
 * What a page is made of, for an issue: tags, nesting, field names, and the words of our vocabulary. Every digit is 0,
 * every other letter ×: no amount, name, phone or card number can be in it, wherever the page had it.
 */
import { documentIn, MOST_FRAMES } from './frames.ts';
import { LABEL_SOURCE, NOTHING_SOURCE, SETTLED_SOURCE } from './labels/vocabulary.ts';

const MOST_CHARS = 20_000;
const MOST_NODES = 4_000;
const DEEPEST = 60;
const LONGEST_TEXT = 60;
const MOST_KEYS = 60;

const KNOWN = new RegExp([LABEL_SOURCE, SETTLED_SOURCE, NOTHING_SOURCE].join('|'), 'g');
const SILENT = new Set(['style', 'svg', 'noscript', 'template', 'link', 'meta', 'path']);
const NAMING = ['id', 'class', 'name', 'for', 'role', 'type', 'data-field', 'data-key', 'data-name', 'data-label'];

/** What bill pages are built of. Of any other tag the known parts are told: its author may have named it after anything. */
const TAGS = new Set(
  'a abbr address article aside b br caption center dd del details div dl dt em fieldset figure font h1 h2 h3 h4 h5 h6 hr i iframe img ins legend li ol option p pre s select small strike strong sub summary sup tbody textarea tfoot thead u ul'.split(
    ' ',
  ),
);

/** Parts of field and class names that tell something about a bill page and nothing about a person. */
const FIELD_WORDS = new Set(
  'account active all amount amt app balance begin bill bills body box btn button card cell code col column content count current cycle data date day days due end error fee field fields first flag footer form group head header hidden id info input interest is item items key label last late left limit line list loan main min minimum money month name nav need next no num number order overdue owe page paid pay payment period plan plans pre price principal prod query quota rate remain remaining repay repayment result row rows section settle show span state statement status success sum summary tab table tabs tag td text th time title to total tr type un unpaid user value view wait wrap year button checkbox radio password text submit dialog main navigation row cell columnheader tablist tabpanel'.split(
    ' ',
  ),
);

export function structureReport(document: Document, url: URL): string {
  const lines = [`duly-structure 1`, `${url.protocol}//${url.hostname}${words(url.pathname)}`];
  let [seen, frames] = [0, 0];
  const walk = (node: Node, depth: number): void => {
    if (++seen > MOST_NODES || depth > DEEPEST) return;
    const indent = ' '.repeat(Math.min(depth, 20));
    if (node.nodeType === 3) {
      const text = mask((node as Text).data.replace(/\s+/g, ' ').trim());
      if (text) lines.push(`${indent}"${text}"`);
      return;
    }
    if (node.nodeType !== 1 && node.nodeType !== 11) return;
    let below = depth;
    if (node.nodeType === 1) {
      const element = node as Element;
      const tag = element.localName;
      if (SILENT.has(tag)) return;
      lines.push(indent + tagName(tag) + attributesOf(element) + keysOf(element));
      if (tag === 'script' || tag === 'textarea') return;
      if (tag === 'iframe' || tag === 'frame') {
        const inner = ++frames <= MOST_FRAMES && documentIn(element)?.body;
        if (inner) walk(inner, depth + 1);
        return;
      }
      if (element.shadowRoot) walk(element.shadowRoot, depth + 1);
      below = depth + 1;
    }
    for (let child = node.firstChild; child; child = child.nextSibling) walk(child, below);
  };
  if (document.body) walk(document.body, 0);
  return bounded(fold(lines));
}

/** Vocabulary stays, digits become 0, every other letter ×; signs stay, they tell how a value is written. */
function mask(text: string): string {
  let [masked, end] = ['', 0];
  for (const match of text.matchAll(KNOWN)) {
    masked += blind(text.slice(end, match.index)) + match[0].replace(/\p{N}/gu, '0');
    end = match.index + match[0].length;
  }
  masked += blind(text.slice(end));
  return masked.length > LONGEST_TEXT ? `${masked.slice(0, LONGEST_TEXT)}…` : masked;
}

function blind(text: string): string {
  return text.replace(/\p{N}/gu, '0').replace(/[^0\s¥￥.,，。:：;；()（）/*+\-–—~%|]/gu, '×');
}

function tagName(tag: string): string {
  return TAGS.has(tag) ? tag.replace(/\d/, '0') : words(tag);
}

/** A name of several parts (`billList-row_2`): known parts stay. */
function words(name: string): string {
  return name
    .slice(0, 120)
    .replace(/[A-Za-z]+|[^A-Za-z]/gu, (part) =>
      /^[A-Za-z]/.test(part)
        ? part.replace(/[A-Z]?[a-z]+|[A-Z]+/g, (word) => (FIELD_WORDS.has(word.toLowerCase()) ? word : '×'))
        : part.replace(/[^-_/.\s]/gu, (char) => (/\p{N}/u.test(char) ? '0' : '×')),
    );
}

function attributesOf(element: Element): string {
  const found = NAMING.flatMap((name) => {
    const value = element.getAttribute(name);
    return value ? [` ${name}=${words(value.replace(/\s+/g, ' '))}`] : [];
  });
  return found.join('');
}

/** The field names of JSON in a script or a field, and how deep they stand. */
function keysOf(element: Element): string {
  const text = element.localName === 'script' ? (element.textContent ?? '') : (element.getAttribute('value') ?? '');
  if (!/^\s*[{[]/.test(text) || text.length > 500_000) return '';
  try {
    const keys = new Set<string>();
    gather(JSON.parse(text), '', keys);
    return keys.size ? ` {${[...keys].join(' ')}}` : '';
  } catch {
    return ''; // not JSON: nothing of it is said
  }
}

function gather(value: unknown, path: string, keys: Set<string>): void {
  if (typeof value !== 'object' || value === null || keys.size >= MOST_KEYS || path.length > 120) return;
  if (Array.isArray(value)) {
    gather(value[0], `${path}[]`, keys);
    return;
  }
  for (const [key, below] of Object.entries(value)) {
    if (keys.size >= MOST_KEYS) return;
    const name = `${path}.${words(key)}`;
    keys.add(`${name}:${typeof below === 'object' ? '' : typeof below}`);
    gather(below, name, keys);
  }
}

/** A list of equal rows is told once. */
function fold(lines: readonly string[]): string {
  const folded: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const { length, times } = repetitionAt(lines, at);
    folded.push(...lines.slice(at, at + length));
    if (times > 1) folded.push(`(×${times})`);
    at += length * times;
  }
  return folded.join('\n');
}

const LONGEST_BLOCK = 40;

function repetitionAt(lines: readonly string[], at: number): { length: number; times: number } {
  for (let length = 1; length <= LONGEST_BLOCK; length++) {
    let times = 1;
    while (isSame(lines, at, at + times * length, length)) times++;
    if (times > 2) return { length, times };
  }
  return { length: 1, times: 1 };
}

function isSame(lines: readonly string[], a: number, b: number, length: number): boolean {
  if (b + length > lines.length) return false;
  for (let at = 0; at < length; at++) if (lines[a + at] !== lines[b + at]) return false;
  return true;
}

function bounded(text: string): string {
  const bytes = new TextEncoder();
  if (bytes.encode(text).length <= MOST_CHARS) return text;
  let end = Math.min(text.length, MOST_CHARS);
  while (bytes.encode(text.slice(0, end)).length > MOST_CHARS - 4) end -= 200;
  return `${text.slice(0, end)}\n…`;
}
