import { expect, test } from 'vitest';
import { age, ageText, elapsed } from './durations.rules.ts';

test.each([[0, '0:00'], [-5000, '0:00'], [65_999, '1:05'], [3_725_000, '1:02:05']])('%d ms are %s', (ms, text) => expect(elapsed(ms)).toBe(text));

test('an age is told in the unit that fits', () => {
  expect([400, 9_900, 61_000, 7_300_000].map(age)).toEqual([
    { value: 0, unit: 'second' }, { value: 9, unit: 'second' }, { value: 1, unit: 'minute' }, { value: 2, unit: 'hour' },
  ]);
  expect(ageText(125_000, 'en')).toBe('2 min');
});
