import { defineBackground } from 'wxt/utils/define-background';
import { startBackground } from '../src/wire/background.ts';

export default defineBackground({ type: 'module', main: startBackground });
