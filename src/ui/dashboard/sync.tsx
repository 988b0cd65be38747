/** 同步: the owner's browsers joined over storage that they already have; nobody else can read a byte. */
import './channels.css';
import './sync.css';
import { useState } from 'preact/hooks';
import type { DashboardProps } from './dashboard.tsx';
import { SyncCode } from './sync-code.tsx';
import { SyncSetUp } from './sync-set-up.tsx';
import { SyncState } from './sync-state.tsx';

export function SyncTab(props: DashboardProps) {
  const { view, words } = props;
  /** Nobody keeps it but this page: shown until the owner has it, whatever else changes, and never again. */
  const [code, setCode] = useState<string | null>(null);
  return (
    <>
      <p>{words.say('syncText')}</p>
      {code !== null && <SyncCode code={code} words={words} done={() => setCode(null)} />}
      {view.sync.place === null ? (
        code === null && <SyncSetUp {...props} showCode={setCode} />
      ) : (
        <SyncState {...props} place={view.sync.place} showCode={setCode} isCodeShown={code !== null} />
      )}
    </>
  );
}
