// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileReport, GivenFile } from '../../src/app/import-file.ts';
import { readImportFile } from '../../src/app/import-file.ts';
import type { Bill } from '../../src/core/bill.ts';
import { planImport } from '../../src/core/import/plan.ts';
import { wordsIn } from '../../src/i18n/words.ts';
import { Dashboard, type DashboardProps } from '../../src/ui/dashboard/dashboard.tsx';
import { ImportPanel } from '../../src/ui/dashboard/import-panel.tsx';
import { TABS, type Tab } from '../../src/ui/dashboard/tabs.ts';
import { at, bill } from '../core/made-up.ts';
import { sayFrom } from '../i18n/say-from.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const now = at('2026-08-15 10:00');
const parseHtml = (html: string) => new DOMParser().parseFromString(html, 'text/html');
afterEach(cleanup);

function open({
  bills = [],
  readFile = (file: GivenFile): Promise<FileReport> => readImportFile(file, { now, parseHtml }),
  ask = vi.fn(async () => ({ id: 'i1', added: 1, changed: 0 })),
}: {
  bills?: Bill[];
  readFile?: (file: GivenFile) => Promise<FileReport>;
  ask?: ReturnType<typeof vi.fn>;
} = {}) {
  const view = { allBills: bills, lastPassAt: null };
  const props = { view, words, now, ask, readFile, openBills: () => {} } as unknown as DashboardProps;
  const at = (tab: Tab) => <Dashboard {...props} tab={tab} health="asking" />;
  const panel: Tab = { name: 'bills', title: 'tabBills', Content: ImportPanel };
  const { container, rerender } = render(at(panel));
  const lookElsewhere = () => {
    rerender(at({ ...TABS[1]!, Content: () => <p>日历</p> }));
    rerender(at(panel));
  };
  const drop = (...files: File[]) => {
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { files } });
    fireEvent(container.querySelector('.drop')!, event);
  };
  const files = () =>
    within(screen.getByRole('list', { name: '文件' }))
      .getAllByRole('listitem')
      .map((li) => li.textContent);
  return { ask, drop, files, lookElsewhere };
}

const csv = (name: string, text: string) => new File([text], name);

