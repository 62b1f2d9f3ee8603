import { expect, test } from 'vitest';
import { type GuestOrder, notAmong, rememberedOrders, withOrder } from './guest-orders.rules.ts';

const now = Date.parse('2026-12-01T12:00:00Z');
const order = (id: string, rest: Partial<GuestOrder> = {}): GuestOrder => ({ id, token: `token of ${id}`, number: 1, place: 'Chicago', at: '2026-12-01T11:00:00Z', for: null, ...rest });
const days = (n: number) => now + n * 24 * 3_600_000;

test('an order is remembered for as long as its token lasts, which of one for later is longer', () => {
  const text = JSON.stringify([order('now'), order('later', { for: '2026-12-05T11:00:00Z' })]);
  const ids = (at: number) => rememberedOrders(text, at).map(({ id }) => id);
  expect(ids(days(6))).toEqual(['now', 'later']);
  expect(ids(days(8))).toEqual(['later']);
  expect(ids(days(12))).toEqual([]);
});

test('a repeated order has its newest token, and is there once', () => {
  const orders = withOrder([order('b'), order('a')], order('a', { token: 'another' }));
  expect(orders.map(({ id, token }) => [id, token])).toEqual([['a', 'another'], ['b', 'token of b']]);
});

test('an order that is an account\'s as well is shown once', () => {
  expect(notAmong([order('b'), order('a')], ['c', 'b']).map(({ id }) => id)).toEqual(['a']);
});

test('the oldest of too many is forgotten', () => {
  const many = Array.from({ length: 30 }, (_, i) => order(`${i}`)).reduce(withOrder, [] as readonly GuestOrder[]);
  expect([many.length, many[0]?.id, many.at(-1)?.id]).toEqual([20, '29', '10']);
});

test.each([null, 'nonsense', '{}', '[{"id": 1}]', '[null]'])('%j holds no order', (text) => {
  expect(rememberedOrders(text, now)).toEqual([]);
});
