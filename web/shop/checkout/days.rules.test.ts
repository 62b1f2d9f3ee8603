import { expect, test } from 'vitest';
import { dateThere, daysAhead, ofDay } from './days.rules.ts';

test('days are those of the location\'s clocks', () => {
  const lateInChicago = Date.parse('2026-12-01T04:30:00Z');
  expect(daysAhead(lateInChicago, 'America/Chicago', 2).map(({ date }) => date)).toEqual(['2026-11-30', '2026-12-01', '2026-12-02']);
  expect(daysAhead(lateInChicago, 'Europe/Rome', 0)).toEqual([{ date: '2026-12-01', from: '2026-12-01T04:30:00.000Z' }]);
});

test.each(['America/Chicago', 'Europe/Rome', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu'])('a day in %s begins within two hours', (zone) => {
  for (const now of ['2026-03-27T12:00:00Z', '2026-10-23T12:00:00Z', '2026-03-07T12:00:00Z', '2026-10-31T12:00:00Z']) {
    for (const { date, from } of daysAhead(Date.parse(now), zone, 3).slice(1)) {
      expect(dateThere(Date.parse(from) + 7_200_000, zone)).toBe(date);
      expect(dateThere(Date.parse(from) - 1, zone) < date).toBe(true);
    }
  }
});

test('a slot is of the day on which it begins', () => {
  const slots = ['2026-12-01T22:45:00Z', '2026-12-01T23:00:00Z'].map((start) => ({ start, end: start, isFree: true }));
  expect(ofDay(slots, '2026-12-02', 'Europe/Rome')).toEqual([slots[1]]);
});
