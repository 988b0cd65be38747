/**
 * A Chromium profile in which the unpacked extension is already installed, as if loaded by hand in chrome://extensions.
 * With `--load-extension` every start counts as a fresh install and all alarms are lost; here they survive a restart.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The id that Chromium gives an unpacked extension: the hash of its path, in the letters a–p. */
export function unpackedId(extensionDir: string): string {
  const hash = createHash('sha256').update(extensionDir).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

/** Writes the profile before its first start; a profile that exists is left alone. */
export function seedProfile(profileDir: string, extensionDir: string): void {
  const path = join(profileDir, 'Default/Preferences');
  if (existsSync(path)) return;
  const manifest = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  const scripts: { matches: string[] }[] = manifest.content_scripts ?? [];
  const permissions = {
    api: manifest.permissions ?? [],
    explicit_host: manifest.host_permissions ?? [],
    manifest_permissions: [],
    scriptable_host: scripts.flatMap((script) => script.matches),
  };
  const entry = {
    active_permissions: permissions,
    granted_permissions: permissions,
    creation_flags: 38,
    location: 4,
    path: extensionDir,
    state: 1,
    from_webstore: false,
  };
  mkdirSync(join(profileDir, 'Default'), { recursive: true });
  writeFileSync(
    path,
    JSON.stringify({ extensions: { ui: { developer_mode: true }, settings: { [unpackedId(extensionDir)]: entry } } }),
  );
}
