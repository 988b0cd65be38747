/** Recipes to a file, and from a file: shown before anything is kept, each one checked. */
import { useState } from 'preact/hooks';
import type { MessageKey } from '../../i18n/message-keys.ts';
import { type RecipeFile, readRecipes, writeRecipes } from '../../messages/recipe.ts';
import { saveFile } from '../parts/save-file.ts';
import type { DashboardProps } from './dashboard.tsx';
import { HowFound } from './sites-recipe.tsx';

export function SitesFiles({ view, words, ask, allow }: DashboardProps) {
  const [file, setFile] = useState<RecipeFile | null>(null);
  const [said, setSaid] = useState<{ readonly key: MessageKey; readonly fact: string } | null>(null);
  const take = async (input: HTMLInputElement): Promise<void> => {
    const text = await input.files?.[0]?.text();
    input.value = '';
    if (text === undefined) return;
    const read = readRecipes(text);
    setFile(read);
    setSaid(read ? null : { key: 'recipesWrong', fact: '' });
  };
  const accept = ({ recipes }: RecipeFile): void => {
    // The browser asks only in the click itself: nothing may be awaited before.
    void allow([...new Set(recipes.map(({ origin }) => `${origin.replace(/:\d+$/, '')}/*`))]);
    void ask({ do: 'recipes', recipes: [...recipes] }).then(() =>
      setSaid({ key: 'recipesImported', fact: String(recipes.length) }),
    );
    setFile(null);
  };
  const known = new Set(view.recipes.map(({ origin, pathPattern }) => origin + pathPattern));
  return (
    <>
      <p class="acts">
        <button
          type="button"
          disabled={view.recipes.length === 0}
          onClick={() => saveFile(writeRecipes(view.recipes), 'duly-recipes.json', 'application/json')}
        >
          {words.say('recipesExport')}
        </button>
        <label class="file">
          <span>{words.say('recipesImport')}</span>
          <input
            type="file"
            accept="application/json,.json"
            onChange={({ currentTarget }) => void take(currentTarget)}
          />
        </label>
      </p>
      <p class="quiet">{words.say('recipesText')}</p>
      <p role="status">{said && words.say(said.key, said.fact)}</p>
      {file && (
        <div class="drop">
          <p>{words.say('recipesFound', String(file.recipes.length))}</p>
          <ul class="plain sites">
            {file.recipes.map((recipe) => (
              <li key={recipe.id}>
                <b class="title">{recipe.title}</b>
                <span class="quiet address">{recipe.origin.replace('https://', '') + recipe.pathPattern}</span>
                {known.has(recipe.origin + recipe.pathPattern) && <p class="remark">{words.say('recipesReplaces')}</p>}
                <HowFound recipe={recipe} words={words} />
              </li>
            ))}
          </ul>
          {file.refused > 0 && <p class="remark">{words.say('recipesRefused', String(file.refused))}</p>}
          <p class="acts">
            <button type="button" class="main" disabled={file.recipes.length === 0} onClick={() => accept(file)}>
              {words.say('recipesAccept')}
            </button>
            <button type="button" onClick={() => setFile(null)}>
              {words.say('recipesDecline')}
            </button>
          </p>
        </div>
      )}
    </>
  );
}
