import { expect, test } from 'vitest';
import { asHeard, byVersion, Live, type Versioned } from './live.ts';

test('a slow answer does not undo a newer event', () => {
  const board = new Live<Versioned>(byVersion);
  board.load([{ id: 'a', version: 1 }], 'c1');
  board.take({ id: 'a', version: 3 }, 'c3');
  board.take({ id: 'a', version: 2 });
  expect(board.picture()).toEqual({ things: new Map([['a', { id: 'a', version: 3 }]]), cursor: 'c3' });
});

test('an older event moves the cursor on, and nothing else', () => {
  const board = new Live<Versioned>(byVersion);
  board.take({ id: 'a', version: 3 }, 'c3');
  board.take({ id: 'a', version: 2 }, 'c4');
  expect(board.picture()).toEqual({ things: new Map([['a', { id: 'a', version: 3 }]]), cursor: 'c4' });
});

test('what a new load does not have has gone, and what it has older stays', () => {
  const board = new Live<Versioned>(byVersion);
  board.load([{ id: 'a', version: 2 }, { id: 'b', version: 1 }], 'c1');
  board.load([{ id: 'a', version: 1 }], 'c2');
  expect([...board.picture().things.values()]).toEqual([{ id: 'a', version: 2 }]);
});

test('a feed whose things change without a version is taken as it is heard', () => {
  const menu = new Live<{ id: string; left: boolean }>(asHeard);
  menu.load([{ id: 'a', left: true }, { id: 'b', left: true }], 'c1');
  menu.take({ id: 'a', left: false }, 'c2');
  menu.drop('b', 'c3');
  expect(menu.picture()).toEqual({ things: new Map([['a', { id: 'a', left: false }]]), cursor: 'c3' });
});

test('the picture stays the same object until something changes, and who watches is told once each time', () => {
  const board = new Live<Versioned>(byVersion);
  let told = 0;
  const stop = board.watch(() => told++);
  const before = board.picture();
  expect(board.picture()).toBe(before);
  board.take({ id: 'a', version: 1 }, 'c1');
  stop();
  board.take({ id: 'a', version: 2 }, 'c2');
  expect(told).toBe(1);
  expect(before.things.size).toBe(0);
});
