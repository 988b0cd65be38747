/** The browser as the background meets it: every listener in a list, every door a function that a test may break. */
import { vi } from 'vitest';

type Listener = (...told: never[]) => unknown;

const event = () => {
  const listeners: Listener[] = [];
  return { addListener: (listener: Listener) => void listeners.push(listener), listeners };
};

export function fakeBrowser() {
  const alarms = new Map<string, { name: string; scheduledTime: number }>();
  const session: Record<string, unknown> = {};
  const scripts = new Map<string, { id: string; matches: string[] }>();
  return {
    alarms: {
      get: vi.fn(async (name: string) => alarms.get(name)),
      create: vi.fn((name: string, { when }: { when: number }) => void alarms.set(name, { name, scheduledTime: when })),
      onAlarm: event(),
    },
    notifications: {
      create: vi.fn(async (id: string, _options: { message: string }) => id),
      clear: vi.fn(async () => true),
      getPermissionLevel: vi.fn(async () => 'granted'),
      onClicked: event(),
      onButtonClicked: event(),
      onClosed: event(),
    },
    runtime: {
      id: 'duly',
      getURL: (path: string) => `chrome-extension://duly/${path}`,
      getPlatformInfo: vi.fn(async () => ({ os: 'linux' })),
      onStartup: event(),
      onInstalled: event(),
      onMessage: event(),
    },
    idle: { onStateChanged: event() },
    permissions: {
      contains: vi.fn(async (_asked: { origins: string[] }) => true),
      remove: vi.fn(async () => true),
      onAdded: event(),
      onRemoved: event(),
    },
    scripting: {
      getRegisteredContentScripts: vi.fn(async ({ ids }: { ids: string[] }) =>
        ids.flatMap((id) => scripts.get(id) ?? []),
      ),
      unregisterContentScripts: vi.fn(async ({ ids }: { ids: string[] }) => {
        for (const id of ids) if (!scripts.delete(id)) throw new Error(`Nonexistent script ID '${id}'`);
      }),
      registerContentScripts: vi.fn(async (given: { id: string; matches: string[] }[]) => {
        for (const script of given) {
          if (scripts.has(script.id)) throw new Error(`Duplicate script ID '${script.id}'`);
          scripts.set(script.id, script);
        }
      }),
      executeScript: vi.fn(async (_asked: { target: { tabId: number }; files: string[] }) => []),
    },
    storage: {
      session: {
        get: vi.fn(async (key: string) => ({ [key]: session[key] })),
        set: vi.fn(async (items: object) => void Object.assign(session, items)),
        remove: vi.fn(async (key: string) => void delete session[key]),
      },
      sync: { get: vi.fn(async () => ({})), set: vi.fn(), remove: vi.fn(), onChanged: event() },
    },
    tabs: {
      create: vi.fn(async (_asked: { url: string }) => ({ id: 1 })),
      query: vi.fn(
        async (_asked: {
          url: string[];
          active?: boolean;
          lastFocusedWindow?: boolean;
        }): Promise<{ id: number }[]> => [],
      ),
      get: vi.fn(async (id: number) => ({ id, active: false })),
      remove: vi.fn(async (_id: number | number[]) => undefined),
      update: vi.fn(async (id: number, _asked: { url: string }) => ({ id })),
    },
    windows: { create: vi.fn(async (_asked: { url: string }) => ({ id: 1 })) },
    action: { setBadgeText: vi.fn(), setBadgeBackgroundColor: vi.fn(), setBadgeTextColor: vi.fn(), setTitle: vi.fn() },
    i18n: { getMessage: (key: string, facts: string[]) => [key, ...facts].join(' '), getUILanguage: () => 'en' },
    /** What is registered. */
    scripts,
  };
}

/** A background of its own in `browser`. */
export async function boot(browser: ReturnType<typeof fakeBrowser>): Promise<void> {
  vi.resetModules();
  vi.stubEnv('FIREFOX', '');
  vi.doMock('webextension-polyfill', () => ({ default: browser }));
  (await import('../../src/wire/background.ts')).startBackground();
}

/** As the browser tells one of its events. */
export function tell(of: { listeners: Listener[] }, ...told: unknown[]): unknown[] {
  return of.listeners.map((listener) => listener(...(told as never[])));
}
