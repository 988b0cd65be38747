/** A real calendar server on loopback, from Debian's package, in a folder of its own and ended by its group; and servers of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../e2e/browsers/free-port.ts';
import { eventually, startProgram } from '../../e2e/browsers/process.ts';

export const USER = 'owner';
export const PASSWORD = '密码 with: colon';

export interface Started {
  /** `http://127.0.0.1:port`, without a slash. */
  readonly origin: string;
  readonly end: () => Promise<void>;
}

export async function startRadicale(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'duly-radicale-'));
  const port = await freePort();
  writeFileSync(join(folder, 'users'), `${USER}:${PASSWORD}\n`);
  writeFileSync(
    join(folder, 'config'),
    `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${folder}/collections
`,
  );
  return started('radicale', ['--config', join(folder, 'config')], folder, port);
}

async function started(name: string, args: readonly string[], folder: string, port: number): Promise<Started> {
  const program = await startProgram(name, args);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await eventually(async () => (await fetch(origin)).status > 0, `${name} to answer`, 15_000, 50);
  } catch (error) {
    await program.end();
    throw new Error(`${String(error)}: ${program.errors().slice(-400)}`);
  }
  return {
    origin,
    end: async () => {
      await program.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server of the test's own. */
export async function startOwn(listener: RequestListener): Promise<Started> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
