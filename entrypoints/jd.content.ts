import { defineContentScript } from 'wxt/utils/define-content-script';
import { jdBaitiao } from '../src/sites/jd-baitiao/manifest.ts';
import { startContent } from '../src/wire/content.ts';

export default defineContentScript({ matches: [...jdBaitiao.matches], runAt: 'document_idle', main: startContent });
