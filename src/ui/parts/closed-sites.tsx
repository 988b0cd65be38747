/** Sites that the browser does not let us read: what it means, and the question to the browser in this very click. */
import { useState } from 'preact/hooks';
import type { ClosedSite } from '../../app/closed-sites.ts';
import type { Words } from '../../i18n/words.ts';
import { ActButton } from './act-button.tsx';
import type { Allow } from './allow.ts';

interface ClosedSitesProps {
  readonly closed: readonly ClosedSite[];
  readonly words: Words;
  readonly allow: Allow;
}

export function ClosedSites({ closed, words, allow }: ClosedSitesProps) {
  const [denied, setDenied] = useState<readonly string[]>([]);
  const nameOf = ({ siteId, title }: ClosedSite): string => words.site(siteId, title);
  const ask = ({ siteId, patterns }: ClosedSite): void => {
    const asked = allow(patterns);
    void asked
      .catch(() => false) // The browser would not even ask: for the owner that is the same no.
      .then((isAllowed) => !isAllowed && setDenied([...denied, siteId]));
  };
  return (
    <>
      {closed.map((site) => (
        <section class="trouble" key={site.siteId}>
          <p role="status">
            {words.say(denied.includes(site.siteId) ? 'siteClosedDenied' : 'siteClosed', nameOf(site))}
          </p>
          <ActButton {...{ words, of: nameOf(site) }} text={words.say('siteClosedAllow')} onClick={() => ask(site)} />
        </section>
      ))}
    </>
  );
}
