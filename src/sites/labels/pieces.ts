/** The text of a page in one pass over its nodes, cut where a person sees a cell or a line end. */

/** A cell or line. Texts of different inline nodes are divided by `BREAK`, so that a token finds its node again. */
export interface Piece {
  readonly text: string;
  readonly nodes: readonly Node[];
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly isTooLarge: boolean;
}

export const BREAK = '\u0001';

/** A bill page has some thousand nodes; a hostile one is given up at these bounds. */
const MAX_NODES = 600_000;
const MAX_CHARS = 6_000_000;
const MAX_DEPTH = 500;

const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'svg',
  'select',
  'textarea',
  'iframe',
  'object',
  'canvas',
  'math',
]);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

export function piecesOf(root: Node): Pieces {
  const pieces: Piece[] = [];
  const hosts: Element[] = [];
  let text = '';
  let nodes: Node[] = [];
  let isAfterText = false;
  let [seen, chars, depth] = [0, 0, 0];

  const cut = (): void => {
    if (nodes.length) pieces.push({ text, nodes });
    text = '';
    nodes = [];
    isAfterText = false;
  };
  const add = (node: Node, data: string): void => {
    text += nodes.length && !isAfterText ? BREAK + data : data;
    if (!nodes.length || !isAfterText) nodes.push(node);
    isAfterText = true;
  };
  const addLines = (node: Node, data: string): void => {
    const lines = data.split('\n');
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] as string;
      if (line.trim()) add(node, line);
      if (at < lines.length - 1 && nodes.length) cut();
    }
  };

  let node: Node | null = root;
  while (node) {
    if (++seen > MAX_NODES || chars > MAX_CHARS || depth > MAX_DEPTH) return { pieces, isTooLarge: true };
    let child: Node | null = null;
    if (node.nodeType === 3) {
      const data = (node as Text).data;
      chars += data.length;
      if (data.length < 300 && !data.includes('\n')) {
        if (data.trim()) add(node, data);
      } else addLines(node, data);
    } else if (node.nodeType === 1) {
      const element = node as Element;
      const name = element.localName;
      if (!SKIPPED.has(name) && !element.hasAttribute('hidden')) {
        if (!INLINE.has(name)) cut();
        isAfterText = false;
        const shadow: ShadowRoot | null = element.shadowRoot;
        if (shadow) hosts.push(element);
        child = shadow ? (shadow.firstChild ?? shadow) : element.firstChild;
      }
    }
    if (child && child.nodeType !== 11) {
      node = child;
      depth++;
      continue;
    }
    // Up and on: an element that ends cuts as one that begins; a shadow tree is followed by its host's own children.
    for (;;) {
      if (node === root) {
        cut();
        return { pieces, isTooLarge: false };
      }
      const next: Node | null = node.nextSibling;
      if (next) {
        if (node.nodeType === 1) leave(node as Element);
        node = next;
        break;
      }
      if (node.nodeType === 1) leave(node as Element);
      const parent: Node | null = node.parentNode;
      depth--;
      if (parent && parent.nodeType === 11 && hosts.length) {
        const host = hosts.pop() as Element;
        if (host.firstChild) {
          node = host.firstChild;
          depth++;
          break;
        }
        node = host;
      } else if (parent) node = parent;
      else {
        cut();
        return { pieces, isTooLarge: false };
      }
    }
  }
  return { pieces, isTooLarge: false };

  function leave(element: Element): void {
    if (INLINE.has(element.localName)) isAfterText = false;
    else cut();
  }
}
