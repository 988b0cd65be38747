/** THE LIST of channels, one line each. */
export { DESKTOP, DESKTOP_BUTTONS, desktopChannel } from './desktop.ts';
