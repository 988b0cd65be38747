import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { structureReport } from '../src/sites/structure-report.ts';

/** The value is what `scripting.executeScript` gives back. */
export default defineUnlistedScript(() => structureReport(document, new URL(location.href)));
