import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { reportPage } from '../src/wire/report.ts';

/** The value is what `scripting.executeScript` gives back. */
export default defineUnlistedScript(() => reportPage());
