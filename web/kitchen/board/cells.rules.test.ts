import { expect, test } from 'vitest';
import { type Cells, laidOut, pageCount, pageOf, placed, type Wanted } from './cells.rules.ts';

const wanted = (ids: string): readonly Wanted[] =>
  ids.split(' ').filter(Boolean).map((id) => ({ id: id.replace(/[!\d]/g, ''), cells: Number(/\d/.exec(id)?.[0] ?? 1), isFirst: id.includes('!') }));
const shown = (cells: Cells) => cells.map((part) => (part ? part.id + (part.of > 1 ? part.part + 1 : '') : '-')).join(' ');

test('while a finger is near, who goes leaves a gap, and nobody moves', () => {
  const cells = laidOut(wanted('a b c'), 8);
  expect(shown(placed(cells, wanted('a c'), 8, false))).toBe('a - c');
});

test('a new ticket takes the first free cell', () => {
  const gap = placed(laidOut(wanted('a b c'), 8), wanted('a c'), 8, false);
  expect(shown(placed(gap, wanted('a c d e'), 8, false))).toBe('a d c e');
});

test('once all is still the gap closes, in the order of the cells', () => {
  const gap = placed(laidOut(wanted('a b c'), 8), wanted('c a'), 8, false);
  expect(shown(placed(gap, wanted('c a'), 8, true))).toBe('a c');
});

test('what is rushed goes first, once all is still', () => {
  const cells = laidOut(wanted('a b c'), 8);
  expect(shown(placed(cells, wanted('c! a b'), 8, false))).toBe('a b c');
  expect(shown(placed(cells, wanted('c! a b'), 8, true))).toBe('c a b');
});

test('a long ticket goes on in the next cell, but not over the end of a page', () => {
  const cells = laidOut(wanted('a b c d2 e'), 4);
  expect(shown(cells)).toBe('a b c e d1 d2');
  expect(shown(pageOf(cells, 1, 4))).toBe('d1 d2 - -');
  expect(pageCount(cells, 4)).toBe(2);
});

test('the gap at the end of a page, where nothing fits, stays', () => {
  const cells = laidOut(wanted('a b c d2'), 4);
  expect(shown(cells)).toBe('a b c - d1 d2');
  expect(shown(placed(cells, wanted('a b c d2'), 4, true))).toBe('a b c - d1 d2');
});

test('a ticket that grows gets its length once all is still', () => {
  const cells = laidOut(wanted('a b'), 4);
  expect(shown(placed(cells, wanted('a2 b'), 4, false))).toBe('a b');
  expect(shown(placed(cells, wanted('a2 b'), 4, true))).toBe('a1 a2 b');
});

test('one longer than a page begins one', () => expect(shown(laidOut(wanted('a b5'), 4))).toBe('a - - - b1 b2 b3 b4 b5'));

test('nothing that changes nothing makes another object', () => {
  const cells = laidOut(wanted('a b c2'), 8);
  expect(placed(cells, wanted('a b c2'), 8, true)).toBe(cells);
  expect(placed(cells, wanted('a b c2'), 8, false)).toBe(cells);
});

test('whatever happens, each ticket lies in one place, in a row, and who was there stays until all is still', () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  let cells: Cells = [];
  for (let round = 0; round < 400; round++) {
    const want = [...'abcdefghij'].filter(() => random(3) > 0).map((id) => ({ id, cells: 1 + Number(id > 'h'), isFirst: random(20) === 0 }));
    const isStill = random(3) === 0;
    const next = placed(cells, want, 4, isStill);
    for (const { id, cells: length } of want) {
      const at = next.flatMap((part, i) => (part?.id === id ? [i] : []));
      expect(at).toHaveLength(length);
      expect(at.at(-1)! - at[0]!).toBe(length - 1);
    }
    expect(next.filter(Boolean).length).toBe(want.reduce((sum, one) => sum + one.cells, 0));
    const moved = cells.filter((part, i) => part && want.some(({ id }) => id === part.id) && (next[i]?.id !== part.id || next[i]?.part !== part.part));
    expect(isStill ? [] : moved).toEqual([]);
    cells = next;
  }
});
