import { expect, test } from 'vitest';
import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { accepted, added, type CartLine, counted, keyOf, orderable, orderedAgain, restored, reviewed } from './cart.rules.ts';

const line: CartLine = { menuItemId: 'm', size: 'MEDIUM', quantity: 1, instructions: '', name: 'Margherita', price: 990 };
const dish: DishFragment = {
  id: 'm', version: 1, name: 'Margherita', description: '', category: 'Pizza', isPizza: true, taxCategory: 'FOOD', allergens: [], isAvailable: true,
  prices: [{ size: 'MEDIUM', price: 990, isAvailable: true }, { size: 'LARGE', price: 1290, isAvailable: false }],
};
const menu = new Map([['m', dish]]);

test('the same chosen twice is one line of two', () => {
  expect(added(added([], line), { ...line, instructions: ' ' })).toEqual([{ ...line, instructions: ' ', quantity: 2 }]);
});

test('what differs in anything chosen is a line of its own', () => {
  expect(added([line], { ...line, instructions: 'well done' })).toHaveLength(2);
  expect(added([line], { ...line, size: 'LARGE' })).toHaveLength(2);
});

test('no line has more than 50 portions, and no cart more than 50 lines', () => {
  expect(added([{ ...line, quantity: 49 }], { ...line, quantity: 5 })[0]!.quantity).toBe(50);
  const full = Array.from({ length: 50 }, (_, i) => ({ ...line, menuItemId: `m${i}` }));
  expect(added(full, line)).toBe(full);
});

test('counting down to none removes the line', () => {
  expect(counted([line], keyOf(line), 3)[0]!.quantity).toBe(3);
  expect(counted([line], keyOf(line), 0)).toEqual([]);
});

test('each line says what became of it', () => {
  const lines = [
    line,
    { ...line, price: 950 },
    { ...line, size: 'LARGE' as const },
    { ...line, size: 'SMALL' as const },
    { ...line, menuItemId: 'gone' },
  ];
  const now = reviewed(lines, menu);
  expect(now.map(({ state }) => state)).toEqual(['AS_IT_WAS', 'CHANGED', 'SOLD_OUT', 'GONE', 'GONE']);
  expect(now.map(({ price }) => price)).toEqual([990, 990, 1290, 990, 990]);
  expect(orderable(now)).toEqual(now.slice(0, 2));
});

test('a price that was accepted is no change any more', () => {
  const [now] = reviewed(accepted([{ ...line, price: 950 }], keyOf(line), 990), menu);
  expect(now!.state).toBe('AS_IT_WAS');
});

test.each([null, '', 'nonsense', '{}', '[1, null, {"menuItemId": 1}]', JSON.stringify([{ ...line, quantity: 0 }])])(
  'of %j nothing is restored, and nothing fails',
  (text) => expect(restored(text)).toEqual([]),
);

test('a stored cart is restored', () => {
  expect(restored(JSON.stringify([line]))).toEqual([line]);
});

test('an order once more is priced as it was, so that the cart can tell what has changed', () => {
  const items = [{ menuItemId: 'm', size: 'MEDIUM' as const, quantity: 2, name: 'Margherita', unitPrice: 950, instructions: null }];
  const [now] = reviewed(orderedAgain([], items), menu);
  expect([now!.state, now!.line.price, now!.price]).toEqual(['CHANGED', 950, 990]);
});
