import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startHook } from '../src/wire/hook.ts';

/** Named in `wxt.config.ts`, as `jd.ts` is. */
export default defineUnlistedScript(() => startHook());
