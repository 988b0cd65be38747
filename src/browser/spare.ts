/** In the extension's own file system, whose files are not the database's: what damages one leaves the other. No page's script can open it. */
import type { SparePlace } from '../app/spare.ts';

const NAME = 'spare.json';
/** The first line is much shorter. */
const LINE_BYTES = 2000;

async function fileOf(isMade: boolean): Promise<FileSystemFileHandle | null> {
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle(NAME, { create: isMade }).catch((error: DOMException) => {
    if (error.name === 'NotFoundError') return null;
    throw error;
  });
}

export const sparePlace: SparePlace = {
  firstLine: async () => {
    const file = await (await fileOf(false))?.getFile();
    return (await file?.slice(0, LINE_BYTES).text())?.split('\n', 1)[0] ?? null;
  },
  read: async () => (await (await (await fileOf(false))?.getFile())?.text()) ?? null,
  write: async (text) => {
    // Written beside the old one, and put in its place by `close`.
    const writing = await (await fileOf(true))!.createWritable();
    await writing.write(text);
    await writing.close();
  },
};
