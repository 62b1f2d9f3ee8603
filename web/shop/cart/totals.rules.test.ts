import { expect, test } from 'vitest';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { missing, tipOf, totals } from './totals.rules.ts';

const chicago: PlaceFragment = {
  id: 'c', name: 'Chicago', slug: 'chicago', phone: null, address: { street: '', city: '', postalCode: '' }, timeZone: 'America/Chicago',
  currency: 'USD', currencyDecimals: 2, amountStep: 1, pricesIncludeTax: false, deliveryFee: 350, minimumOrder: 1000,
  taxRates: [{ category: 'FOOD', rateBasisPoints: 825 }, { category: 'DRINK', rateBasisPoints: 825 }],
};
const naples: PlaceFragment = {
  ...chicago, currency: 'EUR', pricesIncludeTax: true, deliveryFee: 250,
  taxRates: [{ category: 'FOOD', rateBasisPoints: 1000 }, { category: 'ALCOHOL', rateBasisPoints: 2200 }],
};
const pizza = { price: 1390, quantity: 2, taxCategory: 'FOOD' } as const;
const wine = { price: 500, quantity: 1, taxCategory: 'ALCOHOL' } as const;

test('tax on top is rounded once for each rate', () => {
  expect(totals(chicago, [pizza], 'PICKUP')).toEqual({ subtotal: 2780, deliveryFee: 0, tax: 229, tip: 0, total: 3009 });
  expect(totals(chicago, [{ ...pizza, quantity: 1 }, { ...pizza, quantity: 1, taxCategory: 'DRINK' }], 'PICKUP').tax).toBe(229);
});

test('tax that the prices contain is told, and not added', () => {
  expect(totals(naples, [pizza, wine], 'DELIVERY', 100)).toEqual({ subtotal: 3280, deliveryFee: 250, tax: 343, tip: 100, total: 3630 });
});

test('what isn\'t taxed isn\'t taxed', () => {
  expect(totals(chicago, [wine], 'PICKUP').tax).toBe(0);
});

test('in dinars, tax and tip are multiples of ten', () => {
  const kuwait = { ...chicago, currency: 'KWD', currencyDecimals: 3, amountStep: 10 };
  expect(totals(kuwait, [{ ...pizza, price: 1230, quantity: 1 }], 'PICKUP').tax).toBe(100);
  expect(tipOf(kuwait, 1230, 10)).toBe(120);
});

test.each([[999, 1], [1000, 0], [1001, 0]])('food for %i lacks %i', (price, lacks) => {
  const now = totals(chicago, [{ ...pizza, price, quantity: 1 }], 'DELIVERY');
  expect(missing(chicago, now, 'DELIVERY')).toBe(lacks);
  expect(missing(chicago, now, 'PICKUP')).toBe(0);
});
