/** Reads `dbus-monitor`'s text and picks out the calls of org.freedesktop.Notifications.Notify. */
export interface Notify {
  readonly app: string;
  readonly title: string;
  readonly body: string;
  /** Key, label, key, label …: as the browser sent them. */
  readonly actions: readonly string[];
}

/** A sink for chunks of output; calls back once for every complete Notify. */
export function notifyReader(found: (notify: Notify) => void): (chunk: Buffer | string) => void {
  let text = '';
  return (chunk) => {
    text += chunk;
    // A call ends with its last argument, the time-out: an int32 at the first level.
    for (;;) {
      const start = text.search(/^method call .*member=Notify$/m);
      if (start < 0) return;
      const end = text.slice(start).search(/^ {3}int32 -?\d+$/m);
      if (end < 0) return;
      found(parse(text.slice(start, start + end)));
      text = text.slice(start + end + 1);
    }
  };
}

function parse(call: string): Notify {
  // First level: app name, uint32, icon, title, body; then the array of actions. Texts may run over several lines.
  const [top = '', rest = ''] = call.split(/^ {3}array \[$/m, 2);
  const [app = '', , title = '', body = ''] = strings(top, 3);
  return { app, title, body, actions: strings(rest, 6) };
}

function strings(text: string, indent: number): string[] {
  const found = text.matchAll(new RegExp(`^ {${indent}}string "([\\s\\S]*?)"$`, 'gm'));
  return [...found].map((match) => match[1] as string);
}
