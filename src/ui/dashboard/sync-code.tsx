/** A new pairing code, shown once: groups to read aloud, a QR code to carry it, and a word that it is written down. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { encode } from 'uqr';
import type { Words } from '../../i18n/words.ts';

interface SyncCodeProps {
  readonly code: string;
  readonly words: Words;
  readonly done: () => void;
}

export function SyncCode({ code, words, done }: SyncCodeProps) {
  const [hasIt, setHasIt] = useState(false);
  const [copied, setCopied] = useState<'reportCopied' | 'reportFailed' | null>(null);
  const copy = (): void =>
    void navigator.clipboard.writeText(code).then(
      () => setCopied('reportCopied'),
      () => setCopied('reportFailed'),
    );
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => head.current?.focus(), []);
  return (
    <section class="sync-card sync-code" aria-labelledby="sync-code">
      <div>
        <h3 id="sync-code" tabIndex={-1} ref={head}>
          {words.say('syncCodeTitle')}
        </h3>
        <p class="code" translate={false}>
          {code.split('-').map((group) => (
            <span key={group}>{group}</span>
          ))}
        </p>
        <p>
          <b>{words.say('syncCodeOnce')}</b> {words.say('syncCodeText')}
        </p>
        <label class="check">
          <input type="checkbox" checked={hasIt} onChange={({ currentTarget }) => setHasIt(currentTarget.checked)} />
          {words.say('syncCodeHave')}
        </label>
        <p class="acts">
          <button type="button" class="main" disabled={!hasIt} onClick={done}>
            {words.say('syncCodeDone')}
          </button>
          <button type="button" onClick={copy}>
            {words.say('syncCodeCopy')}
          </button>
        </p>
        <p role="status" class="told">
          {copied && words.say(copied)}
        </p>
      </div>
      <Qr text={code} title={words.say('syncCodeQr')} />
    </section>
  );
}

/** Dark on light whatever the theme: cameras expect it so. */
function Qr({ text, title }: { readonly text: string; readonly title: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={title} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  );
}
