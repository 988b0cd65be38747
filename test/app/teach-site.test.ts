import { describe, expect, it } from 'vitest';
import { patternOf, payUrlOf } from '../../src/app/site-address.ts';
import { importRecipe, keepTaught, readTaughtSites } from '../../src/app/teach-site.ts';
import { pageOf, pathPatternOf, recipeFits } from '../../src/core/recipe.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { recipe } from '../sites/taught/recipe-made.ts';

const NOW = 1_788_000_000_000;
const world = () => {
  let made = 0;
  return {
    store: memoryStore(),
    clock: { now: () => NOW },
    ids: { next: () => `0000-${++made}-abcdefgh`, hash: async (text: string) => text },
  };
};
const { id: _, taughtAt: __, ...draft } = recipe();

/** A browser that allows only these patterns, and remembers what it was told to read. */
const browser = (...allowed: string[]) => {
  const told: string[][] = [];
  return {
    told,
    has: async (patterns: readonly string[]) => patterns.every((pattern) => allowed.includes(pattern)),
    readTaught: async (patterns: readonly string[]) => void told.push([...patterns]),
    readListed: async () => {},
  };
};

describe('teaching a site', () => {
  it('a page that is taught again keeps its name, and so its bills', async () => {
    const ports = world();
    const first = await keepTaught(ports, draft);
    const second = await keepTaught(ports, { ...draft, title: '别名' });
    expect(second.id).toBe(first.id);
    expect(await ports.store.recipes()).toEqual([second]);
    expect((await keepTaught(ports, { ...draft, pathPattern: '/other' })).id).not.toBe(first.id);
  });
  it('a recipe from a file takes the place of the one for the same page', async () => {
    const ports = world();
    const mine = await keepTaught(ports, draft);
    await importRecipe(ports, recipe({ id: 'from-a-file', title: '新' }));
    expect(await ports.store.recipes()).toMatchObject([{ id: mine.id, title: '新' }]);
  });
  it('a recipe from a file does not take the name, and so the bills, of another page’s recipe', async () => {
    const ports = world();
    const mine = await keepTaught(ports, draft);
    await importRecipe(ports, recipe({ id: mine.id, origin: 'https://other.example' }));
    const kept = await ports.store.recipes();
    expect(kept).toContainEqual(mine);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(2);
  });
  it('only what the browser allows is read; the rest says so, once', async () => {
    const ports = world();
    await importRecipe(ports, recipe({ id: 'recipe-a', origin: 'https://a.example' }));
    await importRecipe(ports, recipe({ id: 'recipe-b', origin: 'https://b.example:8443' }));
    const access = browser('https://b.example/*');
    await readTaughtSites(ports, access);
    await readTaughtSites(ports, access);
    expect(access.told.at(-1)).toEqual(['https://b.example/*']);
    expect(await ports.store.siteStates()).toMatchObject([{ siteId: 'taught:recipe-a', kind: 'no-access', at: NOW }]);
  });
  it('a deleted recipe takes its state along, and comes back whole', async () => {
    const ports = world();
    const kept = await keepTaught(ports, draft);
    await readTaughtSites(ports, browser());
    await ports.store.removeRecipe(kept.id);
    expect(await ports.store.siteStates()).toEqual([]);
    expect(await payUrlOf(ports, `taught:${kept.id}`)).toBeNull();
    await importRecipe(ports, kept);
    expect(await ports.store.recipes()).toEqual([kept]);
  });
  it('opens the page as far as its pattern names it', async () => {
    const ports = world();
    const kept = await keepTaught(ports, { ...draft, pathPattern: '/bill/*/list' });
    expect(await payUrlOf(ports, `taught:${kept.id}`)).toBe('https://my.xingyun-dai.example/bill/');
    expect(pageOf(recipe())).toBe('https://my.xingyun-dai.example/account/repay');
    expect(await payUrlOf(ports, 'jd-baitiao')).toContain('jd.com');
  });
  it('a pattern holds no number and no query, and fits the next month', () => {
    const url = new URL('https://my.xingyun-dai.example/bill/202609/u-13800000000?card=62#top');
    expect(pathPatternOf(url)).toBe('/bill/*/*');
    expect(
      recipeFits(recipe({ pathPattern: '/bill/*/*' }), new URL('https://my.xingyun-dai.example/bill/202610/u-1')),
    ).toBe(true);
    expect(recipeFits(recipe({ pathPattern: '/bill/*/*' }), new URL('https://other.example/bill/202610/u-1'))).toBe(
      false,
    );
    expect(pathPatternOf(new URL('https://a.example/#/repay/12?x=1'))).toBe('/#/repay/*');
    expect(patternOf('https://a.example:8443')).toBe('https://a.example/*');
  });
});
