import { expect, test } from 'vitest';
import { categoryOf, weekdayRuns } from './deals.rules.ts';

const dishes = new Map([['a', { category: 'Pizza' }], ['b', { category: 'Pizza' }], ['c', { category: 'Pizza' }], ['d', { category: 'Drinks' }]]);

test('many dishes of one category are called by it, few and others by their names', () => {
  expect(categoryOf(['a', 'b', 'c'], dishes)).toBe('Pizza');
  expect(categoryOf(['a', 'b'], dishes)).toBeNull();
  expect(categoryOf(['a', 'b', 'd'], dishes)).toBeNull();
  expect(categoryOf(['x', 'y', 'z'], dishes)).toBeNull();
});

test('days that follow each other are told together, in the order of the week', () => {
  const week = [1, 2, 3, 4, 5, 6, 7];
  expect(weekdayRuns(week, [4, 1, 2, 3])).toEqual([[1, 2, 3, 4]]);
  expect(weekdayRuns(week, [7, 1, 3, 2])).toEqual([[1, 2, 3], [7]]);
  expect(weekdayRuns(week, [])).toEqual([]);
});
