/** THE LIST of channels, one line each. */
export { DESKTOP, desktopButtons, desktopChannel } from './desktop.ts';
