import { expect, test } from 'vitest';
import { line, made, minutes, stations, ticket } from '../ticket/sample.ts';
import { heldOnes, inHand, inOrder, isOnBoard, itemsAt, openElsewhere, portions } from './station.rules.ts';

const [make, oven, expo] = stations as [(typeof stations)[0], (typeof stations)[0], (typeof stations)[0]];

test('a station has what it can do now, and the expediter has whole orders', () => {
  const at = (other: Parameters<typeof ticket>[1]) => [make, oven, expo].map((station) => isOnBoard(ticket('a', other), station));
  expect(at({})).toEqual([true, false, true]);
  expect(at({ items: [line('1', ['DONE', 'STARTED', 'WAITING'])] })).toEqual([false, true, true]);
  expect(at({ status: 'HELD', items: [line('1', ['WAITING', 'WAITING', 'WAITING'])] })).toEqual([false, false, false]);
  expect(at({ status: 'DONE', items: [line('1', ['DONE', 'DONE', 'DONE'])] })).toEqual([false, false, false]);
});

test('a change comes back to those who are done with it, and a cancelled order stays until it was seen', () => {
  const done = { isChanged: true, items: [line('1', ['DONE', 'STARTED', 'WAITING'])] };
  expect(isOnBoard(ticket('a', done), make)).toBe(true);
  expect(isOnBoard(ticket('a', { ...done, status: 'CANCELLED' }), make)).toBe(true);
  expect(isOnBoard(ticket('a', { ...done, status: 'CANCELLED', isChanged: false }), make)).toBe(false);
});

test('new tickets come by when they are due, after what is rushed', () => {
  const all = [ticket('a', { dueAt: minutes(30) }), ticket('b', { dueAt: minutes(20) }), ticket('c', { dueAt: minutes(40), isRush: true })];
  expect(inOrder(all).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('a station sees its own lines, and the expediter all', () => {
  const both = ticket('a', { items: [line('pizza'), line('cola', ['QUEUED'])] });
  expect(itemsAt(both, oven).map(({ id }) => id)).toEqual(['pizza']);
  expect(itemsAt(both, expo).map(({ id }) => id)).toEqual(['pizza', 'cola']);
});

test('in the oven is what was put into it, by portions', () => {
  const all = [ticket('a', { items: [line('1', ['DONE', 'STARTED', 'WAITING'], { item: made('Funghi', { quantity: 3 }) }), line('2', ['DONE', 'QUEUED', 'WAITING'])] })];
  expect(inHand(all, 'oven')).toBe(3);
});

test('what waits for its time is told by that time', () => {
  const held = (id: string, at: number) => ticket(id, { status: 'HELD', fireAt: minutes(at) });
  expect(heldOnes([held('a', 30), ticket('b'), held('c', 10)]).map(({ id }) => id)).toEqual(['c', 'a']);
});

test('who hands an order on is told what is open elsewhere', () => {
  const open = ticket('a', { items: [line('1', ['DONE', 'STARTED', 'WAITING']), line('2', ['DONE', 'DONE', 'QUEUED'])] });
  expect(openElsewhere(open, stations).map(({ station, items }) => [station.name, items.length])).toEqual([['Oven', 1]]);
  expect(portions(open)).toBe(2);
});
