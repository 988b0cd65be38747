import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startTeach } from '../src/wire/teach.tsx';

export default defineUnlistedScript(() => startTeach());
