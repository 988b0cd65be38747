import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startReaders } from '../src/wire/readers.ts';

export default defineUnlistedScript(() => startReaders());