describe('importing files', () => {
  it('several at once: the broken one costs the others nothing, and nothing is written before the owner confirms', async () => {
    const { ask, drop, files } = open();
    drop(
      csv('a.csv', '标题,还款日,金额\n房租,2026-09-01,1234.5\n坏,2026-02-30,1\n'),
      csv('b.json', '{'),
      csv('c.csv', '标题,还款日,金额\n房租,2026-09-01,1234.5\n车贷,2026-09-05,88\n'),
    );
    const confirm = await screen.findByRole('button', { name: '导入 2 笔' });
    expect(files()).toEqual([
      'a.csv · 读到 1 笔，1 行没看懂。',
      'b.json · 不是有效的 JSON，可能没有存完整。',
      'c.csv · 读到 2 笔，0 行没看懂。',
    ]);
    expect(screen.getByText(/新增 2 笔，有变化 0 笔，没变化 1 笔，没看懂 1 行/)).toBeTruthy();
    expect(screen.getByText(/还款日没看懂/)).toBeTruthy();
    expect(ask).not.toHaveBeenCalled();
    fireEvent.click(confirm);
    await screen.findByText('已导入 1 笔（新增 1，更新 0）。');
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask.mock.calls[0]?.[0]).toMatchObject({
      do: 'import',
      bills: [{ title: '房租', remainingFen: 123450 }, { title: '车贷' }],
    });
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says across a refused row why it was refused, and what stood there', async () => {
    const { drop } = open();
    drop(csv('a.csv', '标题,还款日,金额\n房租,2026-09-01,很多\n车贷,2026-09-05,88\n'));
    await screen.findByRole('button', { name: '导入 1 笔' });
    const refused = screen.getByRole('row', { name: /a\.csv 第 2 行/ });
    const [, why] = within(refused).getAllByRole('cell') as HTMLTableCellElement[];
    expect([why?.colSpan, why?.textContent]).toEqual([3, '金额没看懂。写成 1234.50 这样，最多两位小数。很多']);
  });

  it('leaves out what is long past and what a page already shows, until the owner ticks it', async () => {
    const shown = bill({ dueDay: '2026-09-01' as Bill['dueDay'], remainingFen: 100 as Bill['remainingFen'] });
    const { ask, drop } = open({ bills: [shown] });
    drop(csv('a.csv', '标题,还款日,金额\n同一笔,2026-09-01,1\n旧,2026-05-01,1\n新,2026-09-02,1\n'));
    await screen.findByRole('button', { name: '导入 1 笔' });
    fireEvent.click(screen.getByRole('checkbox', { name: '导入“旧”' }));
    fireEvent.click(await screen.findByRole('button', { name: '导入 2 笔' }));
    await waitFor(() => expect(ask).toHaveBeenCalled());
    expect(ask.mock.calls[0]?.[0].bills.map(({ title }: Bill) => title)).toEqual(['旧', '新']);
  });

  it('says what a later mail corrects, what an earlier one does not, and where nobody can tell', async () => {
    const mail = (name: string, card: string, owed: string, day: number): File =>
      new File(
        [
          `From: <a@message.cmbchina.com>\r\nSubject: 电子账单\r\nDate: ${day} Aug 2026 08:00:00 +0800\r\n`,
          'Content-Type: text/html; charset=utf-8\r\n\r\n',
          `<p>${card}</p><p>账单日 2026-08-11</p><p>到期还款日 2026-09-01</p><p>本期应还款额 ${owed}</p>`,
        ],
        name,
      );
    const results = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.lastElementChild?.textContent);
    const first = open();
    const tail = '尾号1234';
    first.drop(
      mail('a.eml', tail, '100.00', 12),
      mail('b.eml', tail, '250.00', 14),
      mail('c.eml', tail, '100.00', 12),
      mail('d.eml', '尊敬的客户', '80.00', 14),
      mail('e.eml', '尊敬的客户', '250.00', 14),
    );
    const confirm = await screen.findByRole('button', { name: '导入 3 笔' });
    expect(results()).toEqual([
      '新增',
      '有变化更正：这封邮件较新，应还金额 ¥100.00 → ¥250.00。',
      '没变化这封邮件较早，已有更新的一封，金额不改。',
      '新增同一家、同一期已有一笔账单，分不清这是更正还是另一张卡，所以两笔都记。如果是同一笔，请删掉多的那笔。',
      '新增已有同一天、同金额的账单，可能是同一笔，默认不导入。',
    ]);
    fireEvent.click(confirm);
    await waitFor(() => expect(first.ask).toHaveBeenCalled());
    const [stored] = planImport(first.ask.mock.calls[0]?.[0].bills.slice(0, 1), [], now);
    cleanup();
    open({ bills: [{ ...stored!.bill, owner: { paidAt: now } }] }).drop(mail('b.eml', tail, '250.00', 14));
    await screen.findByRole('button', { name: '导入 1 笔' });
    expect(results()[0]).toContain('这笔你标过已还款，现在要还的更多：导入后会取消“已还款”，重新提醒。');
  });

  it('stops between files when asked to', async () => {
    let release: () => void = () => {};
    const { drop, files } = open({
      readFile: ({ name }) =>
        new Promise((resolve) => {
          release = () => resolve({ name, kind: 'refused', code: 'empty' });
        }),
    });
    drop(csv('a.csv', ''), csv('b.csv', ''), csv('c.csv', ''));
    await screen.findByText(/已读 0 \/ 3/);
    await new Promise((resolve) => setTimeout(resolve, 5));
    fireEvent.click(screen.getByRole('button', { name: '停止' }));
    release();
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(files()).toEqual(['a', 'b', 'c'].map((name) => `${name}.csv · 已停止，没有读取`));
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('keeps the preview when the background does not answer', async () => {
    const { drop } = open({ ask: vi.fn(async () => Promise.reject(new Error('no receiver'))) });
    drop(csv('a.csv', '标题,还款日\n房租,2026-09-01\n'));
    fireEvent.click(await screen.findByRole('button', { name: '导入 1 笔' }));
    await screen.findByText(/什么都没有写入/);
    expect(screen.getByRole('button', { name: '导入 1 笔' })).toBeTruthy();
  });

  it('ten thousand rows are counted whole and shown in steps', async () => {
    const { drop } = open();
    const rows = Array.from({ length: 10_000 }, (_, n) => `第${n}笔,2026-09-01,${n + 1}`);
    drop(csv('a.csv', `标题,还款日,金额\n${rows.join('\n')}`));
    await screen.findByRole('button', { name: '导入 10000 笔' }, { timeout: 10_000 });
    expect(screen.getAllByRole('row')).toHaveLength(101);
  });
});

