/** THE LIST of channels, one line each. */
export { desktopButtons, desktopChannel } from './desktop.ts';
export { pushChannel } from './push/channel.ts';
