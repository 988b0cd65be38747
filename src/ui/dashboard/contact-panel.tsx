/** The contact check: off until the owner allows the two pages in the click that switches it on. */
import './contact.css';
import { useState } from 'preact/hooks';
import { CONTACT_PATTERNS } from '../../core/contact.ts';
import { ContactPhone } from './contact-phone.tsx';
import { ContactSms } from './contact-sms.tsx';
import type { DashboardProps } from './dashboard.tsx';

export function ContactPanel(props: DashboardProps) {
  const { view, words, ask, allow } = props;
  const [isDenied, setDenied] = useState(false);
  const isOn = view.contact.onSince !== null;
  const start = (): void => {
    const asked = allow(CONTACT_PATTERNS);
    void asked
      .catch(() => false) // The browser would not even ask: the same no.
      .then((isAllowed) => {
        setDenied(!isAllowed);
        if (isAllowed) return ask({ do: 'contact-watch', isOn: true });
      });
  };
  return (
    <section aria-labelledby="contact">
      <h3 id="contact">{words.say('contact')}</h3>
      <p class="quiet">{words.say('contactText')}</p>
      {isOn ? (
        <>
          <ContactPhone {...props} />
          {view.isContactClosed && (
            <p class="remark acts">
              {words.say('contactNotAllowed')}
              <button type="button" onClick={start}>
                {words.say('contactAllow')}
              </button>
            </p>
          )}
          <ContactSms {...props} />
          <button type="button" onClick={() => void ask({ do: 'contact-watch', isOn: false })}>
            {words.say('contactStop')}
          </button>
        </>
      ) : (
        <button type="button" class="main" onClick={start}>
          {words.say('contactStart')}
        </button>
      )}
      {isDenied && <p role="alert">{words.say('contactDenied')}</p>}
    </section>
  );
}
