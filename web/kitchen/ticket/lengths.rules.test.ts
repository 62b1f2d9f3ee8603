import { expect, test } from 'vitest';
import { blocksOf } from './items.rules.ts';
import { inCells, linesOf } from './lengths.rules.ts';
import { line, made, option } from './sample.ts';

const block = (name: string, other: Parameters<typeof made>[1] = {}) => blocksOf([line(name, undefined, { item: made(name, other) })])[0]!;

test('options, halves and notes make a block longer', () => {
  const halves = { secondHalf: { menuItemId: 'x', name: 'X', options: [option('A')] } };
  expect([block('a'), block('b', { options: [option('A'), option('B'), option('C')] }), block('c', halves), block('d', { instructions: 'well done' })].map(linesOf)).toEqual([1, 1.4, 1.85, 1]);
});

test('a long ticket goes on in the next cell, in order, and no block is cut', () => {
  const blocks = ['a', 'b', 'c', 'd', 'e'].map((name) => block(name));
  expect(inCells(blocks, 2, 1).map((cell) => cell.map(({ name }) => name).join(''))).toEqual(['a', 'bc', 'de']);
  expect(inCells(blocks, 0.5)).toHaveLength(5);
  expect(inCells([], 3)).toEqual([[]]);
});
