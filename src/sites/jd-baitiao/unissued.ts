/** 未出账单 (facts §2.3): the coming bill. It has a statement day and never a due day. */
import type { Day } from '../../core/day.ts';
import { standingFrom } from '../../core/reading.ts';
import { draft, monthTitle, NOTHING, type Part } from '../draft.ts';
import type { Answer } from './answers.ts';
import { dueDays, instalment, yuan } from './fields.ts';
import { fieldsOf, idOf } from './json.ts';
import { TITLE } from './manifest.ts';

const said = (value: number) => ({ source: 'responses', value }) as const;

export function readUnissued(answers: readonly Answer[], today: Day): Part {
  const data = answers.at(-1)?.data;
  if (!data) return NOTHING;
  const bill = fieldsOf(data.billNOTOut);
  const wholeFen = yuan(data.sdpAmt);
  if (!bill && !wholeFen) {
    const isEvidence = data.billNOTOut === null && (wholeFen === 0 || fieldsOf(data.result) !== null);
    return isEvidence ? { ...NOTHING, covered: ['unissued'] } : NOTHING;
  }
  const days = dueDays(null, bill?.billDate, today);
  const ownFen = yuan(bill?.sdpAmt);
  const isContradicted = ownFen === 0 && wholeFen !== null && wholeFen > 0;
  const remainingFen = isContradicted ? wholeFen : (ownFen ?? wholeFen);
  const title = days.statementDay ? monthTitle(days.statementDay, '') : `${TITLE}账单`;
  return {
    bills: [
      draft({
        family: 'unissued',
        source: 'responses',
        key: idOf(bill?.billId) ?? (days.statementDay ? `statement:${days.statementDay}` : 'unissued'),
        title: `${title}（未出账）`,
        ...days,
        totalFen: yuan(bill?.billAmt),
        remainingFen,
        minimumFen: yuan(bill?.minPayAmt),
        ...instalment(bill?.planedAmt),
        overdueFeeFen: yuan(data.sdpOverAmt),
        standing: standingFrom(remainingFen, false),
        doubts: isContradicted ? [{ field: 'remainingFen', values: [wholeFen, 0].map(said) }] : [],
      }),
    ],
    covered: ['unissued'],
    paidKeys: [],
  };
}
