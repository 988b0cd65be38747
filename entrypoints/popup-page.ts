import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startPopup } from '../src/wire/popup.tsx';

/** The script of `public/popup.html`, one file and no module: chunks shared with other pages cost a popup a third of its time. */
export default defineUnlistedScript(() => startPopup());
