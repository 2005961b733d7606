// The same amount in two currencies, held against the European Central Bank's rates of the days it may have been worked out on.
import type { Interval } from '../../record/figure.ts';
import { type Days, isoOf } from '../calendar.ts';
import type { ExchangeRates } from '../exchange-rates.ts';
import { meet, type Quantity } from '../quantity.ts';
import { amountOf, apartStep, exactly, type Misfit, middleOf, tidy, weightOf } from './check.ts';

/** Whoever converts takes a rate of about that time: so many days before and after count as well. */
export const RATE_DAYS = 30;

/**
 * An amount of money and its equivalent in another currency. `days` are those on which it may have been converted: the day of
 * publication, or the period it is for; the rates of 30 days before to 30 days after all count, as does the rounding of both
 * numbers. Silent where the table of rates does not reach.
 */
export function currencyEquivalent({
  amount,
  equivalent,
  days,
  rates,
  day: worked = days.first,
}: {
  amount: Quantity;
  equivalent: Pick<Quantity, 'amount' | 'printed'>;
  days: Days;
  rates: ExchangeRates;
  /** The day whose rate the working shows. */
  day?: number;
}): Misfit | null {
  const [unit, other] = [amount.amount.unit, equivalent.amount.unit];
  if (unit === null || other === null || unit === other) return null;
  if (!Number.isFinite(days.first) || !Number.isFinite(days.last)) return null;
  const [from, to] = [isoOf(days.first - RATE_DAYS), isoOf(days.last + RATE_DAYS)];
  const [one, two] = [rates.range(unit, from, to), rates.range(other, from, to)];
  const day = isoOf(worked);
  const [oneDay, twoDay] = [rates.perEuro(unit, day), rates.perEuro(other, day)];
  if (one === null || two === null || oneDay === null || twoDay === null) return null;
  // How much of the other one of this buys, at the least and at the most.
  const factor: Interval = { low: two.low / one.high, high: two.high / one.low };
  const found = { low: amount.printed.low * factor.low, high: amount.printed.high * factor.high };
  if (!(amount.printed.low > 0) || meet(found, equivalent.printed)) return null;
  const middle = middleOf(amount.amount);
  if (middle === null) return null;
  return {
    working: [
      { code: 'equivalent-given', values: { amount: amount.amount, equivalent: equivalent.amount } },
      {
        code: 'equivalent-day',
        values: {
          date: day,
          rate: exactly(Number((twoDay / oneDay).toPrecision(5)), other),
          one: exactly(1, unit),
          amount: exactly(middle, unit),
          result: exactly(cents((middle * twoDay) / oneDay), other),
        },
      },
      {
        code: 'equivalent-range',
        values: {
          periodRates: `${from}/${to}`,
          result: amountOf({ low: cents(found.low), high: cents(found.high) }, other),
        },
      },
      apartStep(equivalent.printed, found, other),
    ],
    weight: weightOf(found, equivalent.printed, 0.5),
  };
}

/** An amount of money to four digits that count, or to the cent. */
function cents(value: number): number {
  return Number.isFinite(value)
    ? tidy(Math.abs(value) >= 1e4 ? Number(value.toPrecision(6)) : Math.round(value * 100) / 100)
    : value;
}
