// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { pageOfBody } from '../../src/sites/taught/spots.ts';
import { candidatesFor, recipeFrom, tryRecipe } from '../../src/sites/taught/teach.ts';
import type { Choice, Picked, Step } from '../../src/ui/teach/choice.ts';
import { Teach } from '../../src/ui/teach/teach.tsx';
import { sayFrom } from '../i18n/say-from.ts';
import { documentOf, PAGE_URL, TODAY } from '../sites/taught/made-up.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
afterEach(cleanup);

const PAGE = `<p><span>划扣日期</span><b>2026-09-14</b></p><p><span>本次要还</span><b>386.20</b></p>
<p><span>最少还</span><b>50.00</b></p><p>2026-09-20</p><hr><p>77.00</p>`;

function open({ html = PAGE, save = vi.fn(async () => true) } = {}) {
  const document = documentOf(html);
  const page = pageOfBody(document.body, TODAY)!;
  const close = vi.fn();
  const spots = new Map<Choice, (typeof page.spots)[number]>();
  const choices = (step: Step): Choice[] =>
    candidatesFor(page, step).map(({ spot, words: near }) => {
      const choice: Choice = {
        key: `${spot.line}`,
        value: spot.value,
        words: near,
        // One line of the page is ten units high.
        box: () => ({ left: 0, top: spot.line * 10, width: 100, height: 4 }),
        isIn: () => false,
        scrollTo: () => {},
      };
      spots.set(choice, spot);
      return choice;
    });
  const attempt = ({ dueDay, remaining, minimum }: Picked) => {
    const picks = {
      dueDay: spots.get(dueDay!)!,
      remaining: spots.get(remaining!)!,
      minimum: minimum ? spots.get(minimum)! : null,
    };
    const recipe = recipeFrom(page, PAGE_URL, 'x', picks);
    return recipe && { recipe, bills: tryRecipe(document, recipe, picks, TODAY) };
  };
  const under = () => window.document.body;
  const { container } = render(
    <Teach words={words} title="行云贷" choices={choices} attempt={attempt} under={under} save={save} close={close} />,
  );
  return { close, save, container, shield: () => container.querySelector('.shield')! };
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('the teaching overlay', () => {
  it('goes through three steps by its buttons, shows back what it read, and saves the recipe', async () => {
    const { save } = open();
    expect(screen.getByRole('heading').textContent).toBe('第 1 步，共 3 步请点一下最后还款日');
    expect(document.activeElement?.textContent).toContain('2026年9月14日（周一）');
    press(/2026年9月14日/);
    press(/¥386\.20/);
    press(/¥50\.00/);
    await screen.findByText('读到：最后还款日 2026年9月14日（周一），剩余应还 ¥386.20，最低还款 ¥50.00');
    fireEvent.input(screen.getByLabelText('这些账单叫什么'), { target: { value: '行云贷每月' } });
    press('保存');
    await screen.findByText('记住了。以后打开这一页，账单会自动读。');
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ title: '行云贷每月', pathPattern: '/account/repay' }));
    expect(JSON.stringify(save.mock.calls[0])).not.toMatch(/386|50\.00|2026/);
  });
  it('takes what is pointed at on the page, and says when that is no date', () => {
    const { shield } = open();
    fireEvent.click(shield(), { clientX: 50, clientY: 500 });
    expect(screen.getByRole('alert').textContent).toBe('点到的地方没有能认出的日期。');
    fireEvent.click(shield(), { clientX: 50, clientY: 1 });
    expect(screen.getByRole('heading').textContent).toContain('请点一下还要还的金额');
    fireEvent.click(shield(), { clientX: 50, clientY: 500 });
    expect(screen.getByRole('alert').textContent).toBe('点到的地方没有能认出的金额。');
  });
  it('refuses a value that has no words beside it', () => {
    open({ html: '<p>2026-09-20</p><p>77.00</p>' });
    press(/2026年9月20日/);
    expect(screen.getByRole('alert').textContent).toBe('它旁边没有文字说明，下次认不出来。请点别的地方。');
  });
  it('skips the minimum, and begins again', async () => {
    open();
    press(/2026年9月14日/);
    press(/¥386\.20/);
    press('跳过');
    await screen.findByText('读到：最后还款日 2026年9月14日（周一），剩余应还 ¥386.20');
    press('重新指');
    expect(screen.getByRole('heading').textContent).toContain('请点一下最后还款日');
  });
  it('says that it was not saved, and can be left at any time', async () => {
    const { close } = open({ save: vi.fn(async () => false) });
    press(/2026年9月14日/);
    press(/¥386\.20/);
    press('跳过');
    press('保存');
    await screen.findByText('没有存上。请退出，再教一次。');
    press('退出');
    expect(close).toHaveBeenCalledOnce();
  });
  it('says so when the page has no date', () => {
    open({ html: '<p>加载中</p>' });
    expect(screen.getByText(/这一页上还没有找到日期/)).toBeTruthy();
  });
});
