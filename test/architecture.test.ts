/** The repository tests its own shape (design §2). Each failure says in one sentence what is missing. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BANKS } from '../src/sites/banks/manifests.ts';
import { SITES } from '../src/sites/index.ts';
import { messagesOf } from './i18n/say-from.ts';

const ROOT = join(import.meta.dirname, '..');

function filesUnder(folder: string, pattern: RegExp): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => pattern.test(file) && statSync(join(ROOT, file)).isFile())
    .sort();
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** Without comments, so that a word in a sentence is no code. */
const codeOf = (file: string): string =>
  read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/[^\n]*/g, '$1');

const CODE = /\.tsx?$/;
const source = filesUnder('src', CODE);
const entrypoints = filesUnder('entrypoints', CODE);
const scripts = filesUnder('scripts', /\.(?:ts|mjs)$/);
const tests = filesUnder('test', CODE);

interface Import {
  readonly file: string;
  /** As written for a package, from the root for a file of ours. */
  readonly target: string;
  readonly isTypeOnly: boolean;
  /** What stands between the braces. */
  readonly names: string;
}

function importsOf(file: string): Import[] {
  const code = codeOf(file);
  const found: { target: string; isTypeOnly: boolean; names: string }[] = [];
  for (const match of code.matchAll(/^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*from\s+'([^']+)'/gm)) {
    const names = (match[2] ?? '')
      .replace(/[{}]/g, ' ')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    found.push({
      target: match[3]!,
      isTypeOnly: match[1] !== undefined || (names.length > 0 && names.every((name) => name.startsWith('type '))),
      names: names.join(', '),
    });
  }
  for (const match of code.matchAll(/^import\s+'([^']+)'/gm))
    found.push({ target: match[1]!, isTypeOnly: false, names: '' });
  for (const match of code.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g))
    found.push({ target: match[1]!, isTypeOnly: false, names: '' });
  return found.map((each) => ({
    ...each,
    file,
    target: each.target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), each.target)) : each.target,
  }));
}

const imports = [...source, ...entrypoints].flatMap(importsOf);
/** The area of `src` that a file belongs to; null outside it. */
const areaOf = (file: string): string | null => /^src\/([^/]+)\//.exec(file)?.[1] ?? null;

/** Who may import whom; `types` alone where only the shape may be known. */
const MAY: Record<string, readonly string[]> = {
  core: [],
  sites: ['core'],
  app: ['core', 'sites'],
  messages: ['core', 'app:types'],
  i18n: ['core'],
  storage: ['core', 'app:types', 'app/ports', 'i18n:types'],
  sync: ['core', 'app:types', 'app/ports', 'i18n:types'],
  browser: ['core', 'app:types', 'app/ports', 'i18n:types'],
  delivery: ['core', 'app/ports', 'app/within', 'app:types', 'i18n'],
  ui: ['core', 'i18n', 'messages', 'app:types'],
  wire: ['core', 'sites', 'app', 'messages', 'i18n', 'storage', 'sync', 'browser', 'delivery', 'ui'],
};

