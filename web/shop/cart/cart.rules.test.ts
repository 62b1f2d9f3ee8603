import { expect, test } from 'vitest';
import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { accepted, added, type CartLine, counted, itemOf, keyOf, orderable, quotedLines, type OrderedItem, type OrderedOption, orderedAgain, restored, reviewed, type Said } from './cart.rules.ts';

const line: CartLine = { menuItemId: 'm', size: 'MEDIUM', quantity: 1, instructions: '', options: [], second: null, name: 'Margherita', price: 990 };
const extra = { optionId: 'x', name: 'Mushrooms', portion: 'WHOLE', amount: 'EXTRA' } as const;
const half = { optionId: 'h', name: 'Capers', portion: 'FIRST', amount: 'NONE' } as const;
const dish: DishFragment = {
  id: 'm', version: 1, name: 'Margherita', description: '', category: 'Pizza', isPizza: true, allergens: [], canBeWithout: [], diet: null, image: null, optionGroups: [], isAvailable: true,
  prices: [{ size: 'MEDIUM', price: 990, isAvailable: true }, { size: 'LARGE', price: 1290, isAvailable: false }],
};
const menu = new Map([['m', dish]]);

test('the same chosen twice is one line of two', () => {
  expect(added(added([], line), { ...line, instructions: ' ' })).toEqual([{ ...line, instructions: ' ', quantity: 2 }]);
});

test('what differs in anything chosen is a line of its own', () => {
  expect(added([line], { ...line, instructions: 'well done' })).toHaveLength(2);
  expect(added([line], { ...line, size: 'LARGE' })).toHaveLength(2);
  expect(added([line], { ...line, options: [extra] })).toHaveLength(2);
  expect(added([line], { ...line, second: { menuItemId: 's', name: 'Salami' } })).toHaveLength(2);
});

