// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wordsIn } from '../../src/i18n/words.ts';
import { BackupPanel } from '../../src/ui/dashboard/backup-panel.tsx';
import { RestorePanel } from '../../src/ui/dashboard/restore-panel.tsx';
import { openBackups } from '../../src/wire/backup.ts';
import { sayFrom } from '../i18n/say-from.ts';
import { emptyDatabase, fill, NOW, named, SECRET, type World } from '../storage/full-database.ts';

const words = wordsIn(sayFrom('zh_CN'), 'zh-CN', 'Asia/Shanghai');
const PASSPHRASE = '一句够长的口令abcdef';
let saved: { name: string; text: Promise<string> }[] = [];

beforeEach(() => {
  saved = [];
  let last: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    last = blob as Blob;
    return 'blob:made-up';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: last!.text() });
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** `load`: what stands between a click and the code of backups. */
function open(world: World, load: () => Promise<void> = async () => undefined) {
  const ask = vi.fn(async () => ({ ok: true }));
  const backups = openBackups(ask as never, { db: world.db, now: () => NOW + 1 });
  const props = { words, now: NOW, ask, openBackups: () => load().then(() => backups) } as unknown as Parameters<
    typeof BackupPanel
  >[0];
  const { container } = render(
    <>
      <BackupPanel {...props} />
      <RestorePanel {...props} />
    </>,
  );
  const drop = (text: string): void => {
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { files: [new File([text], 'backup.json')] } });
    fireEvent(container.querySelector('.drop')!, event);
  };
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  return { ask, drop, press, container };
}

/** Exports as the owner does, and gives the file. */
async function exported(world: World, passphrase?: string): Promise<string> {
  const { press } = open(world);
  if (passphrase !== undefined) {
    fireEvent.click(screen.getByRole('checkbox', { name: /包括渠道密钥/ }));
    fireEvent.input(screen.getByLabelText(/口令，至少 12 个字符/), { target: { value: passphrase } });
  }
  press('导出备份');
  await screen.findByText('已保存 duly-备份-2026-09-12.json。', {}, { timeout: 10_000 });
  const text = await saved.at(-1)!.text;
  cleanup();
  return text;
}

async function full(): Promise<World> {
  const world = emptyDatabase();
  await fill(world);
  return world;
}

describe('backup in the settings', () => {
  it('goes out, shows what it would change, comes in, and is undone', async () => {
    const text = await exported(await full());
    expect(text).not.toContain(SECRET);
    const b = emptyDatabase();
    await b.store.rewriteBills(() => ({ put: [named('of-b')] }));
    const { ask, drop, press } = open(b);
    drop(text);
    await screen.findByText(/新增 9 笔，有变化 0 笔，没变化 0 笔；只在这里有的 1 笔/);
    expect(screen.getByText(/要重新填密钥并测试：手机、/)).toBeTruthy();
    expect(await b.store.allBills()).toHaveLength(1);
    press('导入');
    await screen.findByText('已导入：新增 9 笔，更新 0 笔。');
    expect(ask).toHaveBeenCalledWith({ do: 'check' });
    expect(await b.store.allBills()).toHaveLength(10);
    press('撤销这次导入');
    await screen.findByText('已撤销，恢复到导入前的样子。');
    expect((await b.store.allBills()).map(({ id }) => id)).toEqual([named('of-b').id]);
  });

  it('everything is replaced only after a tick, and the present state is saved first', async () => {
    const text = await exported(await full());
    const b = emptyDatabase();
    await b.store.rewriteBills(() => ({ put: [named('of-b')] }));
    const { drop, press } = open(b);
    drop(text);
    fireEvent.click(await screen.findByRole('radio', { name: '替换全部' }));
    const button = screen.getByRole<HTMLButtonElement>('button', { name: '替换全部' });
    expect(button.disabled).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: /我确认用备份替换全部内容；只在这里有的 1 笔/ }));
    press('替换全部');
    await screen.findByText(/已导入：新增 9 笔/);
    expect(saved.at(-1)!.name).toBe('duly-替换前-2026-09-12.json');
    expect(await saved.at(-1)!.text).toContain('of-b');
    expect(await b.store.allBills()).toHaveLength(9);
  });

  it('keys go sealed; a wrong passphrase is said to be wrong, and the file can be taken without them', async () => {
    const a = await full();
    const { container } = open(a);
    fireEvent.click(screen.getByRole('checkbox', { name: /包括渠道密钥/ }));
    fireEvent.input(screen.getByLabelText(/口令，至少/), { target: { value: 'short' } });
    expect(screen.getByText(/口令太短/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '导出备份' }).disabled).toBe(true);
    expect(container.querySelectorAll('input[type=password]')).toHaveLength(1);
    cleanup();
    const text = await exported(a, PASSPHRASE);
    expect(text).not.toContain(SECRET);
    const b = emptyDatabase();
    const { drop, press } = open(b);
    drop(text);
    fireEvent.input(await screen.findByLabelText('口令'), { target: { value: `${PASSPHRASE}!` } });
    press('解开');
    await screen.findByText('口令不对；文件本身是完整的。', {}, { timeout: 10_000 });
    fireEvent.input(screen.getByLabelText('口令'), { target: { value: PASSPHRASE } });
    press('解开');
    await screen.findByText(/新增 9 笔/, {}, { timeout: 10_000 });
    expect(screen.queryByText(/要重新填密钥/)).toBeNull();
    press('导入');
    await screen.findByText(/已导入/);
    expect((await b.store.channels()).list[0]?.values).toEqual({ key: SECRET });
  });

  it('code that did not load is said, and the next click tries again', async () => {
    const text = await exported(await full());
    const load = vi.fn(async () => undefined);
    const fail = () => load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    const { drop, press } = open(emptyDatabase(), load);
    const notImported = '没有导入成功，什么都没有写入。请再试一次。';
    fail();
    drop(text);
    await screen.findByText(notImported);
    expect(screen.queryByText('正在处理…')).toBeNull();
    drop(text);
    await screen.findByText(/新增 9 笔/);
    fail();
    press('导入');
    await screen.findByText(notImported);
    drop(text);
    await screen.findByText(/新增 9 笔/);
    press('导入');
    await screen.findByText(/已导入/);
    fail();
    press('撤销这次导入');
    await screen.findByText(/^没有撤销成功/);
  });

  it.each([
    ['{', '这不是 JSON 文件。什么都没有改动。'],
    ['{"format":"duly-backup","version":1,"bills":[', /备份不完整/],
    ['{"format":"duly-backup","version":9}', /来自更新版本的 Duly/],
    ['{"bills":[]}', /这不是 Duly 的备份/],
  ])('%s is refused in words', async (text, said) => {
    const { drop } = open(emptyDatabase());
    drop(text);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(said));
  });
});
