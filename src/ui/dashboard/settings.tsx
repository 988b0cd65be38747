/** 设置与备份: what Duly does only when it is asked to. */
import { BackupPanel } from './backup-panel.tsx';
import { ContactPanel } from './contact-panel.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { LostPanel } from './lost-panel.tsx';
import { RefreshPanel } from './refresh-panel.tsx';
import { RestorePanel } from './restore-panel.tsx';

export function Settings(props: DashboardProps) {
  return (
    <>
      <LostPanel {...props} />
      <ContactPanel {...props} />
      <RefreshPanel {...props} />
      <BackupPanel {...props} />
      <RestorePanel {...props} />
      <p>
        <a href="welcome.html">{props.words.say('welcomeOpen')}</a>
      </p>
    </>
  );
}
