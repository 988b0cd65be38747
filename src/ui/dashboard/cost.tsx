/** 逾期成本: what being late costs on one's own bill, what else follows, and what falls due in which month. */
import './cost.css';
import { useState } from 'preact/hooks';
import { isWatched } from '../../core/bill.ts';
import { hasKnownRate, LATE_BASIS_POINTS, statedBasisPoints } from '../../core/cost.ts';
import { dayOf } from '../../core/day.ts';
import { BillPicker, shortTitle } from '../parts/bill-picker.tsx';
import { CostMonths } from './cost-months.tsx';
import { CostTable } from './cost-table.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { NoBills } from './no-bills.tsx';

const STEP = 0.5;

export function Cost(props: DashboardProps) {
  const { view, words, detail = '' } = props;
  const open = view.allBills.filter(isWatched);
  const bills = open.length > 0 ? [...open].reverse() : view.allBills;
  const [chosenId, setChosenId] = useState(detail);
  const bill =
    bills.find(({ id }) => id === chosenId) ?? bills.find(({ dueDay }) => dueDay !== null) ?? bills[0] ?? null;
  const stated = bill && statedBasisPoints(bill);
  const [moved, setMoved] = useState<number | null>(null);
  const points = moved ?? stated ?? LATE_BASIS_POINTS.low;
  return (
    <>
      <section aria-labelledby="late-cost">
        <h3 id="late-cost">{words.say('costLate')}</h3>
        {bill === null ? (
          <NoBills {...props} />
        ) : (
          <>
            <BillPicker
              bills={bills}
              chosen={bill}
              words={words}
              choose={({ id }) => {
                setChosenId(id);
                setMoved(null);
              }}
            />
            <p>
              <span class="title" title={bill.title}>
                {shortTitle(bill.title)}
              </span>{' '}
              · <span class="number">{words.amount(bill.remainingFen)}</span> ·{' '}
              {words.day(bill.dueDay, dayOf(props.now))}
            </p>
            <label class="slider">
              <span class="number">{words.say('costRate', words.rate(points))}</span>
              <input
                type="range"
                min={Math.min(LATE_BASIS_POINTS.low, Math.floor(stated ?? LATE_BASIS_POINTS.low))}
                max={Math.max(LATE_BASIS_POINTS.high, Math.ceil(stated ?? 0))}
                step={stated === null ? STEP : 'any'}
                value={points}
                aria-valuetext={words.rate(points)}
                onInput={(event) => setMoved(Number(event.currentTarget.value))}
              />
            </label>
            {stated !== null && <p>{words.say('costRateStated', words.rate(stated))}</p>}
            <p class="quiet">{words.say(hasKnownRate(bill.siteId) ? 'costRateKnown' : 'costRateUnknown')}</p>
            <CostTable bill={bill} points={points} words={words} />
          </>
        )}
      </section>
      <section aria-labelledby="cost-also">
        <h3 id="cost-also">{words.say('costAlso')}</h3>
        <ul class="also">
          {!!bill?.overdueFeeFen && <li>{words.say('costAlsoFee', words.amount(bill.overdueFeeFen))}</li>}
          <li>{words.say('costAlsoCredit')}</li>
          <li>{words.say('costAlsoGrace')}</li>
        </ul>
        <p class="quiet">{words.say('costAlsoSources')}</p>
      </section>
      <CostMonths {...props} />
    </>
  );
}
