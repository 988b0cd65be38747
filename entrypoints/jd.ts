import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startContent } from '../src/wire/content.ts';

/** Named in `wxt.config.ts`: what WXT puts around a listed content script would be a fifth of it, on every page. */
export default defineUnlistedScript(() => startContent());
