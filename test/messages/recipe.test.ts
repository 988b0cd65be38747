import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTaughtMessage, readRecipes, writeRecipes } from '../../src/messages/recipe.ts';
import { recipe } from '../sites/taught/recipe-made.ts';

const file = (recipes: unknown[]): string => JSON.stringify({ format: 'duly-recipes', version: 1, recipes });

describe('recipes in a file', () => {
  it('come back as they went out', () => {
    const { minimum: _, ...without } = recipe({ id: 'fedcba9876543210', pathPattern: '/bill/*' });
    const all = [recipe(), without];
    expect(readRecipes(writeRecipes(all))).toEqual({ recipes: all, refused: 0 });
  });
  it.each([
    ['another origin than https', { origin: 'http://my.example' }],
    ['an origin with a path', { origin: 'https://my.example/x' }],
    ['an origin that is none', { origin: 'https://' }],
    ['a script for an origin', { origin: 'javascript:alert(1)' }],
    ['a title that turns the reading direction', { title: '行\u202e云' }],
    ['a title with a line break', { title: '行\n云' }],
    ['an empty title', { title: '' }],
    ['a title without end', { title: '贷'.repeat(41) }],
    ['a path that leaves its host', { pathPattern: '@evil.example/' }],
    ['a path with a query', { pathPattern: '/a?b=1' }],
    ['a later version', { version: 2 }],
    ['a field of its own', { more: 1 }],
    ['an id that is none', { id: '../x' }],
    ['words with an amount', { dueDay: { near: [{ place: 'before', words: '应还386', tag: 'b' }], path: [] } }],
    ['no words', { dueDay: { near: [], path: [] } }],
    ['a place of its own', { dueDay: { near: [{ place: 'inside', words: '应还', tag: 'b' }], path: [] } }],
    ['a moment beyond all time', { taughtAt: 1e300 }],
  ])('%s is refused, the others are kept', (_, fields) => {
    expect(readRecipes(file([recipe(), { ...recipe(), ...fields }]))).toEqual({ recipes: [recipe()], refused: 1 });
  });
  it('refuses what is no file of recipes, whatever it is', () => {
    for (const text of ['', '[]', 'null', '{}', '{"format":"duly-recipes"}', '{"format":"x","recipes":[]}', 'not JSON'])
      expect(readRecipes(text)).toBeNull();
    fc.assert(fc.property(fc.json(), (text) => (readRecipes(text)?.recipes ?? []).length === 0));
    expect(readRecipes(file(Array.from({ length: 201 }, () => recipe())))).toBeNull();
  });
});

describe('a message from a page', () => {
  const { id: _, taughtAt: __, ...draft } = recipe();
  it('saves a draft or asks for the recipes, and nothing else', () => {
    expect(parseTaughtMessage({ from: 'taught', do: 'recipes' })).not.toBeNull();
    expect(parseTaughtMessage({ from: 'taught', do: 'save', recipe: draft })).not.toBeNull();
    for (const raw of [
      null,
      { from: 'taught', do: 'save', recipe: recipe() },
      { from: 'taught', do: 'save', recipe: { ...draft, origin: 'http://a.example' } },
      { from: 'taught', do: 'recipes', more: 1 },
      { from: 'page', do: 'recipes' },
    ])
      expect(parseTaughtMessage(raw)).toBeNull();
  });
});
