/**
 * A private screen and message bus: Xvfb, and a D-Bus session that activates nothing. With no notification daemon on
 * the bus, Chromium draws its own popups, with their buttons; `dunst: true` runs one and records what it was sent.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Notify, notifyReader } from './notify-reader.ts';
import { firstLine, type Running, startProgram } from './process.ts';
import { removeFolder, temporaryFolder } from './temporary-folder.ts';

export interface Display {
  /** `:99`, for DISPLAY. */
  readonly name: string;
  /** DISPLAY and the bus address, to be spread into a browser's environment. */
  readonly env: Record<string, string>;
  /** What the notification daemon was asked to show, oldest first; empty without dunst. */
  readonly notified: readonly Notify[];
  /** Saves the screen, or a part of it (`420x260+860+540`), as PNG; `trim` cuts away an edge of one colour. */
  screenshot(path: string, crop?: string, trim?: boolean): void;
  /** Moves the pointer and clicks: 1 left, 3 right. */
  click(x: number, y: number, button?: number): void;
  /** `dunstctl` on this bus: `action 0`, `close`, `count`. */
  dunstctl(...args: string[]): string;
  close(): Promise<void>;
}

export interface DisplayOptions {
  readonly size?: string;
  readonly dunst?: boolean;
}

const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

export async function openDisplay({ size = '1280x800x24', dunst = false }: DisplayOptions = {}): Promise<Display> {
  const folder = temporaryFolder('display');
  const started: Running[] = [];
  const notified: Notify[] = [];
  const close = async () => {
    for (const running of started.reverse()) await running.end();
    await removeFolder(folder);
  };
  try {
    const screen = await startProgram(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      },
    );
    started.push(screen);
    const name = `:${await firstLine(screen, 3, 15_000, 'Xvfb')}`;

    writeFileSync(join(folder, 'bus.conf'), BUS);
    const bus = await startProgram(
      'dbus-daemon',
      [`--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile', '--print-address=3'],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      },
    );
    started.push(bus);
    const env = { DISPLAY: name, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus, 3, 15_000, 'dbus-daemon') };
    const whole = { ...process.env, ...env };

    if (dunst) {
      const rules = join(folder, 'dunstrc');
      writeFileSync(
        rules,
        '[global]\nfont = Noto Sans CJK SC 11\nwidth = 380\nmouse_left_click = do_action, close_current\nmouse_right_click = close_current\n[urgency_low]\ntimeout = 0\n[urgency_normal]\ntimeout = 0\n[urgency_critical]\ntimeout = 0\n',
      );
      const monitor = await startProgram(
        'dbus-monitor',
        ["interface='org.freedesktop.Notifications',member='Notify'"],
        {
          env: whole,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      started.push(monitor);
      monitor.child.stdout?.on(
        'data',
        notifyReader((notify) => notified.push(notify)),
      );
      started.push(await startProgram('dunst', ['-config', rules], { env: whole }));
      await nameTaken(whole);
    }

    const run = (command: string, args: string[]) =>
      execFileSync(command, args, { env: whole, timeout: 20_000, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return {
      name,
      env,
      notified,
      screenshot: (path, crop, trim = false) => {
        run('import', [
          '-window',
          'root',
          ...(crop ? ['-crop', crop, '+repage'] : []),
          ...(trim ? ['-trim', '+repage'] : []),
          path,
        ]);
      },
      click: (x, y, button = 1) => void run('xdotool', ['mousemove', String(x), String(y), 'click', String(button)]),
      dunstctl: (...args) => run('dunstctl', args).trim(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until the daemon owns the notification name. */
async function nameTaken(env: NodeJS.ProcessEnv): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const answer = execFileSync(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.Notifications',
      ],
      { env, encoding: 'utf8', timeout: 5000 },
    );
    if (answer.includes('true')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('dunst did not take the notification name');
}
