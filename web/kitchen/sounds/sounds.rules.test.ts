import { expect, test } from 'vitest';
import { becameLate, soundOf, sounds, tunes } from './sounds.rules.ts';

test.each([
  ['OPENED', true, false, 'NEW'],
  ['FIRED', true, false, 'NEW'],
  ['DONE', true, false, 'NEW'], // it comes from the station before
  ['DONE', false, true, null],
  ['STARTED', true, true, null],
  ['UNDONE', true, false, null],
  ['CHANGED', true, true, 'CHANGED'],
  ['CANCELLED', false, true, 'CHANGED'],
  ['RUSHED', true, true, 'RUSH'],
  ['RUSHED', false, false, null],
  ['RECALLED', true, false, 'RECALLED'],
] as const)('%s of a ticket that is on the board: %s, and was: %s, sounds like %s', (type, is, was, sound) => expect(soundOf(type, is, was)).toBe(sound));

test('a ticket becomes late once, and one that comes late is new', () => {
  expect([becameLate('soon', 'late'), becameLate('late', 'late'), becameLate(undefined, 'late')]).toEqual([true, false, false]);
});

test('no two sound alike', () => {
  expect(new Set(sounds.map((sound) => JSON.stringify(tunes[sound]))).size).toBe(sounds.length);
});
