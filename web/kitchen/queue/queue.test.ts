import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../disk/disk.ts';
import { ticket } from '../ticket/sample.ts';
import { type Action, type Answer, Queue } from './queue.ts';

const tap = (id: string, ticketId = 'a'): Action => ({ id, ticketId, kind: 'BUMP', taskIds: [], stationIds: ['oven'], seenVersion: 1, at: '2026-05-01T12:00:00Z' });
const applied = (batch: readonly Action[]): Answer => ({
  is: 'ANSWERED', results: batch.map(({ id, ticketId }) => ({ id, outcome: 'APPLIED', reason: null, ticket: ticket(ticketId, { version: 2 }) })),
});
const unreachable: Answer = { is: 'FAILED', code: 'UNREACHABLE' };

let log: string[];
let answer: (batch: readonly Action[]) => Promise<Answer>;
let write: (change: Change) => Promise<void>;
let queue: Queue;

const said = ({ put, drop, notices }: Change) =>
  ['keep', put && `+${put.id}`, drop?.length && `-${drop.join(' -')}`, notices && `notices ${notices.map(({ id }) => id).join()}`].filter(Boolean).join(' ');

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  answer = async (batch) => applied(batch);
  write = async () => {};
  queue = new Queue({
    send: (batch) => {
      log.push(`send ${batch.map(({ id }) => id).join()}`);
      return answer(batch);
    },
    write: (change) => {
      log.push(said(change));
      return write(change);
    },
    take: (tickets) => log.push(`take ${tickets.map(({ id }) => id).join()}`),
    random: () => 1,
  });
  queue.watch(() => log.push(`show ${queue.waiting().actions.map(({ id }) => id).join() || 'none'}`));
});

afterEach(() => {
  queue.end();
  vi.useRealTimers();
});

test('a tap is on the disk before it is shown, and leaves the queue in the step that takes its ticket', async () => {
  await queue.add(tap('1'));
  expect(log).toEqual(['keep +1', 'show 1', 'send 1', 'take a', 'show none', 'keep -1']);
});

test('what is tapped while a batch is on its way goes with the next one, in order', async () => {
  let settle: (answer: Answer) => void = () => {};
  answer = () => new Promise((resolve) => (settle = resolve));
  void queue.add(tap('1'));
  await vi.advanceTimersByTimeAsync(0);
  answer = async (batch) => applied(batch);
  await queue.add(tap('2'));
  await queue.add(tap('3'));
  settle(applied([tap('1')]));
  await vi.advanceTimersByTimeAsync(0);
  expect(log.filter((line) => line.startsWith('send'))).toEqual(['send 1', 'send 2,3']);
});

test('without an answer the same ids are sent again, later each time, or at once when the network is back', async () => {
  answer = async () => unreachable;
  await queue.add(tap('1'));
  await vi.advanceTimersByTimeAsync(500);
  await vi.advanceTimersByTimeAsync(999);
  expect(log.filter((line) => line === 'send 1')).toHaveLength(2);
  expect(queue.waiting().failure).toBe('UNREACHABLE');
  answer = async (batch) => applied(batch);
  queue.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(log.filter((line) => line === 'send 1')).toHaveLength(3);
  expect(queue.waiting()).toMatchObject({ actions: [], failure: null });
});

test('whoever may not do it is asked to sign in, and nothing is tried until then', async () => {
  answer = async () => ({ is: 'FAILED', code: 'UNAUTHENTICATED' });
  await queue.add(tap('1'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(log.filter((line) => line === 'send 1')).toHaveLength(1);
  expect(queue.waiting()).toMatchObject({ actions: [{ id: '1' }], failure: 'UNAUTHENTICATED' });
});

test('what was not done is told until it was seen, also after a restart', async () => {
  answer = async (batch) => ({ is: 'ANSWERED', results: batch.map(({ id }) => ({ id, outcome: 'CONFLICT', reason: 'CHANGED', ticket: ticket('a') })) });
  await queue.add(tap('1'));
  expect(queue.waiting().notices).toMatchObject([{ id: '1', kind: 'BUMP', outcome: 'CONFLICT', reason: 'CHANGED' }]);
  expect(log.at(-1)).toBe('keep -1 notices 1');
  await queue.seen('1');
  expect(queue.waiting().notices).toEqual([]);
  expect(log.slice(-2)).toEqual(['keep notices ', 'show none']);
});

test('what the disk had is sent before what is tapped now', async () => {
  queue.restore([tap('old')], []);
  await queue.add(tap('new'));
  await vi.advanceTimersByTimeAsync(0);
  expect(log.filter((line) => line.startsWith('send'))).toEqual(['send old', 'send new']);
});

test('one that the server can not read does not keep the others', async () => {
  answer = async (batch) => (batch.some(({ id }) => id === 'bad') ? { is: 'REFUSED', code: 'BAD_USER_INPUT' } : applied(batch));
  queue.restore([tap('1'), tap('bad'), tap('2')], []);
  await vi.advanceTimersByTimeAsync(0);
  expect(log.filter((line) => line.startsWith('send'))).toEqual(['send 1,bad,2', 'send 1', 'send bad', 'send 2']);
  expect(queue.waiting()).toMatchObject({ actions: [], notices: [{ id: 'bad', outcome: 'REFUSED', reason: 'BAD_USER_INPUT' }] });
});

test('who has ended it sends nothing more, though an answer was on its way', async () => {
  let settle: (answer: Answer) => void = () => {};
  answer = () => new Promise((resolve) => (settle = resolve));
  queue.restore([tap('1'), tap('2')], []);
  void queue.add(tap('3'));
  await vi.advanceTimersByTimeAsync(0);
  queue.end();
  settle(unreachable);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(log.filter((line) => line.startsWith('send'))).toEqual(['send 1,2']);
});

test('a hundred go at once, and no more', async () => {
  queue.restore(Array.from({ length: 130 }, (_, i) => tap(String(i))), []);
  await vi.advanceTimersByTimeAsync(0);
  expect(log.filter((line) => line.startsWith('send')).map((line) => line.split(',').length)).toEqual([100, 30]);
});

test('a disk that takes nothing is told, and the tap is sent all the same', async () => {
  write = () => Promise.reject(new Error('full'));
  answer = async () => unreachable;
  await queue.add(tap('1'));
  expect(queue.waiting()).toMatchObject({ actions: [{ id: '1' }], isKept: false });
});
