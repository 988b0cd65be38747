/** What the demo asks of a browser, whichever it is. */
export interface DemoBrowser {
  readonly name: 'chromium' | 'firefox';
  /** Opens an address in the first tab. */
  open(url: string): Promise<void>;
  /** Sends one message from a page of the extension to its background, as the popup does. */
  ask(message: { readonly do: string } & Record<string, unknown>): Promise<unknown>;
  /** Lets the background sleep, so that the alarm has to wake it. */
  sleepBackground(): Promise<void>;
  pictureOfPage(path: string): Promise<void>;
  pictureOfPopup(path: string): Promise<void>;
  /** Resolves when its owner has closed the browser. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface DemoLaunch {
  readonly extensionDir: string;
  /** Absent: the real site over the real network. */
  readonly replicaPort?: number;
  readonly headless: boolean;
  readonly env: Record<string, string>;
  /** Its owner looks on: no fixed window. */
  readonly isWatched: boolean;
}

/** The window's width on the demo's screen; what lies right of it is where notifications appear. */
export const WINDOW = { width: 1200, height: 900 } as const;
export const SCREEN = { width: 1640, height: 900 } as const;
