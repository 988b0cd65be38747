/** Ways in which a page changes without our doing. Cosmetic ones change nothing a person would call a change of the bill. */
import { halfWidth } from '../../src/core/money.ts';

/** What a mutant is made of: an HTML document, or none, and the bodies of its responses. */
export interface Material {
  readonly document: Document | null;
  readonly bodies: string[];
}

export interface Mutation {
  readonly kind: string;
  /** Picks the place. */
  readonly at: number;
  /** Picks among variants. */
  readonly how: number;
}

type Mutate = (material: Material, at: number, how: number) => void;

const SKIPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE', 'HEAD']);

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list.length ? list[at % list.length] : undefined;
}

function elementsOf({ document }: Material): Element[] {
  return document ? [...document.body.querySelectorAll('*')].filter((element) => !SKIPPED.has(element.tagName)) : [];
}

export function textsOf(root: Node, found: Text[] = []): Text[] {
  for (const node of [...root.childNodes]) {
    if (node.nodeType === 3 && node.textContent?.trim()) found.push(node as Text);
    else if (node.nodeType === 1 && !SKIPPED.has((node as Element).tagName)) textsOf(node, found);
  }
  return found;
}

function textOf({ document }: Material, at: number): Text | undefined {
  return document ? pick(textsOf(document.body), at) : undefined;
}

