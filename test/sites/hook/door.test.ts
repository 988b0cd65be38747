import { expect, test } from 'vitest';
import { openDoor } from '../../../src/sites/hook/door.ts';

/** A document of which the test says how far the parser is. */
function parsing(more: Record<string, unknown> = {}) {
  let notice = (): void => {};
  const document = { readyState: 'loading', contentType: 'text/html', head: null, body: null, ...more };
  class Observer {
    constructor(onChange: () => void) {
      notice = onChange;
    }
    observe(): void {}
    disconnect(): void {
      notice = () => {};
    }
  }
  let closed = 0;
  const door = openDoor(document as never, Observer as never, () => closed++);
  return { document, ...door, notice: () => notice(), closed: () => closed };
}

test('open before the parser has made anything, and for a style that another extension put in', () => {
  const page = parsing();
  page.notice();
  expect(page.isOpen()).toBe(true);
  expect(page.closed()).toBe(0);
});

test('closed with the first element of the page, and for ever, whatever is taken out again', () => {
  const page = parsing();
  Object.assign(page.document, { head: {} });
  page.notice();
  Object.assign(page.document, { head: null });
  expect(page.isOpen()).toBe(false);
  expect(page.closed()).toBe(1);
});

test('closed once the channel is handed over: nothing more is asked of the page', () => {
  const page = parsing();
  page.close();
  page.close();
  expect(page.isOpen()).toBe(false);
  expect(page.closed()).toBe(1);
});

test.each([
  { readyState: 'interactive' },
  { readyState: 'complete' },
  { body: {} },
  { head: {} },
  { contentType: 'image/svg+xml' },
])('never open on a document that has begun or is no HTML: %j', (more) => {
  const page = parsing(more);
  expect(page.isOpen()).toBe(false);
  expect(page.closed()).toBe(1);
});
