import { defineContentScript } from 'wxt/utils/define-content-script';
import { MATCHES } from '../src/sites/jd-baitiao/manifest.ts';
import { startHook } from '../src/wire/hook.ts';

export default defineContentScript({ matches: [...MATCHES], runAt: 'document_start', world: 'MAIN', main: startHook });
