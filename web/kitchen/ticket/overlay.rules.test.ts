import { expect, test } from 'vitest';
import type { KitchenActionInput, KitchenActionKind, TicketFragment } from '../gql/graphql.ts';
import { endedBy, laidOver } from './overlay.rules.ts';
import { line, minutes, ticket } from './sample.ts';

const act = (kind: KitchenActionKind, other: Partial<KitchenActionInput> = {}): KitchenActionInput => ({
  id: kind, ticketId: 'a', kind, taskIds: [], stationIds: [], seenVersion: 1, at: minutes(5), ...other,
});
const statuses = ({ items }: TicketFragment) => items.map(({ tasks }) => tasks.map(({ status }) => status).join(' '));

test('a bump ends what is at the station, and the next one may begin', () => {
  const two = ticket('a', { items: [line('a1'), line('a2', ['DONE', 'QUEUED', 'WAITING'])] });
  expect(statuses(laidOver(two, [act('BUMP', { stationIds: ['oven'] })]))).toEqual(['QUEUED WAITING WAITING', 'DONE DONE QUEUED']);
});

test('a ticket is done when all of it is, since then', () => {
  const last = ticket('a', { items: [line('a1', ['DONE', 'DONE', 'QUEUED'])] });
  expect(laidOver(last, [act('BUMP', { stationIds: ['expo'] })])).toMatchObject({ status: 'DONE', closedAt: minutes(5) });
});

test('the expediter hands on what is open elsewhere with a reason, and not without', () => {
  const open = ticket('a', { items: [line('a1', ['DONE', 'STARTED', 'WAITING'])] });
  expect(endedBy(open, act('BUMP', { stationIds: ['expo'] }))).toEqual([]);
  expect(endedBy(open, act('BUMP', { stationIds: ['expo'], reason: 'The guest waits' }))).toEqual(['a1 oven', 'a1 expo']);
});

test('an undo takes the tap before back, whether that was answered or not', () => {
  const before = ticket('a');
  const bump = act('BUMP', { stationIds: ['make'] });
  const undo = act('UNDO', { taskIds: endedBy(before, bump) });
  expect(statuses(laidOver(before, [bump, undo]))).toEqual(statuses(before));
});

test('what was started is started again after an undo', () => {
  const began = laidOver(ticket('a'), [act('START', { taskIds: ['a1 make'] })]);
  expect(statuses(began)).toEqual(['STARTED WAITING WAITING']);
  expect(statuses(laidOver(began, [act('DONE', { taskIds: ['a1 make'] }), act('UNDO', { taskIds: ['a1 make'] })]))).toEqual(['STARTED WAITING WAITING']);
});

test('a recall brings the last task back, and the ticket says why', () => {
  const done = ticket('a', { status: 'DONE', closedAt: minutes(4), items: [line('a1', ['DONE', 'DONE', 'DONE'])] });
  const recalled = laidOver(done, [act('RECALL', { stationIds: ['oven'], reason: 'Burnt edge' })]);
  expect(recalled).toMatchObject({ status: 'OPEN', closedAt: null, isRecalled: true, recallReason: 'Burnt edge' });
});

test('what is held waits longer, and what is fired begins', () => {
  const waiting = ticket('a', { status: 'HELD', fireAt: minutes(30), items: [line('a1', ['WAITING', 'WAITING', 'WAITING'], { fireAt: minutes(30) })] });
  expect(laidOver(waiting, [act('HOLD', { minutes: 10 })])).toMatchObject({ status: 'HELD', fireAt: minutes(40) });
  const fired = laidOver(waiting, [act('FIRE')]);
  expect(fired).toMatchObject({ status: 'OPEN', fireAt: minutes(5) });
  expect(statuses(fired)).toEqual(['QUEUED WAITING WAITING']);
});

test('what was held that had begun to be open is held again', () => {
  expect(laidOver(ticket('a'), [act('HOLD')])).toMatchObject({ status: 'HELD', fireAt: minutes(15) });
});

test('a change that was seen is shown no more, nor what is not wanted', () => {
  const changed = ticket('a', { isChanged: true, items: [line('a1', undefined, { change: 'ADDED' }), line('a2', undefined, { change: 'REMOVED' })] });
  const seen = laidOver(changed, [act('SEEN')]);
  expect(seen.isChanged).toBe(false);
  expect(seen.items.map(({ id, change }) => [id, change])).toEqual([['a1', null]]);
});

test('what was done to others changes nothing, not even the object', () => {
  const mine = ticket('a');
  expect(laidOver(mine, [act('BUMP', { ticketId: 'b' })])).toBe(mine);
});