test('in which order it was chosen makes no difference', () => {
  expect(added([{ ...line, options: [extra, half] }], { ...line, options: [half, extra] })).toHaveLength(1);
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

const problem = (code: 'INSUFFICIENT_STOCK' | 'BAD_USER_INPUT', item: number) =>
  ({ code, reason: code === 'BAD_USER_INPUT' ? ('OPTION_NOT_OFFERED' as const) : ('SOLD_OUT' as const), names: [], count: 0, amount: 0, item });

/** What the server says: of each line what a portion costs, or why it can't be had. */
function saying(lines: readonly CartLine[], ...of: readonly (number | 'INSUFFICIENT_STOCK' | 'BAD_USER_INPUT')[]): Said {
  const priceLines = of.flatMap((each, item) => {
    if (typeof each !== 'number') return [];
    const { quantity } = lines[item]!;
    const line = (kind: 'ITEM' | 'OPTION' | 'DISCOUNT', amount: number) => ({ kind, label: '', amount: amount * quantity, item, bases: [] });
    return [line('ITEM', each - 200), line('OPTION', 200), line('DISCOUNT', -100)];
  });
  const problems = of.flatMap((code, item) => (typeof code === 'number' ? [] : [problem(code, item)]));
  const totals = { subtotal: 0, discount: 0, deliveryFee: 0, tax: 0, tip: 0, total: 0, taxIncluded: true };
  return { items: lines.map(itemOf), preview: { priceLines, problems, totals, coupons: [], withinReach: [], allergens: [], promise: null } };
}

test('each line says what became of it', () => {
  const lines = [line, { ...line, options: [extra], quantity: 2 }, { ...line, size: 'LARGE' as const }, { ...line, menuItemId: 'gone' }, { ...line, options: [half] }];
  const now = reviewed(lines, saying(lines, 990, 1090, 'INSUFFICIENT_STOCK', 990, 'BAD_USER_INPUT'), menu);
  expect(now.map(({ state }) => state)).toEqual(['AS_IT_WAS', 'CHANGED', 'SOLD_OUT', 'GONE', 'GONE']);
  expect(now.map(({ price }) => price)).toEqual([990, 1090, 990, 990, 990]);
  expect(now.map(({ problem }) => problem?.reason)).toEqual([undefined, undefined, undefined, undefined, 'OPTION_NOT_OFFERED']);
  expect(orderable(now)).toEqual(now.slice(0, 2));
});

test('the last portions, which their customer holds, are sold out for others alone', () => {
  const last = { ...line, size: 'LARGE' as const };
  expect(reviewed([last], null, menu)[0]!.state).toBe('SOLD_OUT');
  expect(reviewed([last], saying([last], 990), menu)[0]!.state).toBe('AS_IT_WAS');
});

test('what is held is as it is held, whatever the menu says since; what isn\'t, isn\'t among it', () => {
  const gone = { ...line, menuItemId: 'gone' };
  const held = quotedLines([line, gone, { ...line, options: [extra] }], saying([gone, line], 1090, 990));
  expect(held.map(({ line: { menuItemId }, price, state }) => [menuItemId, price, state])).toEqual([['m', 990, 'AS_IT_WAS'], ['gone', 1090, 'CHANGED']]);
});

test('where not enough is left for so many, fewer may do', () => {
  const lines = [{ ...line, quantity: 9 }, line];
  const short = saying(lines, 990, 990);
  const problems = [0, 1].map((item) => problem('INSUFFICIENT_STOCK', item));
  const now = reviewed(lines, { ...short, preview: { ...short.preview, problems } }, menu);
  expect(now.map(({ state }) => state)).toEqual(['TOO_MANY', 'SOLD_OUT']);
});

test('what the server said of other lines isn\'t taken for these', () => {
  const other = { ...line, options: [extra] };
  const said = saying([other, line], 1500, 1200);
  expect(reviewed([line], said, menu)[0]).toMatchObject({ price: 1200, state: 'CHANGED' });
  expect(reviewed([{ ...line, options: [half] }], said, menu)[0]).toMatchObject({ price: 990, state: 'AS_IT_WAS' });
});

test('a price that was accepted is no change any more', () => {
  const lines = accepted([{ ...line, price: 950 }], keyOf(line), 990);
  expect(reviewed(lines, saying(lines, 990), menu)[0]!.state).toBe('AS_IT_WAS');
});

test('of two dishes, what is on the right half alone is asked for there', () => {
  const right = { ...extra, optionId: 'r', portion: 'SECOND' as const };
  const { options, secondHalf } = itemOf({ ...line, options: [extra, half, right], second: { menuItemId: 's', name: 'Salami' } });
  expect(options!.map(({ optionId }) => optionId)).toEqual(['x', 'h']);
  expect(secondHalf).toEqual({ menuItemId: 's', options: [{ optionId: 'r', portion: 'SECOND', amount: 'EXTRA' }] });
  expect(itemOf({ ...line, options: [right] })).toMatchObject({ options: [{ portion: 'SECOND' }], secondHalf: null });
});

test.each([null, '', 'nonsense', '{}', '[1, null, {"menuItemId": 1}]', JSON.stringify([{ ...line, quantity: 0 }])])(
  'of %j nothing is restored, and nothing fails',
  (text) => expect(restored(text)).toEqual([]),
);

test('a stored cart is restored, also one of an earlier version', () => {
  expect(restored(JSON.stringify([{ ...line, options: [extra] }]))).toEqual([{ ...line, options: [extra] }]);
  const { options: _, second: __, ...old } = line;
  expect(restored(JSON.stringify([old]))).toEqual([line]);
});

test('an order once more is as it was chosen, and priced as it was', () => {
  const option = (optionId: string, more: Partial<OrderedOption>): OrderedOption => ({ optionId, name: optionId, portion: 'WHOLE', amount: 'REGULAR', isDefault: false, ...more });
  const items: OrderedItem[] = [{
    menuItemId: 'm', size: 'MEDIUM', quantity: 2, name: 'Margherita', unitPrice: 950, instructions: null,
    options: [option('crust', { isDefault: true }), option('capers', { isDefault: true, amount: 'NONE' }), option('ham', { portion: 'FIRST' })],
    secondHalf: { menuItemId: 's', name: 'Salami', options: [option('chilli', { portion: 'SECOND', amount: 'LIGHT' })] },
  }];
  const [again] = orderedAgain([], items);
  expect(again).toMatchObject({ quantity: 2, price: 950, second: { menuItemId: 's', name: 'Salami' } });
  expect(again!.options.map(({ optionId, amount }) => [optionId, amount])).toEqual([['capers', 'NONE'], ['ham', 'REGULAR'], ['chilli', 'LIGHT']]);
});
