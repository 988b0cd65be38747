/** Chooses one bill of very many: a short list, and a field that narrows it. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../core/bill.ts';
import type { Words } from '../../i18n/words.ts';
import { useOwnId } from './own-id.ts';

const MOST = 100;

interface BillPickerProps {
  /** In the order in which they are offered. */
  readonly bills: readonly Bill[];
  readonly chosen: Bill | null;
  readonly choose: (bill: Bill) => void;
  readonly words: Words;
}

export function BillPicker({ bills, chosen, choose, words }: BillPickerProps) {
  const id = useOwnId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLocaleLowerCase();
  const found = bills.filter((bill) => wanted === '' || nameOf(bill, words).toLocaleLowerCase().includes(wanted));
  const shown = found.slice(0, MOST);
  // What is chosen stays in the list: a select without its value would show another one.
  const listed = chosen && !shown.includes(chosen) ? [chosen, ...shown] : shown;
  return (
    <div class="picker">
      {bills.length > 8 && (
        <label>
          {words.say('pickFind')}
          <input type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
      )}
      <label for={id}>{words.say('pickBill')}</label>
      <select
        id={id}
        value={chosen?.id ?? ''}
        onChange={(event) => {
          const bill = bills.find((each) => each.id === event.currentTarget.value);
          if (bill) choose(bill);
        }}
      >
        {listed.map((bill) => (
          <option key={bill.id} value={bill.id}>
            {nameOf(bill, words)}
          </option>
        ))}
      </select>
      {found.length === 0 && <p role="status">{words.say('pickNone')}</p>}
      {found.length > MOST && <p class="quiet">{words.say('pickMore', String(found.length - MOST))}</p>}
    </div>
  );
}

/** As much of a long title as a list can show; the whole stands in the list of bills. */
const LONGEST = 60;

function nameOf({ title, dueDay }: Bill, words: Words): string {
  return `${dueDay ?? words.day(null)} · ${shortTitle(title)}`;
}

export function shortTitle(title: string): string {
  const letters = [...title];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : title;
}
