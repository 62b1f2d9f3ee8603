import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

const noon = Date.parse('2026-05-01T12:00:00Z');

test('a device that is an hour late shows the server\'s time', () => {
  const clock = new ServerClock(() => noon - 3_600_000);
  clock.learn('Fri, 01 May 2026 12:00:00 GMT', noon - 3_600_000);
  expect(Math.abs(clock.now() - noon)).toBeLessThanOrEqual(500);
});

test('a device that is right within the header\'s second stays as it is', () => {
  const clock = new ServerClock(() => noon);
  clock.learn('Fri, 01 May 2026 12:00:00 GMT', noon - 40);
  expect(clock.now()).toBe(noon);
});

test('an answer without a date teaches nothing', () => {
  const clock = new ServerClock(() => noon);
  clock.learn(null, noon);
  expect(clock.now()).toBe(noon);
});

test('what was learned before holds after a start without network, until an answer teaches more', () => {
  const clock = new ServerClock(() => noon - 3_600_000);
  clock.resume(3_600_000);
  expect(clock.now()).toBe(noon);
  clock.learn('Fri, 01 May 2026 12:30:00 GMT', noon - 3_600_000);
  clock.resume(3_600_000);
  expect(Math.abs(clock.now() - noon - 1_800_000)).toBeLessThanOrEqual(500);
});
