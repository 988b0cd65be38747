/** Every diary beside this file, played through the real pass, against the lines that the design promises. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';
import { parseScenario, ScenarioError } from './scenario.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const names = readdirSync(HERE)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort();

const expectedOf = (name: string): string[] =>
  readFileSync(join(HERE, `${name}.expected.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean);

describe('a diary', () => {
  it('has its expected lines beside it, and there are forty of them', () => {
    const expected = readdirSync(HERE).filter((file) => file.endsWith('.expected.jsonl'));
    expect(expected.map((file) => file.slice(0, -'.expected.jsonl'.length)).sort()).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(names)('%s', async (name) => {
    const { notices } = await play(parseScenario(JSON.parse(readFileSync(join(HERE, `${name}.json`), 'utf8'))));
    expect(notices.map((notice) => JSON.stringify(notice))).toEqual(expectedOf(name));
  });
});

describe('the plan program', () => {
  const plan = (...args: string[]) =>
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'scripts/plan.ts'), ...args], {
      encoding: 'utf8',
      cwd: ROOT,
    });

  it.each(['slept-through-the-due-day', 'two-bills-one-slot', 'new-york-owner', 'known-zero', 'next-month-never-read'])(
    'prints the same lines for %s',
    (name) => {
      const { stdout, stderr, status } = plan(join(HERE, `${name}.json`));
      expect(stderr).toBe('');
      expect(stdout.split('\n').filter(Boolean)).toEqual(expectedOf(name));
      expect(status).toBe(0);
    },
  );

  it('says which file is missing instead of a stack', () => {
    const { stdout, stderr, status } = plan('/nowhere/at-all.json');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^plan: scenario-file: .*at-all\.json/);
    expect(status).toBe(2);
  });
});

describe('a scenario that is wrong says where', () => {
  const right = {
    from: '2026-09-01T00:00+08:00',
    to: '2026-09-02T00:00+08:00',
    bills: [{ key: 'a', title: 'a', dueDay: '2026-09-14', remainingFen: 1, readAt: '2026-09-01' }],
  };
  it.each([
    ['no object', [], 'scenario-object'],
    ['no from', { ...right, from: undefined }, 'scenario-instant'],
    ['to before from', { ...right, to: '2026-08-01' }, 'scenario-range'],
    ['30 February', { ...right, bills: [{ ...right.bills[0], dueDay: '2026-02-30' }] }, 'scenario-day'],
    ['a fraction of a fen', { ...right, bills: [{ ...right.bills[0], remainingFen: 1.5 }] }, 'scenario-amount'],
    ['a debt below zero', { ...right, bills: [{ ...right.bills[0], remainingFen: -1 }] }, 'scenario-amount'],
    ['a bill without key', { ...right, bills: [{ ...right.bills[0], key: '' }] }, 'scenario-key'],
    ['25 hours', { ...right, rules: { dueHours: [25] } }, 'scenario-hour'],
    ['no such zone', { ...right, rules: { zone: 'Mars/Olympus' } }, 'scenario-zone'],
    ['half a lead day', { ...right, rules: { leadDays: [0.5] } }, 'scenario-lead'],
    ['an unknown act', { ...right, acts: [{ at: '2026-09-01', do: 'forget', key: 'a' }] }, 'scenario-act'],
    ['a snooze without end', { ...right, acts: [{ at: '2026-09-01', do: 'snooze', key: 'a' }] }, 'scenario-until'],
  ])('%s', (_, raw, code) => {
    expect(() => parseScenario(raw)).toThrow(expect.objectContaining({ name: ScenarioError.name, code }));
  });
});
