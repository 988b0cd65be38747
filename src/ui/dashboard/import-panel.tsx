/** Bills from files: drop several at once, see what they would change, then confirm. Nothing is imported half. */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { FileReport, GivenFile } from '../../app/import-file.ts';
import type { ImportedBill } from '../../core/import/rows.ts';
import type { DashboardProps } from './dashboard.tsx';
import { ImportPreview } from './import-panel-preview.tsx';
import { ImportTold, type ToldImport } from './import-panel-told.tsx';
import { keyOf } from './import-panel-words.ts';

type Entry = { readonly name: string; readonly report: FileReport | 'waiting' | 'reading' | 'cancelled' };

/** More at once is a folder dropped by mistake. */
const MOST_FILES = 200;

export function ImportPanel({ view, words, now, ask, readFile }: DashboardProps) {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [told, tell] = useState<ToldImport | null>(null);
  const [isReading, setReading] = useState(false);
  const [isOver, setOver] = useState(false);
  const isCancelled = useRef(false);
  const picker = useRef<HTMLInputElement>(null);

  const take = async (files: readonly GivenFile[]): Promise<void> => {
    if (isReading || files.length === 0) return;
    isCancelled.current = false;
    if (told?.kind !== 'imported') tell(null);
    setReading(true);
    const given = files.slice(0, MOST_FILES);
    const read: Entry[] = given.map(({ name }) => ({ name, report: 'waiting' }));
    const say = (at: number, report: Entry['report']): void => {
      read[at] = { name: given[at]?.name ?? '', report };
      setEntries([...read]);
    };
    for (const [at, file] of given.entries()) {
      say(at, isCancelled.current ? 'cancelled' : 'reading');
      if (isCancelled.current) continue;
      // A breath for the page: the progress is painted and the cancel button answers.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const report = await readFile(file);
      say(at, isCancelled.current ? 'cancelled' : report);
    }
    setReading(false);
  };
  const confirm = async (bills: ImportedBill[], isMonthly: boolean): Promise<void> => {
    try {
      tell({ kind: 'imported', ...(await ask({ do: 'import', bills, isMonthly })) });
      setEntries([]);
    } catch {
      tell({ kind: 'failed' }); // The preview stays, and the words say that nothing was written.
    }
  };
  const undo = async (id: string): Promise<void> => {
    tell({ kind: 'undoing' });
    tell(
      await ask({ do: 'undo-import', id }).then(
        (undone) => (undone ? { kind: 'undone', ...undone } : { kind: 'not-undone', id: null }),
        () => ({ kind: 'not-undone', id }),
      ),
    );
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take([...(event.dataTransfer?.files ?? [])]);
  };
  const reports = useMemo(
    () => entries.flatMap(({ report }) => (typeof report === 'string' ? [] : [report])),
    [entries],
  );
  const hasRows = reports.some((report) => report.kind === 'rows');
  const finished = entries.filter(({ report }) => report !== 'waiting' && report !== 'reading').length;
  return (
    <section aria-labelledby="import">
      <h3 id="import">{words.say('importTitle')}</h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same */}
      <div
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{words.say('importDrop')}</p>
        <button type="button" disabled={isReading} onClick={() => picker.current?.click()}>
          {words.say('importChoose')}
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={words.say('importChoose')}
          accept=".csv,.tsv,.txt,.json,.eml,.html,.htm"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            void take(files);
          }}
        />
        <p class="quiet">{words.say('importKinds')}</p>
      </div>
      {isReading && (
        <p role="status">
          <progress max={entries.length} value={finished} aria-label={words.say('importProgress')} />{' '}
          {words.say('importReading', String(finished), String(entries.length))}{' '}
          <button
            type="button"
            onClick={() => {
              isCancelled.current = true;
            }}
          >
            {words.say('importCancel')}
          </button>
        </p>
      )}
      {entries.length > 0 && (
        <ul class="plain" aria-label={words.say('importFiles')}>
          {entries.map(({ name, report }, at) => (
            <li key={`${at}:${name}`}>
              <span class="title">{name}</span> · {wordsOf(report, words.say)}
            </li>
          ))}
        </ul>
      )}
      {!isReading && hasRows && (
        <ImportPreview
          reports={reports}
          bills={view.allBills}
          now={now}
          words={words}
          confirm={confirm}
          discard={() => setEntries([])}
        />
      )}
      <ImportTold told={told} words={words} undo={(id) => void undo(id)} close={() => tell(null)} />
    </section>
  );
}

function wordsOf(report: Entry['report'], say: DashboardProps['words']['say']): string {
  if (report === 'waiting') return say('importFileWaiting');
  if (report === 'reading') return say('importFileReading');
  if (report === 'cancelled') return say('importFileCancelled');
  if (report.kind === 'refused') return say(keyOf('File', report.code));
  const refused = report.rows.filter(({ kind }) => kind === 'refused').length;
  return [
    say('importFileRows', String(report.rows.length - refused), String(refused)),
    ...report.remarks.map((remark) => say(keyOf('Remark', remark))),
  ].join(' ');
}
