import { expect, test } from 'vitest';
import { line, minutes, noon, ticket } from './sample.ts';
import { slackOf, takesOf, workLeft } from './slack.rules.ts';

const at = (minute: number) => noon + minute * 60_000;
const order = { ...ticket('a').order, fulfillment: 'DELIVERY' as const };

test.each([
  [0, 'ok', 20],
  [10, 'ok', 10],
  [11.5, 'soon', 9],
  [14.5, 'late', 6], // six minutes of work are left
  [21, 'late', -1],
] as const)('nothing done of a pickup that is due at 20: at minute %d it is %s, with %d left', (now, urgency, minutesLeft) =>
  expect(slackOf(ticket('a'), new Map(), at(now))).toEqual({ urgency, minutesLeft }));

test('a delivery is soon a minute earlier than a pickup', () => {
  expect(slackOf(ticket('a'), new Map(), at(10.5)).urgency).toBe('ok');
  expect(slackOf(ticket('a', { order }), new Map(), at(10.5)).urgency).toBe('soon');
});

test('what is done counts no more, and what was begun half', () => {
  expect(workLeft(ticket('a', { items: [line('a1', ['DONE', 'STARTED', 'WAITING'])] }), new Map())).toBe(3 * 60_000);
});

test('the longest line counts; one that is not wanted any more does not', () => {
  const items = [line('a1', ['DONE', 'DONE', 'QUEUED']), line('a2', undefined, { change: 'REMOVED' })];
  expect(workLeft(ticket('a', { items }), new Map())).toBe(2 * 60_000);
});

test('a scheduled order is no later than others: its work was planned to begin shortly before', () => {
  const evening = ticket('a', { dueAt: minutes(400), fireAt: minutes(392), items: [line('a1', ['WAITING', 'WAITING', 'WAITING'], { fireAt: minutes(392) })] });
  expect(slackOf(evening, new Map(), at(100))).toEqual({ urgency: 'ok', minutesLeft: 300 });
});

test('how long a task takes is learned from five tasks or more, without those that nobody can do so fast', () => {
  const took = (n: number, min: number, isTooFast = false) => {
    const done = line(`a${n}`, ['DONE', 'DONE', 'DONE']);
    return ticket(`t${n}`, { items: [{ ...done, tasks: done.tasks.slice(0, 1).map((task) => ({ ...task, startedAt: minutes(0), doneAt: minutes(min), isTooFast })) }] });
  };
  expect(takesOf([took(1, 2), took(2, 4), took(3, 5), took(4, 5)])).toEqual(new Map());
  expect(takesOf([took(1, 2), took(2, 4), took(3, 5), took(4, 5), took(5, 60), took(6, 0, true)])).toEqual(new Map([['make', 4 * 60_000]]));
});
