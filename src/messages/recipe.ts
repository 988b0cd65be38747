/** Recipes that come from outside: from the teaching overlay in a page, and from a file. Checked whole, or refused. */
import * as z from 'zod/mini';
import { PLACES, RECIPE_VERSION, type Recipe, type RecipeDraft } from '../core/recipe.ts';
import { filled, parserOf, text } from './fields.ts';

/** No digit but 0, no control or direction character: a recipe holds no value and cannot dress up as another text. */
const CLEAN = /^[^\p{Cc}\p{Cf}\p{Co}\u2028\u2029]+$/u;
const clean = (most: number) => filled(most).check(z.regex(CLEAN));
const words = clean(60).check(z.regex(/^[^1-9]+$/));
const tag = text(40).check(z.regex(/^[a-z0-9-]*$/));

const anchor = z.strictObject({
  near: z.array(z.strictObject({ place: z.enum(PLACES), words, tag })).check(z.minLength(1), z.maxLength(4)),
  path: z.array(text(48).check(z.regex(/^[a-z0-9-]+:\d{1,5}$/))).check(z.maxLength(8)),
});

const draftFields = {
  version: z.literal(RECIPE_VERSION),
  origin: text(200).check(z.refine(isHttpsOrigin)),
  pathPattern: clean(200).check(z.regex(/^\/[^?\s]*$/)),
  title: clean(40),
  dueDay: anchor,
  remaining: anchor,
  minimum: z.optional(anchor),
  together: z.enum(['tr', 'li', '']),
  apart: z.int().check(z.gte(-1000), z.lte(1000)),
};

const draft = z.strictObject(draftFields);
const whole = z.strictObject({
  ...draftFields,
  id: z.string().check(z.regex(/^[a-z0-9-]{8,40}$/)),
  taughtAt: z.int().check(z.gte(0), z.lte(8.64e15)),
});

export function isRecipe(raw: unknown): raw is Recipe {
  return whole.safeParse(raw).success;
}

export const recipeSchema = z.custom<Recipe>(isRecipe);

const taughtMessage = z.discriminatedUnion('do', [
  z.strictObject({ from: z.literal('taught'), do: z.literal('recipes') }),
  z.strictObject({
    from: z.literal('taught'),
    do: z.literal('save'),
    recipe: z.custom<RecipeDraft>((value) => draft.safeParse(value).success),
  }),
]);

export type TaughtMessage = z.infer<typeof taughtMessage>;

/** From a page where the owner teaches or taught. */
export const parseTaughtMessage = parserOf(taughtMessage);

export interface RecipeFile {
  readonly recipes: readonly Recipe[];
  /** Entries that are no recipe of this version. */
  readonly refused: number;
}

const FORMAT = 'duly-recipes';
const MOST_RECIPES = 200;
const MOST_CHARS = 1_000_000;

export function writeRecipes(recipes: readonly Recipe[]): string {
  return `${JSON.stringify({ format: FORMAT, version: RECIPE_VERSION, recipes }, null, 2)}\n`;
}

/** Null: not a file of recipes. Every entry is checked by itself. */
export function readRecipes(text: string): RecipeFile | null {
  if (text.length > MOST_CHARS) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null; // not JSON: the caller says so
  }
  const file = z.object({ format: z.literal(FORMAT), recipes: z.array(z.unknown()) }).safeParse(raw);
  if (!file.success || file.data.recipes.length > MOST_RECIPES) return null;
  const parsed = file.data.recipes.map((entry) => recipeSchema.safeParse(entry));
  const recipes = parsed.flatMap((one) => (one.success ? [one.data] : []));
  return { recipes, refused: parsed.length - recipes.length };
}

function isHttpsOrigin(text: unknown): boolean {
  if (typeof text !== 'string' || !text.startsWith('https://')) return false;
  try {
    return new URL(text).origin === text;
  } catch {
    return false; // no address at all
  }
}
