/** In the extension's own file system, whose files are not the database's: what damages one leaves the other. No page's script can open it. */
import type { SparePlace } from '../app/spare.ts';

const COPY = 'spare.json';
const UNREAD = 'unread-since';
/** The first line is much shorter. */
const LINE_BYTES = 2000;

async function fileOf(name: string, isMade = false): Promise<FileSystemFileHandle | null> {
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle(name, { create: isMade }).catch((error: DOMException) => {
    if (error.name === 'NotFoundError') return null;
    throw error;
  });
}

async function write(name: string, text: string): Promise<void> {
  // Written beside the old one, and put in its place by `close`.
  const writing = await (await fileOf(name, true))!.createWritable();
  await writing.write(text);
  await writing.close();
}

async function textOf(name: string): Promise<string | null> {
  return (await (await (await fileOf(name))?.getFile())?.text()) ?? null;
}

export const sparePlace: SparePlace = {
  firstLine: async () => {
    const file = await (await fileOf(COPY))?.getFile();
    return (await file?.slice(0, LINE_BYTES).text())?.split('\n', 1)[0] ?? null;
  },
  read: () => textOf(COPY),
  write: (text) => write(COPY, text),
  unreadSince: async () => Number(await textOf(UNREAD)) || null,
  keepUnread: (since) => write(UNREAD, since === null ? '' : String(since)),
};
