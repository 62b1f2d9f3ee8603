import { expect, test } from 'vitest';
import { line, minutes, stations, ticket } from '../ticket/sample.ts';
import { overtaken, recallable } from './rush.rules.ts';

test('who is rushed overtakes what is due before it, but nobody who is rushed too', () => {
  const rushed = ticket('d', { dueAt: minutes(30) });
  const all = [rushed, ticket('a', { dueAt: minutes(20) }), ticket('b', { dueAt: minutes(10) }), ticket('c', { dueAt: minutes(5), isRush: true }), ticket('e', { dueAt: minutes(40) }), ticket('f', { status: 'HELD' })];
  expect(overtaken(all, rushed).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('what is done can be brought back, the newest first, also what only this station is done with', () => {
  const at = (id: string, minute: number, status: 'OPEN' | 'DONE') => {
    const done = line(id, ['DONE', status === 'DONE' ? 'DONE' : 'QUEUED', status === 'DONE' ? 'DONE' : 'WAITING']);
    return ticket(id, { status, closedAt: status === 'DONE' ? minutes(minute) : null, items: [{ ...done, tasks: done.tasks.map((task) => (task.doneAt ? { ...task, doneAt: minutes(minute) } : task)) }] });
  };
  const all = [at('a', 3, 'DONE'), at('b', 7, 'OPEN'), at('c', 5, 'DONE'), ticket('d')];
  expect(recallable(all, stations[0]!).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  expect(recallable(all, stations[2]!).map(({ id }) => id)).toEqual(['c', 'a']);
});
