// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, expect, it } from 'vitest';
import { useKeptFocus } from '../../src/ui/parts/kept-focus.ts';

afterEach(cleanup);

function Page() {
  useKeptFocus();
  const [isDone, setDone] = useState(false);
  const [isOpen, setOpen] = useState(true);
  return (
    <main>
      <button type="button">上面</button>
      <p class="acts">
        {isDone ? (
          <button type="button" key="undo" onClick={() => setDone(false)}>
            撤销
          </button>
        ) : (
          <button type="button" key="do" onClick={() => setDone(true)}>
            没收到
          </button>
        )}
      </p>
      <section aria-label="导入">
        {isOpen ? (
          <form key="form">
            <button type="button" onClick={() => setOpen(false)}>
              导入
            </button>
          </form>
        ) : (
          <p key="said">已导入</p>
        )}
      </section>
    </main>
  );
}

function press(name: string): void {
  const button = screen.getByRole('button', { name });
  button.focus();
  fireEvent.click(button);
}

it('a button that became another one passes the focus on to it', async () => {
  render(<Page />);
  press('没收到');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('撤销'));
});

function Listed() {
  useKeptFocus();
  const [isPaid, setPaid] = useState(false);
  return (
    <main>
      <button type="button">上面</button>
      <ul>
        <li>
          {!isPaid && (
            <button type="button" onClick={() => setPaid(true)}>
              已还款
            </button>
          )}
          <button type="button">删除</button>
        </li>
      </ul>
      {isPaid && (
        <p class="bar undo">
          <button type="button" onClick={() => setPaid(false)}>
            撤销
          </button>
        </p>
      )}
    </main>
  );
}

it('a bar that was answered gives the focus back to the row it spoke of', async () => {
  render(<Listed />);
  press('已还款');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('删除'));
  press('撤销');
  await waitFor(() => expect(document.activeElement?.tagName).toBe('LI'));
});

it('what closed after it was sent leaves the focus where it stood', async () => {
  render(<Page />);
  press('导入');
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('导入'));
});

it('a focus that was taken away on purpose does not come back', async () => {
  render(<Page />);
  const button = screen.getByRole('button', { name: '没收到' });
  button.focus();
  button.blur();
  await Promise.resolve();
  fireEvent.click(button);
  await screen.findByRole('button', { name: '撤销' });
  expect(document.activeElement).toBe(document.body);
});

it('where nothing was focused, nothing is', async () => {
  render(<Page />);
  fireEvent.click(screen.getByRole('button', { name: '没收到' }));
  await screen.findByRole('button', { name: '撤销' });
  expect(document.activeElement).toBe(document.body);
});
