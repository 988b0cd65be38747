/** The `.ics` file of every watched bill, and what such a file cannot do. */
import { useState } from 'preact/hooks';
import { saveFile } from '../parts/save-file.ts';
import type { CalendarPanelProps } from './calendar-panel.tsx';

export function CalendarFile({ words, ask }: CalendarPanelProps) {
  const [showsDetails, setDetails] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const download = async (): Promise<void> => {
    const { text, count } = await ask({ do: 'calendar-file', showsDetails });
    if (count > 0) saveFile(text, words.say('calendarFileName'), 'text/calendar');
    setSaid(count > 0 ? words.say('calendarFileSaved', String(count)) : words.say('calendarFileEmpty'));
  };
  return (
    <section aria-labelledby="calendar-file">
      <h3 id="calendar-file">{words.say('calendarFileTitle')}</h3>
      <p class="quiet">{words.say('calendarFileText')}</p>
      <p class="quiet">{words.say('calendarFileNote')}</p>
      <label class="check">
        <input
          type="checkbox"
          name="fileDetails"
          checked={showsDetails}
          onChange={({ currentTarget }) => setDetails(currentTarget.checked)}
        />
        {words.say('calendarDetails')}
      </label>
      <p class="acts">
        <button type="button" onClick={() => void download().catch(() => setSaid(words.say('calendarNoAnswer')))}>
          {words.say('calendarFileSave')}
        </button>
        <span role="status">{said}</span>
      </p>
    </section>
  );
}
