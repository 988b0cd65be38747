import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIRST_LIVED } from '../../../src/core/day.ts';
import { valuesOf } from '../../../src/core/record/capture.ts';
import { DRIFT_MS, isTooFarAhead, newClock, stampAt, tick } from '../../../src/core/record/clock.ts';
import { newestIn, normal, type Rec } from '../../../src/core/record/record.ts';
import { DEVICE, restamped, takingBack, whoTookBack } from '../../../src/core/record/restamp.ts';

const NOW = FIRST_LIVED + 1_000_000;
const stamp = fc
  .tuple(fc.integer({ min: -3, max: 6 }), fc.constantFrom('a', 'b'))
  .map(([ms, device]) => stampAt(device, NOW + DRIFT_MS + ms));
const rec = fc
  .record({
    fields: fc.dictionary(fc.constantFrom('page', 'paidAt', 'note'), fc.tuple(fc.integer(), stamp)),
    gone: fc.option(stamp, { nil: undefined }),
  })
  .map(({ fields, gone }) => normal({ kind: 'bill', id: 'x', fields, ...(gone === undefined ? {} : { gone }) }));

const stampsOf = ({ fields, gone }: Rec) => [...Object.values(fields).map(([, at]) => at), ...(gone ? [gone] : [])];

it('law: what is ahead is stamped anew in its order, above all that is not; nothing else is touched', () => {
  fc.assert(
    fc.property(fc.array(rec, { maxLength: 5 }), (recs) => {
      const before = recs.filter((each) => isTooFarAhead(newestIn(each), NOW));
      const done = restamped(recs, newClock('own'), NOW);
      expect(done === null).toBe(before.length === 0);
      if (!done) return;
      const pairs = before.flatMap((each, index) => {
        const after = done.changed[index]!;
        expect(after).toEqual(normal(after));
        expect(valuesOf(after)).toEqual(valuesOf(each));
        const renewed = stampsOf(after);
        return stampsOf(each).map((at, place) => [at, renewed[place]!] as const);
      });
      for (const [from, to] of pairs) {
        if (!isTooFarAhead(from, NOW)) expect(to).toBe(from);
        expect(isTooFarAhead(to, NOW)).toBe(false);
        for (const [other, otherTo] of pairs) expect(otherTo < to).toBe(other < from);
      }
      const later = tick(done.clock, NOW).stamp;
      for (const at of [...recs, ...done.changed].flatMap(stampsOf))
        if (!isTooFarAhead(at, NOW)) expect(later > at).toBe(true);
    }),
  );
});

it('by a clock that stands before Duly was nothing is stamped anew', () => {
  const ahead: Rec = { kind: 'bill', id: 'x', fields: { note: ['n', stampAt('a', NOW)] } };
  expect(restamped([ahead], newClock('own'), FIRST_LIVED - 1)).toBeNull();
  expect(restamped([ahead], newClock('own'), FIRST_LIVED)).not.toBeNull();
});

it('who has taken back what it stamped ahead is heard once: what it stamps ahead later waits for its time', () => {
  const { kind, id, values } = takingBack('b', FIRST_LIVED);
  const told: Rec = { kind, id, fields: { takenBackAt: [values.takenBackAt!, stampAt('b', FIRST_LIVED)] } };
  const silent: Rec = { kind: DEVICE, id: 'c', fields: { name: ['x', stampAt('c', FIRST_LIVED)] } };
  expect(whoTookBack([told, silent], () => undefined)).toEqual(['b']);
  expect(whoTookBack([told, silent], (rec) => rec)).toEqual([]);
});
