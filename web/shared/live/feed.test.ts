import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Feed, type Sink } from './feed.ts';

type Event = { cursor: string; resync?: true };

let log: string[];
let sink: Sink<Event>;
let cursor: string;
let feed: Feed<Event>;

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  cursor = '';
  feed = new Feed<Event>({
    subscribe: (after, to) => {
      log.push(`subscribe after ${after || 'nothing'} at ${Date.now() - start}`);
      sink = to;
      return () => log.push('stop');
    },
    take: (event) => {
      cursor = event.cursor;
      return event.resync ? 'resync' : 'taken';
    },
    load: () => {
      log.push('load');
      return Promise.resolve();
    },
    cursor: () => cursor,
    now: () => Date.now() - start,
    random: () => 1,
  });
  start = Date.now();
});
let start: number;

afterEach(() => {
  vi.useRealTimers();
});

test('after a loss it goes on after the last cursor, and waits longer each time in vain', () => {
  feed.start();
  sink.opened();
  sink.event({ cursor: 'c7' });
  for (const _ of [1, 2, 3]) {
    sink.ended(null);
    vi.runOnlyPendingTimers();
  }
  expect(log).toEqual([
    'subscribe after nothing at 0',
    'subscribe after c7 at 500',
    'subscribe after c7 at 1500',
    'subscribe after c7 at 3500',
  ]);
});

test('it tells since when it is not live', () => {
  feed.start();
  expect(feed.connection()).toEqual({ is: 'connecting' });
  sink.opened();
  vi.advanceTimersByTime(1200);
  sink.ended(null);
  expect(feed.connection()).toEqual({ is: 'broken', since: 1200 });
  vi.advanceTimersByTime(500);
  sink.ended(null);
  expect(feed.connection()).toEqual({ is: 'broken', since: 1200 });
  vi.advanceTimersByTime(1000);
  sink.opened();
  expect(feed.connection()).toEqual({ is: 'live' });
});

test('what can not be told is loaded anew, and the subscription goes on', () => {
  feed.start();
  sink.opened();
  sink.event({ cursor: 'c9', resync: true });
  expect(log).toEqual(['subscribe after nothing at 0', 'load']);
});

test('a refusal is for good', () => {
  feed.start();
  sink.ended('UNAUTHENTICATED');
  vi.runAllTimers();
  expect(feed.connection()).toEqual({ is: 'refused', code: 'UNAUTHENTICATED' });
  expect(log).toHaveLength(1);
});

test('waking tries at once, and only if it is broken', () => {
  feed.start();
  feed.wake();
  sink.opened();
  feed.wake();
  sink.ended(null);
  feed.wake();
  expect(log).toEqual(['subscribe after nothing at 0', 'subscribe after nothing at 0']);
});

test('who has ended it hears nothing more', () => {
  const end = feed.start();
  const before = sink;
  end();
  before.ended(null);
  vi.runAllTimers();
  expect(log).toEqual(['subscribe after nothing at 0', 'stop']);
});
