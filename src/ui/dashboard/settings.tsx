/** 设置: what Duly does only when it is asked to. */
import { ContactPanel } from './contact-panel.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { RefreshPanel } from './refresh-panel.tsx';

export function Settings(props: DashboardProps) {
  return (
    <>
      <ContactPanel {...props} />
      <RefreshPanel {...props} />
      <p>
        <a href="welcome.html">{props.words.say('welcomeOpen')}</a>
      </p>
    </>
  );
}
