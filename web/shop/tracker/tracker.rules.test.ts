import { expect, test } from 'vitest';
import type { OrderEventType, OrderStatus, TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { promised, stages } from './tracker.rules.ts';

const tracked = (status: OrderStatus, fulfillment: 'DELIVERY' | 'PICKUP', ...events: OrderEventType[]): TrackedOrderFragment =>
  ({
    status, fulfillment, estimatedReadyAt: 'ready?', promise: { likely: 'there?', latest: 'late?' },
    timeline: events.map((type, i) => ({ version: i + 1, type, at: `t${i + 1}`, reason: null, actor: { role: 'COOK' } })),
  }) as unknown as TrackedOrderFragment;
const shown = (order: TrackedOrderFragment) => stages(order).map(({ type, is, at }) => `${is} ${type} ${at}`);

test('a stage is done only if its event is there; the rest is a guess', () => {
  expect(shown(tracked('PREPARING', 'DELIVERY', 'PLACED', 'CONFIRMED', 'PREPARATION_STARTED'))).toEqual([
    'DONE PLACED t1', 'DONE CONFIRMED t2', 'HERE PREPARATION_STARTED t3',
    'GUESSED READY ready?', 'GUESSED DISPATCHED null', 'GUESSED DELIVERED there?',
  ]);
});

test('what is picked up has no driver, and is done when it is handed over', () => {
  expect(shown(tracked('READY', 'PICKUP', 'PLACED', 'CONFIRMED', 'READY'))).toEqual([
    'DONE PLACED t1', 'DONE CONFIRMED t2', 'HERE READY t3', 'GUESSED PICKED_UP null',
  ]);
  expect(shown(tracked('PICKED_UP', 'PICKUP', 'PLACED', 'PICKED_UP')).at(-1)).toBe('DONE PICKED_UP t2');
});

test('an order that came back is on its way once more', () => {
  expect(shown(tracked('READY', 'DELIVERY', 'PLACED', 'READY', 'DISPATCHED', 'RETURNED')).slice(3)).toEqual([
    'HERE RETURNED t4', 'GUESSED DISPATCHED null', 'GUESSED DELIVERED there?',
  ]);
});

test('an order of which something is made anew is in the kitchen once more', () => {
  expect(shown(tracked('PREPARING', 'PICKUP', 'PLACED', 'READY', 'RECALLED')).slice(2)).toEqual([
    'HERE RECALLED t3', 'GUESSED READY there?', 'GUESSED PICKED_UP null',
  ]);
});

test('after the end nothing is to come, and a refund is no move', () => {
  expect(shown(tracked('CANCELLED', 'DELIVERY', 'PLACED', 'CANCELLED'))).toEqual(['DONE PLACED t1', 'OVER CANCELLED t2']);
  expect(shown(tracked('DELIVERED', 'DELIVERY', 'PLACED', 'DELIVERED', 'REFUNDED'))).toEqual(['DONE PLACED t1', 'DONE DELIVERED t2', 'DONE REFUNDED t3']);
  expect(shown(tracked('CONFIRMED', 'PICKUP', 'PLACED', 'CONFIRMED', 'AMENDED')).slice(1, 3)).toEqual(['HERE CONFIRMED t2', 'DONE AMENDED t3']);
});

test('a reason is told in the words of whoever gave it, and what the server did by itself in the shop\'s', () => {
  const order = tracked('REJECTED', 'PICKUP', 'PLACED', 'REJECTED');
  const by = (role: 'COOK' | 'SYSTEM') => stages({ ...order, timeline: order.timeline.map((event) => ({ ...event, reason: 'No dough.', actor: { role } })) }).at(-1);
  expect(by('COOK')).toMatchObject({ reason: 'No dough.', isByItself: false });
  expect(by('SYSTEM')).toMatchObject({ reason: null, isByItself: true });
});

test('a promise ends with the order', () => {
  expect(promised(tracked('READY', 'DELIVERY', 'PLACED'))).toEqual({ likely: 'there?', latest: 'late?' });
  expect(promised(tracked('PREPARING', 'PICKUP', 'PLACED'))).toEqual({ likely: 'there?', latest: 'late?' });
  expect(promised(tracked('READY', 'PICKUP', 'PLACED'))).toBeNull();
  expect(promised(tracked('DELIVERED', 'DELIVERY', 'PLACED'))).toBeNull();
  expect(promised(tracked('CANCELLED', 'PICKUP', 'PLACED'))).toBeNull();
});
