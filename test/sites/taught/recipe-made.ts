/** A made-up recipe. */
import type { Recipe } from '../../../src/core/recipe.ts';

export function recipe(fields: Partial<Recipe> = {}): Recipe {
  const near = (words: string) => ({
    near: [{ place: 'before' as const, words, tag: 'span' }],
    path: ['em:2', 'div:1'],
  });
  return {
    id: 'abcdef0123456789',
    version: 1,
    origin: 'https://my.xingyun-dai.example',
    pathPattern: '/account/repay',
    title: '行云贷',
    dueDay: near('划扣日期'),
    remaining: near('本次要还'),
    minimum: near('最少还'),
    together: '',
    apart: 1,
    taughtAt: 1_788_000_000_000,
    ...fields,
  };
}
