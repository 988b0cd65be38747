import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startPopup } from '../src/wire/popup.tsx';

/** The script of `public/popup.html`, one file and no module. (docs/decisions/0011) */
export default defineUnlistedScript(() => startPopup());
