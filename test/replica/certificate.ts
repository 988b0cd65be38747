/** A self-signed certificate for the replica's hosts: made at the first start, kept in memory only. */
import { execFileSync } from 'node:child_process';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

let made: Certificate | undefined;

/** Throws when openssl is missing. */
export function certificate(hosts: readonly string[]): Certificate {
  if (made) return made;
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const text = execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '3650',
      '-subj',
      '/CN=Duly replica',
      '-addext',
      `subjectAltName=${names}`,
      '-keyout',
      '-',
      '-out',
      '-',
    ],
    { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const block = (name: string) =>
    new RegExp(`-----BEGIN ${name}-----[\\s\\S]+?-----END ${name}-----`).exec(text)?.[0] ?? '';
  made = { key: block('PRIVATE KEY'), cert: block('CERTIFICATE') };
  return made;
}
