/** Debian's own WebDAV servers on loopback, each in a folder of its own and ended by its group. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../e2e/browsers/free-port.ts';
import { eventually, type Running, startProgram } from '../e2e/browsers/process.ts';

export interface DavServer {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Where its files lie on this machine. */
  readonly files: string;
  close(): Promise<void>;
}

export type ServerKind = 'apache' | 'rclone' | 'nginx';

const USER = 'owner';
const PASSWORD = 'made-up-Pass 1';

export async function startServer(kind: ServerKind): Promise<DavServer> {
  const home = mkdtempSync(join(tmpdir(), `duly-${kind}-`));
  const files = join(home, 'files');
  mkdirSync(files, { mode: 0o777 });
  const port = await freePort();
  const program = await STARTS[kind](home, files, port);
  const close = async () => {
    await program.end(5000);
    rmSync(home, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  const answers = async () => {
    if (program.child.exitCode !== null) return 'ended';
    return (await fetch(url, { method: 'OPTIONS' })).status;
  };
  try {
    if ((await eventually(answers, `${kind} to answer`, 15_000, 100)) === 'ended') throw new Error(`${kind} has ended`);
  } catch (error) {
    await close();
    throw new Error(`${String(error)}: ${program.errors().slice(-400)}`);
  }
  return { url, user: USER, password: PASSWORD, files, close };
}

const STARTS: Record<ServerKind, (home: string, files: string, port: number) => Promise<Running>> = {
  rclone: (home, files, port) =>
    startProgram(
      'rclone',
      ['serve', 'webdav', files, '--addr', `127.0.0.1:${port}`, '--user', USER, '--pass', PASSWORD],
      {
        env: { ...process.env, RCLONE_CONFIG: join(home, 'none.conf') },
      },
    ),
  apache: (home, files, port) => {
    const modules = [
      'mpm_event',
      'authn_core',
      'authn_file',
      'auth_basic',
      'authz_core',
      'authz_user',
      'dav',
      'dav_fs',
    ];
    const hash = `{SHA}${Buffer.from(sha1(PASSWORD)).toString('base64')}`;
    writeFileSync(join(home, 'users'), `${USER}:${hash}\n`);
    writeFileSync(
      join(home, 'httpd.conf'),
      [
        `ServerRoot ${home}`,
        'ServerName 127.0.0.1',
        `Listen 127.0.0.1:${port}`,
        `PidFile ${home}/httpd.pid`,
        `ErrorLog ${home}/error.log`,
        `DefaultRuntimeDir ${home}`,
        ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
        `DocumentRoot ${files}`,
        `DavLockDB ${home}/locks`,
        `<Directory ${files}>`,
        'Dav On',
        'AuthType Basic',
        'AuthName duly',
        `AuthUserFile ${home}/users`,
        'Require valid-user',
        '</Directory>',
      ].join('\n'),
    );
    open(home, files);
    return startProgram('apache2', ['-f', join(home, 'httpd.conf'), '-DFOREGROUND']);
  },
  nginx: (home, files, port) => {
    const hash = `{SHA}${Buffer.from(sha1(PASSWORD)).toString('base64')}`;
    writeFileSync(join(home, 'users'), `${USER}:${hash}\n`);
    writeFileSync(
      join(home, 'nginx.conf'),
      `load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off; master_process off; pid ${home}/pid; error_log ${home}/error.log;
events {}
http {
  access_log off; client_body_temp_path ${home}/body; client_max_body_size 32m;
  proxy_temp_path ${home}/p; fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s;
  server {
    listen 127.0.0.1:${port}; root ${files};
    location / {
      auth_basic duly; auth_basic_user_file ${home}/users;
      dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS; create_full_put_path on;
    }
  }
}
`,
    );
    open(home, files);
    return startProgram('nginx', ['-c', join(home, 'nginx.conf'), '-p', home, '-e', join(home, 'error.log')]);
  },
};

const sha1 = (text: string): Buffer => createHash('sha1').update(text).digest();

/** The server may run under a name of its own. */
function open(home: string, files: string): void {
  chmodSync(home, 0o777);
  chmodSync(files, 0o777);
}
