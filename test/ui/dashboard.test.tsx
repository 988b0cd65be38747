// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { BudgetForm } from '../../src/ui/dashboard/budget-form.tsx';
import { Dashboard } from '../../src/ui/dashboard/dashboard.tsx';
import { at } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
afterEach(cleanup);

let drawn = 0;

function Form() {
  const [isOpen, setOpen] = useState(false);
  drawn += 1;
  return isOpen ? (
    <form>
      <input aria-label="名称" defaultValue="房租" />
      <input type="checkbox" aria-label="每月" />
    </form>
  ) : (
    <button type="button" onClick={() => setOpen(true)}>
      编辑
    </button>
  );
}

function open() {
  const page = (name: string, detail = '') => {
    const tab = { name, title: 'tabBills', Content: name === 'form' ? Form : () => <p>别的</p> };
    const props = { tab, detail, health: 'asking', words, now: at('2026-09-12 12:00'), view: { lastPassAt: null } };
    return <Dashboard {...(props as unknown as Parameters<typeof Dashboard>[0])} />;
  };
  const { rerender } = render(page('form'));
  fireEvent.click(screen.getByRole('button', { name: '编辑' }));
  return (name: string, detail?: string) => rerender(page(name, detail));
}

const field = () => screen.getByLabelText<HTMLInputElement>('名称');

/** What the browser does when the page is about to be closed: asked, or not. */
function closes(): boolean {
  return dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

it('the focus of a tab that goes out of sight goes to what stands around the next one', async () => {
  const show = open();
  screen.getByLabelText('每月').focus();
  show('other');
  await vi.waitFor(() => expect(document.activeElement?.localName).toBe('main'));
});

describe('what is half written', () => {
  it('stays while another tab is looked at, out of sight and without being drawn', () => {
    const show = open();
    fireEvent.input(field(), { target: { value: '房租九月' } });
    show('other');
    expect(screen.queryByRole('textbox')).toBeNull();
    const before = drawn;
    show('other');
    expect(drawn).toBe(before);
    show('form');
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('房租九月');
  });

  it('another detail of a tab is another start', () => {
    const show = open();
    show('form', 'another');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByRole('button', { name: '编辑' })).toBeTruthy();
  });

  it('is asked about before the page closes, and only then', () => {
    const show = open();
    expect(closes()).toBe(true);
    fireEvent.click(screen.getByLabelText('每月'));
    expect(closes()).toBe(true);
    fireEvent.input(field(), { target: { value: '房租九月' } });
    expect(closes()).toBe(false);
    show('other');
    expect(closes()).toBe(false);
    fireEvent.input(field(), { target: { value: '房租' } });
    expect(closes()).toBe(true);
  });
});

it('a field that appears later has its own label, however often the page was drawn', () => {
  const field = () => <BudgetForm budgetFen={null} words={words} ask={(async () => null) as never} />;
  const page = (name: string) => {
    const props = {
      tab: { name, title: 'tabBills', Content: field },
      health: 'asking',
      words,
      now: at('2026-09-12 12:00'),
      view: { lastPassAt: null },
    };
    return <Dashboard {...(props as unknown as Parameters<typeof Dashboard>[0])} />;
  };
  const { rerender } = render(page('one'));
  for (const name of ['one', 'one', 'two', 'two', 'two', 'three']) rerender(page(name));
  const ids = [...document.querySelectorAll('input')].map(({ id }) => id);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(3);
});
