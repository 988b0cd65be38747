/** The one door to the browser for the background and our pages. The content script has its own, without the polyfill. */
import browser from 'webextension-polyfill';

export { browser };

/** Set by WXT at build time. */
export const IS_FIREFOX: boolean = import.meta.env.FIREFOX;
