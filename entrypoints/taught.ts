import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startTaught } from '../src/wire/taught-content.ts';

export default defineUnlistedScript(() => void startTaught());
