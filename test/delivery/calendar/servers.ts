/** Real servers on loopback, from Debian's packages, each in a folder of its own and ended by its id. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** A WebDAV server that knows nothing of calendars. */
export async function startRclone(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'duly-rclone-'));
  const port = await freePort();
  const login = ['--user', USER, '--pass', PASSWORD];
  return started('rclone', ['serve', 'webdav', folder, '--addr', `127.0.0.1:${port}`, ...login], folder, port);
}

/** mod_dav: weak ETags right after a write, and none in the answer to one. Any login is taken. */
export async function startApache(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'duly-apache-'));
  const port = await freePort();
  const modules = ['mpm_event', 'authz_core', 'dav', 'dav_fs', 'mime'];
  writeFileSync(
    join(folder, 'httpd.conf'),
    `${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
DocumentRoot ${folder}
TypesConfig /dev/null
DavLockDB ${folder}/locks
User www-data
Group www-data
<Directory ${folder}>
  Dav On
  Require all granted
</Directory>
`,
  );
  chmodSync(folder, 0o777);
  return started('apache2', ['-D', 'FOREGROUND', '-f', join(folder, 'httpd.conf')], folder, port);
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

async function freePort(): Promise<number> {
  const server = createPlainServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
