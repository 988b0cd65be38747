/** Every sentence has a key in `public/_locales`; the Chinese one is the list. */
import type zh from '../../public/_locales/zh_CN/messages.json';

export type MessageKey = keyof typeof zh;
/** The browser's `i18n.getMessage`: an unknown key gives an empty text. */
export type Say = (key: MessageKey, ...facts: readonly string[]) => string;
