import { expect, test } from 'vitest';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { missing, tipOf } from './totals.rules.ts';

const chicago: PlaceFragment = {
  id: 'c', name: 'Chicago', slug: 'chicago', phone: null, address: { street: '', city: '', postalCode: '' }, timeZone: 'America/Chicago',
  currency: 'USD', currencyDecimals: 2, amountStep: 1, minimumOrder: 1000,
};

test('a tip is rounded half up, to what can be paid', () => {
  expect(tipOf(chicago, 1235, 10)).toBe(124);
  expect(tipOf({ ...chicago, amountStep: 10 }, 1230, 10)).toBe(120);
});

test.each([[999, 0, 1], [1000, 0, 0], [1001, 0, 0], [1100, 200, 100]])('food for %i less %i lacks %i', (subtotal, discount, lacks) => {
  expect(missing(1000, { subtotal, discount }, 'DELIVERY')).toBe(lacks);
  expect(missing(1000, { subtotal, discount }, 'PICKUP')).toBe(0);
});