describe('an import that was confirmed', () => {
  type Answer = { readonly undone: number; readonly kept: number } | null;
  const imported = async (
    undone: () => Promise<Answer>,
    counts = { id: 'i1' as string | null, added: 2, changed: 1 },
  ) => {
    const ask = vi.fn(async (message: { do: string }) => (message.do === 'import' ? counts : undone()));
    const { drop, lookElsewhere } = open({ ask });
    drop(csv('a.csv', '标题,还款日\n房租,2026-09-01\n'));
    press(await screen.findByRole('button', { name: '导入 1 笔' }));
    return { ask, drop, lookElsewhere, bar: await screen.findByText(/^已导入/).then((said) => said.closest('p')!) };
  };
  const press = (button: HTMLElement): void => {
    button.focus();
    fireEvent.click(button);
  };
  const undoButton = () => screen.queryByRole('button', { name: '撤销' });

  it('is taken back from a bar that has the focus, and says what stayed', async () => {
    const { ask, bar } = await imported(async () => ({ undone: 2, kept: 1 }));
    expect(bar.textContent).toContain('已导入 3 笔（新增 2，更新 1）。');
    expect(bar.getAttribute('role')).toBe('status');
    expect(document.activeElement).toBe(bar);
    press(undoButton()!);
    expect(undoButton()).toBeNull();
    await screen.findByText('已撤销导入，2 笔恢复原样；1 笔导入后又改过，没有动。');
    expect(ask.mock.calls.slice(1)).toEqual([[{ do: 'undo-import', id: 'i1' }]]);
    expect(undoButton()).toBeNull();
    expect(document.activeElement?.textContent).toContain('已撤销导入');
    press(screen.getByRole('button', { name: '关闭' }));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('导入账单'));
    expect(document.activeElement).not.toBe(document.body);
  });

  it('takes no focus from where it was moved to meanwhile', async () => {
    let answer: (undone: Answer) => void = () => {};
    await imported(() => new Promise((resolve) => (answer = resolve)));
    press(undoButton()!);
    const choose = screen.getByRole('button', { name: '选择文件' });
    choose.focus();
    answer({ undone: 3, kept: 0 });
    await screen.findByText('已撤销导入，3 笔恢复原样。');
    expect(document.activeElement).toBe(choose);
  });

  it('is offered again when the background does not answer, and no more when it is not the last one', async () => {
    let answer: () => Promise<Answer> = () => Promise.reject(new Error('no receiver'));
    await imported(() => answer());
    press(undoButton()!);
    await screen.findByText('没有撤销成功，请再试一次。');
    answer = async () => null;
    press(undoButton()!);
    expect((await screen.findByRole('alert')).textContent).toContain('之后又导入过别的文件');
    expect(undoButton()).toBeNull();
  });

  it('is taken back after a look at another tab, and with other files chosen', async () => {
    const { ask, drop, lookElsewhere } = await imported(async () => ({ undone: 3, kept: 0 }));
    lookElsewhere();
    drop(csv('b.csv', '标题,还款日\n车贷,2026-09-05\n'));
    await screen.findByRole('button', { name: '导入 1 笔' });
    press(undoButton()!);
    lookElsewhere();
    await screen.findByText('已撤销导入，3 笔恢复原样。');
    expect(ask.mock.calls.slice(1)).toEqual([[{ do: 'undo-import', id: 'i1' }]]);
  });

  it('that changed nothing has nothing to take back', async () => {
    const { bar } = await imported(async () => null, { id: null, added: 0, changed: 0 });
    expect(bar.textContent).toContain('已导入 0 笔');
    expect(undoButton()).toBeNull();
  });
});
