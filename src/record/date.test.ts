// Dates cover what they say, and nothing that is no date passes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange, EdtfDate, overlaps } from './date.ts';

const iso = (time: number) => new Date(time).toISOString();

describe('dateRange', () => {
  it.each([
    ['2014-10-28', '2014-10-28T00:00:00.000Z', '2014-10-28T23:59:59.999Z'],
    ['2014-10', '2014-10-01T00:00:00.000Z', '2014-10-31T23:59:59.999Z'],
    ['2016~', '2016-01-01T00:00:00.000Z', '2016-12-31T23:59:59.999Z'],
    ['2021-01/2021-08', '2021-01-01T00:00:00.000Z', '2021-08-31T23:59:59.999Z'],
    // Seasons: in no place named, in the north, in the south.
    ['2016-21', '2016-03-01T00:00:00.000Z', '2016-05-31T23:59:59.999Z'],
    ['2016-22', '2016-06-01T00:00:00.000Z', '2016-08-31T23:59:59.999Z'],
    ['2016-23', '2016-09-01T00:00:00.000Z', '2016-11-30T23:59:59.999Z'],
    ['2015-24', '2015-12-01T00:00:00.000Z', '2016-02-29T23:59:59.999Z'],
    ['2016-25', '2016-03-01T00:00:00.000Z', '2016-05-31T23:59:59.999Z'],
    ['2016-28', '2016-12-01T00:00:00.000Z', '2017-02-28T23:59:59.999Z'],
    ['2016-29', '2016-09-01T00:00:00.000Z', '2016-11-30T23:59:59.999Z'],
    ['2016-30', '2016-12-01T00:00:00.000Z', '2017-02-28T23:59:59.999Z'],
    ['2016-32', '2016-06-01T00:00:00.000Z', '2016-08-31T23:59:59.999Z'],
    // A quarter, a third and a half of a year.
    ['2016-34', '2016-04-01T00:00:00.000Z', '2016-06-30T23:59:59.999Z'],
    ['2016-37', '2016-01-01T00:00:00.000Z', '2016-04-30T23:59:59.999Z'],
    ['2016-41', '2016-07-01T00:00:00.000Z', '2016-12-31T23:59:59.999Z'],
  ])('%s', (text, from, to) => {
    const range = dateRange(text)!;
    expect([iso(range.from), iso(range.to)]).toEqual([from, to]);
  });

  it('leaves open ends open', () => {
    expect(dateRange('2008-03/..')!.to).toBe(Infinity);
    expect(dateRange('../2016')!.from).toBe(-Infinity);
  });

  it.each(['', 'October 2014', '2014-13', '2016-20', '2016-42', '28/10/2014', 'yesterday'])(
    '“%s” is no date',
    (text) => {
      expect(dateRange(text)).toBeNull();
      expect(EdtfDate.safeParse(text).success).toBe(false);
    },
  );

  it('never ends before it starts', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, last] = [a, b]
          .sort((x, y) => x.getTime() - y.getTime())
          .map((d) => d.toISOString().slice(0, 10));
        // EDTF writes a single day as a day, not as an interval of one.
        fc.pre(first !== last);
        const range = dateRange(`${first}/${last}`)!;
        expect(range.from).toBeLessThanOrEqual(range.to);
        expect(overlaps(range, dateRange(first!)!)).toBe(true);
        expect(overlaps(dateRange(last!)!, range)).toBe(true);
      }),
    );
  });
});

it('plain dates, read without the grammar, mean what the grammar says', () => {
  const two = (n: number) => String(n).padStart(2, '0');
  const texts = ['0000', '0001', '0099', '1900-02-29', '2000-02-29', '9999', '9999-12', '9999-12-31'];
  for (const year of [1999, 2020]) {
    texts.push(String(year));
    for (let month = 0; month <= 13; month++) {
      texts.push(`${year}-${two(month)}`);
      for (const day of [0, 1, 28, 29, 30, 31, 32]) texts.push(`${year}-${two(month)}-${two(day)}`);
    }
  }
  for (const text of texts) {
    // Written with a sign of approximation, the same date goes through the grammar.
    expect(dateRange(text), text).toEqual(dateRange(`${text}~`));
    for (const other of ['1900-02-28', '2020-02-29', '2020-03', '2021', '9999-12-31', '2020-13'])
      expect(dateRange(`${text}/${other}`), `${text}/${other}`).toEqual(dateRange(`${text}~/${other}`));
  }
});

it('a list that ends before it begins is no date', () => {
  expect(dateRange('{2216,2017}')).toBeNull();
  expect(dateRange('{2016,2017}')).not.toBeNull();
});
