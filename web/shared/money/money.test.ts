import { expect, test } from 'vitest';
import { bare, money, parsed, percent } from './money.ts';

const dollars = { currency: 'USD', currencyDecimals: 2 };
const yen = { currency: 'JPY', currencyDecimals: 0 };
const dinars = { currency: 'KWD', currencyDecimals: 3 };

test('amounts are written as the reader writes them', () => {
  expect(money(123_450, dollars, 'en')).toBe('$1,234.50');
  expect(money(1240, { currency: 'EUR', currencyDecimals: 2 }, 'de')).toBe('12,40\u00a0€');
  expect(money(500, yen, 'en')).toBe('¥500');
  expect(bare(1250, dinars, 'en')).toBe('1.250');
});

test('hundredths of a percent are written as far as there are any', () => {
  expect([percent(1_500, 'en'), percent(825, 'de')]).toEqual(['15%', '8,25\u00a0%']);
});

test('a forint has the decimals that the API says', () => {
  expect(bare(123_400, { currency: 'HUF', currencyDecimals: 2 }, 'en')).toBe('1,234.00');
});

test.each([
  ['3', dollars, 300],
  [' 3.5 ', dollars, 350],
  ['3,50', dollars, 350],
  ['0', yen, 0],
  ['250', yen, 250],
  ['1.250', dinars, 1250],
  ['', dollars, null],
  ['3.505', dollars, null],
  ['-1', dollars, null],
  ['2.5', yen, null],
  ['ten', dollars, null],
])('%j in %o is %j', (text, currency, amount) => {
  expect(parsed(text, currency)).toBe(amount);
});
