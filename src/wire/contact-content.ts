/** In the pages that show the bound number: looks until it is there, tells it once, and ends. */
import { tellBackground } from '../browser/content.ts';
import { whenShown } from '../browser/in-page.ts';
import { readMaskedPhone } from '../sites/contact/read.ts';
import { pageAge } from './page-age.ts';

/** A page that fills itself in later is looked at again; the last look tells that nothing was found. */
const LOOKS_MS = [0, 500, 2_000, 5_000, 12_000] as const;

export async function startContact(): Promise<void> {
  await whenShown();
  // An update puts this into pages that have stood open for days.
  if (pageAge().isOld(Date.now())) return;
  const url = new URL(location.href);
  for (const afterMs of LOOKS_MS) {
    await new Promise((done) => setTimeout(done, afterMs));
    const phone = readMaskedPhone(document, url);
    if (phone) return void (await tellBackground({ from: 'contact', phone }));
  }
  await tellBackground({ from: 'contact', phone: null });
}
