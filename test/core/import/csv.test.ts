import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../../../src/core/import/csv.ts';

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

describe('separated values', () => {
  it.each([
    [
      'commas, quotes and a doubled quote',
      'a,"b,c","d ""e"""\r\n1,2,3',
      [
        ['a', 'b,c', 'd "e"'],
        ['1', '2', '3'],
      ],
    ],
    [
      'semicolons',
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\r1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'full-width commas',
      'a，b\n1，2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
    [
      'a line end inside quotes',
      'a,b\n"1\n2",3',
      [
        ['a', 'b'],
        ['1\n2', '3'],
      ],
    ],
    [
      'empty lines',
      '\n\na,b\n\n,\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a quote that is not closed',
      'a,b\n"1,2\n3,4',
      [
        ['a', 'b'],
        ['"1', '2'],
        ['3', '4'],
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('tells the line of each row, whatever stands inside quotes', () => {
    expect(parseCsv('a,b\n\n"1\n2",3\r\n4,5').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  const cell = fc.string({ unit: fc.constantFrom('a', '还', ',', ';', '"', '\n', '\r', '\t', ' ', '，', '1') });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const table = [['h1', 'h2', 'h3'], ...rows];
        const kept = table.filter((cells) => cells.some((value) => value.trim() !== ''));
        expect(cellsOf(formatCsv(table))).toEqual(kept);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void parseCsv(text)),
      { numRuns: 500 },
    );
  });
});
