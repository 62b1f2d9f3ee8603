import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sink } from '../../shared/live/feed.ts';
import type { KitchenBoardChangedSubscription, TicketFragment } from '../gql/graphql.ts';
import { minutes, stations, ticket } from '../ticket/sample.ts';
import { Board, type LoadedBoard } from './board.feed.ts';
import { digestOf } from './digest.rules.ts';

type Event = KitchenBoardChangedSubscription;

const digest = (tickets: readonly TicketFragment[]) => digestOf(new Map(tickets.map(({ id, version, status }) => [id, { version, isOpen: status === 'OPEN' || status === 'HELD' }])));
const loaded = (asOf: string, tickets: readonly TicketFragment[]): LoadedBoard => ({ asOf, at: minutes(0), digest: digest(tickets), stations, tickets });
const changed = (cursor: string, ticket: TicketFragment, all: readonly TicketFragment[]): Event => ({
  kitchenBoardChanged: { __typename: 'TicketChanged', cursor, type: 'DONE', actor: { role: 'COOK', name: 'Coco' }, digest: digest(all), at: minutes(1), ticket },
});

let log: string[];
let sink: Sink<Event>;
let answer: LoadedBoard | string;
let board: Board;
let now: number;
const [a1, a2, a3, b1] = [ticket('a'), ticket('a', { version: 2 }), ticket('a', { version: 3 }), ticket('b')];
const tick = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  now = 1000;
  answer = loaded('c1', [a1, b1]);
  board = new Board({
    load: () => {
      log.push('load');
      return Promise.resolve(answer);
    },
    subscribe: (after, to) => {
      log.push(`subscribe after ${after}`);
      sink = to;
      to.opened();
      return () => log.push('stop');
    },
    now: () => now,
    random: () => 1,
  });
});

afterEach(() => {
  board.feed.end();
  vi.useRealTimers();
});

test('it is loaded, and goes on behind what was loaded', async () => {
  board.feed.start();
  await tick();
  expect(log).toEqual(['load', 'subscribe after c1']);
  sink.event(changed('c2', a2, [a2, b1]));
  expect(board.tickets.picture()).toMatchObject({ cursor: 'c2', things: new Map([['a', a2], ['b', b1]]) });
  expect(board.standing()).toMatchObject({ digest: digest([a2, b1]), heardAt: 1000, healed: null, isThere: true });
});

test('after a loss it goes on behind the last change, without loading', async () => {
  board.feed.start();
  await tick();
  sink.event(changed('c2', a2, [a2, b1]));
  sink.ended(null);
  await vi.advanceTimersByTimeAsync(500);
  expect(log).toEqual(['load', 'subscribe after c1', 'subscribe after c2']);
});

test('what can not be told is loaded anew, and the board says so', async () => {
  board.feed.start();
  await tick();
  answer = loaded('c9', [a3]);
  now = 2000;
  sink.event({ kitchenBoardChanged: { __typename: 'ResyncRequired', cursor: 'c8', reason: 'GAP_TOO_LARGE' } as never });
  await tick();
  expect(log).toEqual(['load', 'subscribe after c1', 'stop', 'load', 'subscribe after c9']);
  expect([...board.tickets.picture().things.keys()]).toEqual(['a']);
  expect(board.standing().healed).toEqual({ why: 'GAP', at: 2000 });
});

test('a digest that does not agree heals by loading anew', async () => {
  board.feed.start();
  await tick();
  answer = loaded('c3', [a3, b1]);
  sink.event(changed('c2', a2, [a2])); // the server has no b any more: this board missed something
  await tick();
  expect(log).toEqual(['load', 'subscribe after c1', 'stop', 'load', 'subscribe after c3']);
  expect(board.standing()).toMatchObject({ healed: { why: 'MISMATCH' }, digest: digest([a3, b1]) });
});

test('an answer that is ahead of the feed is shown, and is no mismatch', async () => {
  board.feed.start();
  await tick();
  board.answered([a3]);
  sink.event(changed('c2', a2, [a2, b1]));
  expect(board.tickets.picture().things.get('a')).toBe(a3);
  expect(board.standing()).toMatchObject({ healed: null, digest: digest([a2, b1]) });
});

test('without network the board that was kept is there, with when it was heard, and loads once there is one', async () => {
  board.feed.start();
  await tick();
  const kept = board.kept()!;
  board.feed.end();
  now = 9000;
  answer = 'UNREACHABLE';
  const again = new Board({ load: () => Promise.resolve(answer), subscribe: (after) => { log.push(`again after ${after}`); return () => {}; }, now: () => now, random: () => 1 });
  again.restore(kept);
  again.feed.start();
  await tick();
  expect([...again.tickets.picture().things.keys()]).toEqual(['a', 'b']);
  expect(again.standing()).toMatchObject({ isThere: true, heardAt: 1000, failure: 'UNREACHABLE', digest: digest([a1, b1]) });
  expect(again.connection()).toMatchObject({ is: 'broken' });
  answer = loaded('c5', [b1]);
  again.wake();
  await tick();
  expect(log.at(-1)).toBe('again after c5');
  expect([...again.tickets.picture().things.keys()]).toEqual(['b']);
  again.feed.end();
});

test('a ticket that was closed an hour ago can still be recalled after a new load', async () => {
  now = Date.parse(minutes(60));
  const done = ticket('d', { status: 'DONE', closedAt: minutes(5) });
  answer = loaded('c1', [a1, done]);
  board.feed.start();
  await tick();
  answer = loaded('c2', [a1]);
  sink.event({ kitchenBoardChanged: { __typename: 'ResyncRequired', cursor: 'c2', reason: 'GAP_TOO_LARGE' } as never });
  await tick();
  expect([...board.tickets.picture().things.keys()]).toEqual(['a', 'd']);
});

test('whoever may not see it is told so, and it tries no more', async () => {
  answer = 'FORBIDDEN';
  board.feed.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(log).toEqual(['load']);
  expect(board.connection()).toEqual({ is: 'refused', code: 'FORBIDDEN' });
});

test('listeners hear each change once, until they stop', async () => {
  const heard: string[] = [];
  board.feed.start();
  await tick();
  const stop = board.listen(({ cursor }) => heard.push(cursor));
  sink.event(changed('c2', a2, [a2, b1]));
  stop();
  sink.event(changed('c3', a3, [a3, b1]));
  expect(heard).toEqual(['c2']);
});