describe('imports go inward', () => {
  it('every area of src has its line in the table', () => {
    const areas = readdirSync(join(ROOT, 'src'));
    expect(
      areas
        .filter((area) => !(area in MAY))
        .map((area) => `src/${area} has no line in the table of imports: say in design §2 what it may know`),
    ).toEqual([]);
  });

  it('from one area only to those that the table names', () => {
    const wrong = imports.flatMap(({ file, target, isTypeOnly }) => {
      const [from, to] = [areaOf(file), areaOf(target)];
      if (!from || !to || from === to) return [];
      const may = MAY[from] ?? [];
      const isAllowed =
        may.includes(to) ||
        (isTypeOnly && may.includes(`${to}:types`)) ||
        may.some((each) => target.startsWith(`src/${each}.`));
      return isAllowed
        ? []
        : [
            `${file} imports ${target}: ${from} may import ${may.join(', ') || 'nothing'}${isTypeOnly ? '' : ' (this import is no mere type)'}`,
          ];
    });
    expect(wrong).toEqual([]);
  });

  it('never out of src, but for the words of the locales', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        file.startsWith('src/') &&
        /^(?:test|scripts|entrypoints|public|\.\.)\b/.test(target) &&
        !/^public\/_locales\/.*\.json$/.test(target),
    );
    expect(
      wrong.map(({ file, target }) => `${file} imports ${target}: what is shipped knows nothing outside src`),
    ).toEqual([]);
  });

  it('one site does not know another, one page of ours not another', () => {
    const folders = [
      ...SITES.map((site) => `src/sites/${site.id}`),
      ...readdirSync(join(ROOT, 'src/ui'))
        .filter((name) => name !== 'parts')
        .map((name) => `src/ui/${name}`),
    ];
    const folderOf = (file: string) => folders.find((folder) => file.startsWith(`${folder}/`));
    const wrong = imports.filter(
      ({ file, target }) => folderOf(file) && folderOf(target) && folderOf(file) !== folderOf(target),
    );
    expect(
      wrong.map(({ file, target }) => `${file} imports its sibling ${target}: move what both need one folder up`),
    ).toEqual([]);
  });

  it('entrypoints are wiring: they know wire, and a site manifest for its addresses', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        file.startsWith('entrypoints/') && !/^src\/wire\/|^src\/sites\/[^/]+\/manifest\.ts$|^wxt\/utils\//.test(target),
    );
    expect(wrong.map(({ file, target }) => `${file} imports ${target}: call it from src/wire`)).toEqual([]);
  });

  it.each([
    ['webextension-polyfill', /^src\/browser\//],
    ['wxt/browser', /^src\/browser\//],
    ['zod/mini', /^src\/(?:core|messages|app|storage|sync)\//],
    ['preact', /^src\/(?:ui|wire)\//],
    ['jose', /^src\/sync\//],
    ['tsdav', /^src\/(?:sync|delivery)\//],
    ['ts-ics', /^src\/(?:sync|delivery|app)\//],
  ])('only its own area imports %s', (name, where) => {
    const wrong = imports.filter(
      ({ file, target }) => (target === name || target.startsWith(`${name}/`)) && !where.test(file),
    );
    expect(wrong.map(({ file }) => `${file} imports ${name}: only ${where.source} may`)).toEqual([]);
  });

  it('only storage imports dexie, and wire its liveQuery', () => {
    const wrong = imports.filter(
      ({ file, target, names }) =>
        target === 'dexie' &&
        !file.startsWith('src/storage/') &&
        !(file.startsWith('src/wire/') && names === 'liveQuery'),
    );
    expect(wrong.map(({ file, names }) => `${file} imports ${names} from dexie: only src/storage may`)).toEqual([]);
  });

  it('the whole of zod, which costs 20 kB and trips the store lint, is never imported', () => {
    expect(
      imports.filter(({ target }) => target === 'zod').map(({ file }) => `${file} imports zod: take zod/mini`),
    ).toEqual([]);
  });

  it('core imports no package but zod/mini', () => {
    const wrong = imports.filter(
      ({ file, target }) => file.startsWith('src/core/') && !target.startsWith('src/core/') && target !== 'zod/mini',
    );
    expect(wrong.map(({ file, target }) => `${file} imports ${target}: core is pure`)).toEqual([]);
  });
});

describe('core is pure', () => {
  it.each([
    [/\bDate\.now\s*\(/, 'Date.now()'],
    [/\bnew Date\s*\(\s*\)/, 'new Date() of now'],
    [/\bMath\.random\b/, 'Math.random'],
    [/\bperformance\b/, 'performance'],
    [/\bcrypto\b/, 'crypto'],
    [/\b(?:setTimeout|setInterval|queueMicrotask|fetch|document|window|globalThis|navigator)\b/, 'the outside'],
  ])('no %s', (pattern, name) => {
    const wrong = source.filter((file) => file.startsWith('src/core/') && pattern.test(codeOf(file)));
    expect(wrong.map((file) => `${file} uses ${name}: time and chance are arguments`)).toEqual([]);
  });
});

describe('what the oldest browser that may install Duly has not (Chrome 116)', () => {
  it.each([
    [/\bURL\.(?:canParse|parse)\b/, 'URL.canParse'],
    [/\bPromise\.(?:withResolvers|try)\b/, 'Promise.withResolvers'],
    [/\b(?:Object|Map)\.groupBy\b|\bArray\.fromAsync\b/, 'groupBy'],
    [/\.(?:symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/, 'Set methods'],
  ])('no %s', (pattern, name) => {
    const wrong = source.filter((file) => pattern.test(codeOf(file)));
    expect(wrong.map((file) => `${file} uses ${name}`)).toEqual([]);
  });
});

describe('the three lists', () => {
  it('every folder of src/sites with a manifest is in the list', () => {
    const folders = readdirSync(join(ROOT, 'src/sites')).filter((name) =>
      existsSync(join(ROOT, 'src/sites', name, 'manifest.ts')),
    );
    const listed = SITES.map((site) => site.id);
    expect(
      folders
        .filter((name) => !listed.includes(name))
        .map((name) => `src/sites/${name} has a manifest but no line in src/sites/index.ts`),
    ).toEqual([]);
    expect(
      listed
        .filter((id) => !folders.includes(id) && !BANKS.some((bank) => bank.id === id))
        .map((id) => `the site ${id} has no folder src/sites/${id} of its own name`),
    ).toEqual([]);
  });

  it.each(SITES.map((site) => site.id))('the site %s has fixtures, and each its expected reading', (id) => {
    const inputs = filesUnder(`test/sites/${id}`, /\.(?:html|json)$/).filter((file) => !file.includes('/expected/'));
    const expected = filesUnder(`test/sites/${id}/expected`, /\.json$/);
    expect(inputs.length, `test/sites/${id} has no page or answer to read: add one`).toBeGreaterThan(0);
    const nameOf = (file: string) =>
      file
        .split('/')
        .at(-1)!
        .replace(/\.(?:html|json)$/, '');
    const names = new Set(expected.map(nameOf));
    expect(
      inputs
        .filter((file) => !names.has(nameOf(file)))
        .map((file) => `${file} has no expected reading in test/sites/${id}/expected`),
    ).toEqual([]);
  });

  it('every channel and every backend has its line', () => {
    for (const folder of ['src/delivery', 'src/sync']) {
      const index = join(folder, 'index.ts');
      if (!existsSync(join(ROOT, index))) continue;
      const listed = importsOf(index).map((each) => each.target);
      const offering = filesUnder(folder, CODE).filter(
        (file) => file !== index && /\bexport function \w*(?:Channel|Backend)\b/.test(codeOf(file)),
      );
      expect(offering.filter((file) => !listed.includes(file)).map((file) => `${file} is not in ${index}`)).toEqual([]);
    }
  });
});

describe('messages', () => {
  const asked = [...codeOf('src/messages/own.ts').matchAll(/\bdo: z\.literal\('([^']+)'\)/g)].map((match) => match[1]!);
  const handled = [...codeOf('src/wire/answer.ts').matchAll(/\bcase '([^']+)':/g)].map((match) => match[1]!);

  it('each of our own has exactly one handler', () => {
    expect(asked.length).toBeGreaterThan(0);
    expect(
      asked
        .filter((name, i) => asked.indexOf(name) !== i)
        .map((name) => `the message ${name} stands twice in src/messages/own.ts`),
    ).toEqual([]);
    expect(
      asked
        .filter((name) => !handled.includes(name))
        .map((name) => `the message ${name} has no case in src/wire/answer.ts`),
    ).toEqual([]);
    expect(
      handled
        .filter((name, i) => handled.indexOf(name) !== i)
        .map((name) => `the message ${name} has two cases in src/wire/answer.ts`),
    ).toEqual([]);
    expect(
      handled
        .filter((name) => !asked.includes(name))
        .map((name) => `src/wire/answer.ts handles ${name}, which no message asks`),
    ).toEqual([]);
  });

  it('no own handler hides behind a default', () => {
    expect(
      /\bdefault:/.test(codeOf('src/wire/answer.ts')),
      'src/wire/answer.ts has a default: an unknown message would be handled by guess',
    ).toBe(false);
  });
});

describe('words', () => {
  const zh = messagesOf('zh_CN');
  const en = messagesOf('en');
  const used = [...source, ...entrypoints, 'wxt.config.ts', ...filesUnder('entrypoints', /\.html$/)]
    .map((file) => codeOf(file))
    .join('\n');
  const placesOf = ({ message, placeholders }: { message: string; placeholders?: object }) =>
    [...new Set([...(message.match(/\$\d|\$[A-Za-z_]+\$/g) ?? []), ...Object.keys(placeholders ?? {})])].sort();

  it('both languages have the same keys', () => {
    expect(
      Object.keys(zh)
        .filter((key) => !(key in en))
        .map((key) => `public/_locales/en lacks ${key}`),
    ).toEqual([]);
    expect(
      Object.keys(en)
        .filter((key) => !(key in zh))
        .map((key) => `public/_locales/zh_CN lacks ${key}`),
    ).toEqual([]);
  });

  it('both say the same facts', () => {
    const wrong = Object.keys(zh).filter((key) => en[key] && placesOf(zh[key]!).join() !== placesOf(en[key]!).join());
    expect(
      wrong.map((key) => `${key} says ${placesOf(zh[key]!)} in Chinese and ${placesOf(en[key]!)} in English`),
    ).toEqual([]);
  });

  it('no sentence is empty, and none holds markup', () => {
    const wrong = [zh, en].flatMap((messages) =>
      Object.entries(messages).filter(([, { message }]) => message.trim() === '' || /<\/?[a-z]/i.test(message)),
    );
    expect(wrong.map(([key]) => `${key} is empty or holds markup`)).toEqual([]);
  });

  it('every key that is asked for exists', () => {
    const asked = [...used.matchAll(/\bsay\(\s*'([^']+)'/g), ...used.matchAll(/__MSG_(\w+?)__/g)].map(
      (match) => match[1]!,
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(
      [...new Set(asked)].filter((key) => !(key in zh)).map((key) => `${key} is said but stands in no locale`),
    ).toEqual([]);
  });

  it('every key is used', () => {
    const families = [...used.matchAll(/`([A-Za-z]+_?)\$\{/g), ...used.matchAll(/keyOf\(\s*'([A-Za-z]+)'/g)]
      .map((match) => match[1]!)
      .filter((name) => name.length >= 4);
    const isUsed = (key: string) =>
      used.includes(`'${key}'`) ||
      used.includes(`"${key}"`) ||
      used.includes(`__MSG_${key}__`) ||
      families.some((family) => key.startsWith(family));
    expect(
      Object.keys(zh)
        .filter((key) => !isUsed(key))
        .map((key) => `${key} stands in public/_locales but nothing says it`),
    ).toEqual([]);
  });
});

/** Tables of data are longer than code may be; each needs its reason here. */
const LONG_TABLES: readonly string[] = [];

describe('habits', () => {
  it('no file is longer than 250 lines', () => {
    const long = [...source, ...entrypoints, ...scripts].filter(
      (file) => !LONG_TABLES.includes(file) && read(file).split('\n').length > 251,
    );
    expect(long.map((file) => `${file} has more than 250 lines: look for the second subject in it`)).toEqual([]);
  });

  it('an entrypoint has at most 20 lines', () => {
    const long = entrypoints.filter((file) => read(file).trimEnd().split('\n').length > 20);
    expect(long.map((file) => `${file} has more than 20 lines: an entrypoint is wiring`)).toEqual([]);
  });

  it('no test is skipped, singled out or left for later', () => {
    const marked = tests.filter(
      (file) =>
        file !== 'test/architecture.test.ts' &&
        /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf)\b|\bx(?:it|describe)\(/.test(codeOf(file)),
    );
    expect(marked.map((file) => `${file} has a test that does not run: a skipped test guards nothing`)).toEqual([]);
  });

  it('nothing but the log writes to the console', () => {
    const wrong = [...source, ...entrypoints].filter(
      (file) => file !== 'src/browser/log.ts' && /\bconsole\s*\./.test(codeOf(file)),
    );
    expect(wrong.map((file) => `${file} writes to the console: src/browser/log.ts does, codes and facts only`)).toEqual(
      [],
    );
  });

  it('no text becomes markup', () => {
    const wrong = [...source, ...entrypoints].filter((file) =>
      /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML)\b|document\.write|\beval\(|new Function\b/.test(
        codeOf(file),
      ),
    );
    expect(wrong.map((file) => `${file} makes markup or code from text: set textContent`)).toEqual([]);
  });

  it('no file is named after nothing', () => {
    const vague = [...source, ...scripts].filter((file) =>
      /(?:^|\/)(?:utils?|helpers?|common|misc|managers?|services?)(?:\/|\.)/.test(file),
    );
    expect(vague.map((file) => `${file} is named after nothing: say what it holds`)).toEqual([]);
  });

  it('only the three lists are barrels', () => {
    const lists = ['src/sites/index.ts', 'src/delivery/index.ts', 'src/sync/index.ts'];
    const barrels = source.filter(
      (file) => /\/index\.tsx?$/.test(file) && !lists.includes(file) && !/^src\/sites\/[^/]+\/index\.ts$/.test(file),
    );
    expect(barrels.map((file) => `${file} is a barrel: import from the file that holds the name`)).toEqual([]);
  });
});

describe('the manifest', async () => {
  const { default: config } = await import('../wxt.config.ts');
  type Manifest = Record<string, unknown> & {
    permissions?: string[];
    host_permissions?: string[];
    content_security_policy?: { extension_pages?: string };
  };
  const manifestFor = (browser: string): Manifest =>
    (config.manifest as (env: unknown) => Manifest)({
      browser,
      command: 'build',
      mode: 'production',
      manifestVersion: 3,
    });

  it.each(['chrome', 'firefox'])('asks %s for exactly the permissions of design §7', (browser) => {
    const { permissions, host_permissions: hosts = [] } = manifestFor(browser);
    expect([...(permissions ?? [])].sort()).toEqual([
      'activeTab',
      'alarms',
      'idle',
      'notifications',
      'scripting',
      'storage',
      'unlimitedStorage',
    ]);
    const account = SITES.flatMap((site) => site.matches);
    expect(
      hosts
        .filter((host) => !account.includes(host))
        .map((host) => `host_permissions asks for ${host}, which is no account page`),
    ).toEqual([]);
  });

  it.each(['chrome', 'firefox'])('lets no page of %s frame or reach our pages, and runs no remote code', (browser) => {
    const manifest = manifestFor(browser);
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
    expect(manifest.content_security_policy?.extension_pages).toMatch(/frame-ancestors 'none'/);
    const policy = String(manifest.content_security_policy?.extension_pages);
    expect(policy).not.toMatch(/unsafe-/);
    // Pages and worker may ask services that the owner set up; nothing else comes from outside.
    expect(policy.replace(/connect-src [^;]*;/, '')).not.toMatch(/https?:/);
    expect(manifest.externally_connectable).toBeUndefined();
    expect(manifest.incognito).toBe('not_allowed');
  });
});
