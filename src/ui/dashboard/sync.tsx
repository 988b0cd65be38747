/** 同步: the owner's browsers joined over storage that they already have; nobody else can read a byte. */
import './channels.css';
import './sync.css';
import { useEffect, useState } from 'preact/hooks';
import type { DashboardProps } from './dashboard.tsx';
import { SyncCode } from './sync-code.tsx';
import { SyncSetUp } from './sync-set-up.tsx';
import { SyncState } from './sync-state.tsx';

/** Nobody keeps a code but this page: it outlives a look at another tab, and one that was answered meanwhile. */
let shownCode: string | null = null;
const showing = new Set<(code: string | null) => void>();
function setCode(code: string | null): void {
  shownCode = code;
  for (const show of showing) show(code);
}

export function SyncTab(props: DashboardProps) {
  const { view, words } = props;
  /** Shown until the owner has it, whatever else changes, and never again. */
  const [code, show] = useState(shownCode);
  useEffect(() => {
    showing.add(show);
    show(shownCode);
    return () => void showing.delete(show);
  }, []);
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
