import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startContact } from '../src/wire/contact-content.ts';

export default defineUnlistedScript(() => void startContact());
