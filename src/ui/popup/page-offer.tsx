/** The page behind the popup: the offer to teach it, and its structure for an issue when it was not understood. */
import { useState } from 'preact/hooks';
import type { PopupView } from '../../app/popup-view.ts';
import { recipeFits, taughtSiteId } from '../../core/recipe.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { Words } from '../../i18n/words.ts';

export interface ShownPage {
  readonly url: URL;
  /** The site of the list that claims it; null when none does. */
  readonly siteId: string | null;
  /** Asks the browser's permission in this very click; false when it was not given. */
  readonly teach: () => Promise<boolean>;
  /** Copies the structure report. */
  readonly copyReport: () => Promise<void>;
}

interface PageOfferProps {
  readonly page: ShownPage;
  readonly view: PopupView;
  readonly words: Words;
}

export function PageOffer({ page, view, words }: PageOfferProps) {
  const recipe = view.recipes.find((one) => recipeFits(one, page.url));
  const siteId = page.siteId ?? (recipe ? taughtSiteId(recipe.id) : null);
  const isUnread = view.sites.some((site) => site.siteId === siteId && site.kind === 'unreadable');
  const canTeach = page.siteId === null && page.url.protocol === 'https:';
  return (
    <>
      {canTeach && <TeachOffer page={page} isKnown={recipe !== undefined} words={words} />}
      {isUnread && <ReportOffer page={page} words={words} />}
    </>
  );
}

function TeachOffer({
  page,
  isKnown,
  words,
}: {
  readonly page: ShownPage;
  readonly isKnown: boolean;
  readonly words: Words;
}) {
  const [said, setSaid] = useState<MessageKey>(isKnown ? 'teachKnownText' : 'teachOfferText');
  const teach = (): void => {
    const asked = page.teach();
    setSaid('teachAsking');
    void asked.then((isAllowed) => !isAllowed && setSaid('teachDenied'));
  };
  return (
    <section class="offer">
      <p>
        <b>{page.url.hostname}</b> {words.say(said)}
      </p>
      <button type="button" onClick={teach}>
        {words.say(isKnown ? 'teachOfferAgain' : 'teachOffer')}
      </button>
    </section>
  );
}

function ReportOffer({ page, words }: { readonly page: ShownPage; readonly words: Words }) {
  const [said, setSaid] = useState<MessageKey>('reportText');
  const copy = (): void =>
    void page.copyReport().then(
      () => setSaid('reportCopied'),
      () => setSaid('reportFailed'),
    );
  return (
    <section class="offer">
      <p role="status">{words.say(said)}</p>
      <button type="button" onClick={copy}>
        {words.say('reportCopy')}
      </button>
    </section>
  );
}
