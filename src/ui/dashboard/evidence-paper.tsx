/** What is printed: the bill, what was left out, every entry, the last hash, and what all this proves. */
import { toDay } from '../../core/day.ts';
import { momentOf } from '../../core/evidence.ts';
import type { Evidence } from '../../core/evidence-chain.ts';
import { evidenceWhat, evidenceWhen } from '../../i18n/evidence-words.ts';
import { isolated } from '../../i18n/isolated.ts';
import type { Words } from '../../i18n/words.ts';
import { Table } from '../parts/table.tsx';

interface EvidencePaperProps {
  readonly evidence: Evidence;
  readonly words: Words;
}

export function EvidencePaper({ evidence, words }: EvidencePaperProps) {
  return (
    <section class="paper" aria-labelledby="paper">
      <h3 id="paper">{words.say('evidenceTitle')}</h3>
      {headLines(evidence, words).map((line) => (
        <p class="title" key={line}>
          {line}
        </p>
      ))}
      <Table names={['#', words.say('evidenceWhen'), words.say('evidenceWhat')]}>
        {evidence.entries.map((entry) => (
          <tr key={entry.hash}>
            <td class="number">{entry.n}</td>
            <td class="number">{evidenceWhen(entry, words)}</td>
            <td class="title told">{evidenceWhat(entry, words)}</td>
          </tr>
        ))}
      </Table>
      <p class="address">{words.say('evidenceHash', String(evidence.entries.length), evidence.finalHash)}</p>
      <p class="proves">{words.say('evidenceProves')}</p>
    </section>
  );
}

function headLines({ bill, madeAt, leftOut }: Evidence, words: Words): string[] {
  const { title, site, dueDay, remainingYuan } = bill;
  const made = momentOf(madeAt);
  const missing = leftOut.map((field) => words.say(`evidenceField_${field}`)).join(' · ');
  return [
    ...(typeof title === 'string' ? [[isolated(title), site].filter(Boolean).join(' · ')] : []),
    [
      words.say('noticePayBy', words.fullDay(typeof dueDay === 'string' ? toDay(dueDay) : null)),
      ...(remainingYuan === undefined
        ? []
        : [
            typeof remainingYuan === 'string'
              ? words.say('evidence_owed', words.say('yuan', remainingYuan))
              : words.say('amountUnknown'),
          ]),
    ].join(' · '),
    words.say('evidenceMade', made === null ? words.say('evidenceUnknownTime') : words.fullMoment(made)),
    missing ? words.say('evidenceLeftOut', missing) : words.say('evidenceNothingLeftOut'),
  ];
}

/** The same as plain text, to be pasted. */
export function paperText(evidence: Evidence, words: Words): string {
  return [
    words.say('evidenceTitle'),
    ...headLines(evidence, words),
    '',
    ...evidence.entries.map((entry) => `${entry.n}. ${evidenceWhen(entry, words)}  ${evidenceWhat(entry, words)}`),
    '',
    words.say('evidenceHash', String(evidence.entries.length), evidence.finalHash),
    words.say('evidenceProves'),
  ].join('\n');
}
