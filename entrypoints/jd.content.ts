import { defineContentScript } from 'wxt/utils/define-content-script';
import { MATCHES } from '../src/sites/jd-baitiao/manifest.ts';
import { startContent } from '../src/wire/content.ts';

/** The two places where a signed-out browser lands: read only for the way back in their address. */
const SIGN_IN = ['https://passport.jd.com/new/login.aspx*', 'https://plogin.m.jd.com/*'];

export default defineContentScript({
  matches: [...MATCHES, ...SIGN_IN],
  runAt: 'document_start',
  noScriptStartedPostMessage: true,
  main: () => startContent(),
});