const FULL_WIDTH = (text: string): string =>
  text.replace(/[0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

const DATE = /(?<!\d)(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?!\d)/g;
const DATE_FORMS: ((y: string, m: string, d: string) => string)[] = [
  (y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
  (y, m, d) => `${y}/${m.padStart(2, '0')}/${d.padStart(2, '0')}`,
  (y, m, d) => `${y}/${Number(m)}/${Number(d)}`,
  (y, m, d) => `${y}.${m.padStart(2, '0')}.${d.padStart(2, '0')}`,
  (y, m, d) => `${y}年${Number(m)}月${Number(d)}日`,
  (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
];

function translated(text: string, how: number): string {
  const form = pick(DATE_FORMS, how) as (typeof DATE_FORMS)[number];
  return text.replace(DATE, (_all, y: string, m: string, d: string) => form(y, m, d));
}

/** Between table rows or cells only what HTML allows there stays where it was put. */
function isFree(element: Element): boolean {
  return !/^(?:TABLE|THEAD|TBODY|TR|DL|UL|OL)$/.test(element.tagName);
}

const ADS = ['限时优惠', '新人立减券', '猜你喜欢', '下载客户端'];

export const COSMETIC: Record<string, Mutate> = {
  rename: (material) => {
    elementsOf(material).forEach((element, n) => {
      if (element.id && element.id !== 'assetsAggregated') element.id = `x${n}`;
      if (element.className && element.className !== 'nickname') element.className = `k${n % 7} sc-${n}`;
    });
  },
  wrap: (material, at, how) => {
    const text = textOf(material, at);
    if (!text) return;
    const wrapper = (material.document as Document).createElement(pick(['span', 'b', 'em', 'font'], how) as string);
    text.replaceWith(wrapper);
    wrapper.append(text);
  },
  'wrap-block': (material, at) => {
    const element = pick(
      elementsOf(material).filter(({ parentElement }) => parentElement && isFree(parentElement)),
      at,
    );
    if (!element || /^(?:TD|TH|TR|LI|DT|DD|B|I|EM|SPAN)$/.test(element.tagName)) return;
    const wrapper = (material.document as Document).createElement('div');
    element.replaceWith(wrapper);
    wrapper.append(element);
  },
  script: (material, at) => {
    const element = pick(elementsOf(material), at);
    const script = material.document?.createElement('script');
    if (!element || !script) return;
    script.textContent = 'var due = "最后还款日 2026-01-01", left = "剩余应还 1.00元";';
    element.before(script);
  },
  advertise: (material, at, how) => {
    const body = material.document?.body;
    if (!body) return;
    const ad = (material.document as Document).createElement('div');
    ad.textContent = pick(ADS, how) as string;
    if (at % 2) body.prepend(ad);
    else body.append(ad);
  },
  space: (material, at, how) => {
    const text = textOf(material, at);
    if (text)
      text.data = pick(
        [` ${text.data} `, `\n   ${text.data}\n`, `\u00a0${text.data}`, `\u3000${text.data}`],
        how,
      ) as string;
  },
  'full-width': (material, at) => {
    const text = textOf(material, at);
    if (text) text.data = FULL_WIDTH(text.data);
  },
  dates: (material, _at, how) => {
    if (material.document) for (const text of textsOf(material.document.body)) text.data = translated(text.data, how);
    material.bodies.forEach((body, n) => {
      material.bodies[n] = body.replace(
        /"(\d{4}-\d\d-\d\d)([^"]*)"/g,
        (_all, day: string, clock: string) => `"${translated(day, how)}${clock}"`,
      );
    });
  },
  comment: (material, at) => {
    const text = textOf(material, at);
    if (text) text.before((material.document as Document).createComment('react'));
  },
};

function droppedField(body: string, at: number, how: number): string {
  const fields = [...body.matchAll(/"(\w+)": ?("[^"]*"|-?[\d.]+|null|true|false)(,?)/g)];
  const field = pick(fields, at);
  if (field?.index === undefined) return body;
  const [all, name] = field;
  const value = pick(['null', '""', '"--"', '"**.**"'], how) as string;
  return `${body.slice(0, field.index)}"${name}":${value}${field[3]}${body.slice(field.index + all.length)}`;
}

/** Information is lost. */
export const LOSSY: Record<string, Mutate> = {
  'drop-element': (material, at) => pick(elementsOf(material), at)?.remove(),
  'drop-text': (material, at) => textOf(material, at)?.remove(),
  hide: (material, at, how) => {
    const text = textOf(material, at);
    if (text) text.data = text.data.replace(/\d[\d.,]*/, pick(['****', '**.**', '--', ''], how) as string);
  },
  'drop-field': (material, at, how) => {
    const n = at % Math.max(1, material.bodies.length);
    const body = material.bodies[n];
    if (body !== undefined)
      material.bodies[n] = droppedField(body, Math.floor(at / Math.max(1, material.bodies.length)), how);
  },
  'drop-response': (material, at) => {
    if (material.bodies.length) material.bodies[at % material.bodies.length] = '';
  },
  cut: (material, at, how) => {
    const n = at % Math.max(1, material.bodies.length);
    const body = material.bodies[n];
    if (body) material.bodies[n] = body.slice(0, how % body.length);
  },
};

/** Things stand elsewhere, or where they should not. Nothing may be made up of them. */
export const ROUGH: Record<string, Mutate> = {
  reorder: (material, at) => {
    const element = pick(elementsOf(material), at);
    const next = element?.nextElementSibling;
    if (element && next) element.before(next);
  },
  'advertise-anywhere': (material, at, how) => {
    const element = pick(elementsOf(material), at);
    const ad = material.document?.createElement('div');
    if (!element || !ad) return;
    ad.textContent = `${pick(ADS, how)} 立减5.00元`;
    element.after(ad);
  },
  'bare-amount': (material, at) => {
    const element = pick(elementsOf(material), at);
    const extra = material.document?.createElement('p');
    if (!element || !extra) return;
    extra.textContent = '77.70';
    element.after(extra);
  },
  unspace: (material, at) => {
    const text = textOf(material, at);
    if (text) text.data = text.data.replace(/\s+/g, '');
  },
};

const FIGURE = /\d(?:[\d,.年月/-]*[\d日])?/g;

/** Where a figure is cut: at a point, before a group of digits, anywhere, or between any two of its signs. */
function cuts(figure: string, at: number, how: number): number[] {
  const places = Array.from({ length: figure.length - 1 }, (_, place) => place + 1);
  const isPoint = (sign: string | undefined): boolean => sign !== undefined && /\D/.test(sign);
  const points = places.filter((place) => isPoint(figure[place]) || isPoint(figure[place - 1]));
  const groups = places.filter((place) => /^\d{3}(?!\d)/.test(figure.slice(place)));
  const sets = [points, groups, places.filter((place) => place % 3 === at % 3), places];
  return (pick(sets, how) as number[]).filter((place) => how % 3 || place === pick(places, at));
}

/** A figure stands in several elements. Nothing is lost for a person who looks at the page. */
export const SPLIT: Record<string, Mutate> = Object.fromEntries(
  [['b'], ['span', ''], ['div'], ['li'], ['b', 'div'], ['', 'div'], ['div', '']].map((tags) => [
    `split-${tags.join('-')}`,
    ({ document }: Material, at: number, how: number): void => {
      const text =
        document &&
        pick(
          textsOf(document.body).filter(({ data }) => /\d{2}/.test(data)),
          at,
        );
      const figure =
        text &&
        pick(
          [...text.data.matchAll(FIGURE)].filter(([{ length }]) => length > 1),
          at,
        );
      if (!text || !figure) return;
      const places = cuts(figure[0], at, how);
      const parts = [0, ...places].map((place, n) => figure[0].slice(place, places[n]));
      const inElement = (part: string, n: number): Node => {
        const tag = tags[n % tags.length];
        const node = document.createTextNode(part);
        if (!tag) return node;
        const element = document.createElement(tag);
        element.append(node);
        return element;
      };
      const end = figure.index + figure[0].length;
      text.replaceWith(text.data.slice(0, figure.index), ...parts.map(inElement), text.data.slice(end));
    },
  ]),
);

export const ALL: Record<string, Mutate> = { ...COSMETIC, ...LOSSY, ...ROUGH, ...SPLIT };

/** Everything on the mutant that could be an amount or a day: the page's text with and without its breaks, and its answers. */
export function seenOn({ document, bodies }: Material): string {
  const own = document ? textsOf(document.body).map(({ data }) => data.trim()) : [];
  // An amount may be split over two texts, or three: `￥`, `386`, `.20`.
  const texts = [
    own.join(' '),
    ...own.map((text, at) => text + (own[at + 1] ?? '')),
    ...own.map((text, at) => text + (own[at + 1] ?? '') + (own[at + 2] ?? '')),
  ];
  const embedded = document?.getElementById('assetsAggregated')?.getAttribute('value') ?? '';
  return halfWidth([...texts, embedded, ...bodies].join(' \n '));
}
