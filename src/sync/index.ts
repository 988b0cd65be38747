/** The list of backends. A new one: a file beside this, a line here, a line in test/sync/backends.test.ts. */
export { storageAreaBackend } from './storage-area.ts';
export { webdavBackend } from './webdav.ts';
