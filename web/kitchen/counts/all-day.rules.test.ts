import { expect, test } from 'vitest';
import { line, made, option, ticket } from '../ticket/sample.ts';
import { countText, dishCounts, optionCounts } from './all-day.rules.ts';

const tickets = [
  ticket('a', { items: [line('1', undefined, { item: made('Margherita', { quantity: 2, options: [option('Basil', { isDefault: true })] }) })] }),
  ticket('b', {
    items: [
      line('2', undefined, { item: made('Margherita', { options: [option('Basil', { isDefault: true, amount: 'NONE' }), option('Prawns', { portion: 'SECOND' })] }) }),
      line('3', ['DONE', 'QUEUED', 'WAITING'], { item: made('Funghi', { quantity: 5 }) }),
      line('4', undefined, { change: 'REMOVED', item: made('Diavola') }),
    ],
  }),
  ticket('c', { status: 'HELD', items: [line('5', ['WAITING', 'WAITING', 'WAITING'], { item: made('Diavola', { quantity: 6 }) })] }),
];

test('dishes are counted as far as they are left to do at the station, with the tickets that want them', () => {
  expect(dishCounts(tickets, 'make')).toEqual([{ name: 'Margherita', count: 3, ticketIds: new Set(['a', 'b']) }]);
  expect(dishCounts(tickets, 'oven').map(({ name, count }) => [name, count])).toEqual([['Funghi', 5], ['Margherita', 3]]);
});

test('what is left out is not counted, and what lies on a half is half', () => {
  expect(optionCounts(tickets, 'make').map(({ name, count }) => [name, countText(count)])).toEqual([['Basil', '2'], ['Prawns', '½']]);
});

test.each([[3, '3'], [2.5, '2½'], [0.5, '½']])('%d is written %s', (count, text) => expect(countText(count)).toBe(text));
