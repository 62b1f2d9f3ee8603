import { expect, test } from 'vitest';
import { line, minutes, noon, ticket } from '../ticket/sample.ts';
import { numbersOf } from './counter.rules.ts';

test('guests see what is nearly theirs, and what is ready for a while', () => {
  const order = (number: number, fulfillment: 'PICKUP' | 'DELIVERY' = 'PICKUP') => ({ ...ticket('a').order, number, fulfillment });
  const [atExpo, done] = [[line('1', ['DONE', 'DONE', 'QUEUED'])], [line('1', ['DONE', 'DONE', 'DONE'])]];
  const all = [
    ticket('a', { order: order(1) }),
    ticket('b', { order: order(2), items: atExpo }),
    ticket('c', { order: order(3, 'DELIVERY'), items: atExpo }),
    ticket('d', { order: order(4), status: 'DONE', closedAt: minutes(10), items: done }),
    ticket('e', { order: order(5), status: 'DONE', closedAt: minutes(12), items: done }),
    ticket('f', { order: order(6), status: 'DONE', closedAt: minutes(1), items: done }),
  ];
  expect(numbersOf(all, 'expo', noon + 15 * 60_000)).toEqual({ almost: [2], ready: [5, 4] });
});
