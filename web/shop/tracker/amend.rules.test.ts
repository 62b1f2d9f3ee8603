import { expect, test } from 'vitest';
import { changesOf, mayAmend } from './amend.rules.ts';

const items = [{ id: 'a', quantity: 2 }, { id: 'b', quantity: 1 }];

test('what is as it was is left out, and none of a line takes it off', () => {
  expect(changesOf(items, new Map([['a', 3]]))).toEqual({ change: [{ itemId: 'a', quantity: 3 }], remove: [] });
  expect(changesOf(items, new Map([['a', 2], ['b', 0]]))).toEqual({ change: [], remove: ['b'] });
});

test('nothing to change, or nothing left, is no change', () => {
  expect(changesOf(items, new Map())).toBeNull();
  expect(changesOf(items, new Map([['a', 2]]))).toBeNull();
  expect(changesOf(items, new Map([['a', 0], ['b', 0]]))).toBeNull();
});

test('an order is changed until the kitchen begins, and not while the bank is asked', () => {
  const order = { status: 'CONFIRMED', allowedTransitions: ['CANCELLED'], pendingAmendment: null } as const;
  expect(mayAmend({ ...order, allowedTransitions: [...order.allowedTransitions] })).toBe(true);
  expect(mayAmend({ ...order, status: 'PREPARING', allowedTransitions: [] })).toBe(false);
  expect(mayAmend({ ...order, allowedTransitions: ['CANCELLED'], pendingAmendment: { priceChange: 1, isProcessing: true, nextAction: null } })).toBe(false);
});
