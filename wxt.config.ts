import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'wxt';
import { MATCHES, SIGN_IN_PAGES } from './src/sites/jd-baitiao/manifest.ts';

export default defineConfig({
  srcDir: '.',
  manifestVersion: 3,
  imports: false,
  hooks: {
    'build:manifestGenerated': ({ config }, manifest) => {
      // Elsewhere the pages are served as they are written.
      if (config.command !== 'build') return;
      const policy = manifest.content_security_policy as { extension_pages: string };
      policy.extension_pages += `; style-src 'self' '${inlinePopupSheet(config.outDir)}'`;
    },
  },
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    short_name: '__MSG_extensionShortName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'zh_CN',
    // What is done in private is not kept.
    incognito: 'not_allowed',
    permissions: ['alarms', 'notifications', 'storage', 'unlimitedStorage', 'idle', 'activeTab', 'scripting'],
    content_scripts: [
      // First: where it already waits, nobody else has to.
      { matches: [...MATCHES], js: ['jd-hook.js'], run_at: 'document_start', world: 'MAIN' },
      { matches: [...MATCHES, ...SIGN_IN_PAGES], js: ['jd.js'], run_at: 'document_start' },
    ],
    // What the content scripts run on: also to see that it is still allowed, and that no page of it is open.
    host_permissions: [...MATCHES],
    // A page as it stands in `public`: WXT would put the chunks of all pages into it.
    action: { default_popup: 'popup.html', default_title: 'Duly 按时还' },
    // Asked for one host at a time, in the click that needs it: a page that the owner teaches, a service that carries
    // reminders, a server of the owner's own. Plain http is for those at home alone: app and delivery ask for no other.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    content_security_policy: {
      // Which services there are the owner decides, so no list can stand here, and a policy cannot say "http at home only":
      // host permissions bound where a request gets, and delivery/push/ask.ts refuses http to anywhere else.
      extension_pages:
        "default-src 'self'; connect-src 'self' https: http:; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'duly@anshihuan.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'], optional: ['financialAndPaymentInfo'] },
            },
          },
        }
      : { minimum_chrome_version: '116' }),
  }),
});

/** The popup's own sheet within its page: a fetch less before the first paint. Gives what the policy has to allow. */
function inlinePopupSheet(outDir: string): string {
  const [page, sheet] = [join(outDir, 'popup.html'), join(outDir, 'assets/popup-page.css')];
  const styles = readFileSync(sheet, 'utf8').trim();
  const html = readFileSync(page, 'utf8');
  const inlined = html.replace(
    '<link rel="stylesheet" href="/assets/popup-page.css" />',
    () => `<style>${styles}</style>`,
  );
  if (inlined === html || styles.includes('</')) throw new Error('the popup has no place for its sheet');
  writeFileSync(page, inlined);
  return `sha256-${createHash('sha256').update(styles).digest('base64')}`;
}
