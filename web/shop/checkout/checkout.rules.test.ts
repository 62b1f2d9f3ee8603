import { expect, test } from 'vitest';
import type { Answer } from '../../shared/api/client.ts';
import type { PlaceOrderMutation } from '../../shared/api/gql/graphql.ts';
import { addressSoFar, emptyForm, isStale, longestWait, missingFields, orderOf, placedLately, quoteOf, restoredAttempt } from './checkout.rules.ts';
import { outcomeOf, place } from './placing.ts';

type Payload = PlaceOrderMutation['placeOrder'];
const order = (status: NonNullable<Payload['order']>['status']): Payload['order'] => ({
  id: 'o', number: 7, version: 1, status, placedAt: '', scheduledFor: null, payment: { status: 'AUTHORIZED', nextAction: null },
});
const answered = (payload: Partial<Payload>): Answer<PlaceOrderMutation> => ({
  data: { placeOrder: { order: null, guestToken: null, userErrors: [], ...payload } }, failure: null,
});
const failed = (failure: string): Answer<PlaceOrderMutation> => ({ data: null, failure });
const refused = (code: 'PAYMENT_DECLINED' | 'PAYMENT_UNAVAILABLE' | 'IDEMPOTENCY_CONFLICT') => [
  { __typename: 'RefusedError' as const, code, message: '', path: null },
];
const line = {
  line: { menuItemId: 'm', size: 'MEDIUM' as const, quantity: 2, instructions: '', options: [], second: null, name: 'Margherita', price: 990 },
  state: 'AS_IT_WAS' as const, price: 990, problem: null,
};

test('a delivery needs an address, and a pickup none', () => {
  expect(missingFields({ ...emptyForm, city: ' ' }, 'DELIVERY', false)).toEqual(['street', 'postalCode', 'city']);
  expect(missingFields(emptyForm, 'PICKUP', false)).toEqual([]);
});

test('a guest says whom to turn to', () => {
  expect(missingFields(emptyForm, 'PICKUP', true)).toEqual(['name', 'phone']);
  const guest = { ...emptyForm, name: ' Gustav ', phone: '(312) 555-0142' };
  expect(missingFields(guest, 'PICKUP', true)).toEqual([]);
  expect(missingFields({ ...guest, phone: 'call 911' }, 'PICKUP', true)).toEqual(['phone']);
  expect(missingFields({ ...guest, email: 'gustav' }, 'PICKUP', true)).toEqual(['email']);
  const sent = orderOf({ asked: quoteOf({ locationId: 'l', fulfillment: 'PICKUP', form: guest, tip: 0 }), lines: [line], form: guest, isGuest: true, quoteId: null, total: 1980 });
  expect(sent.contact).toEqual({ name: 'Gustav', phone: '(312) 555-0142', email: null });
});

test('the way costs what it does to a postcode, whatever is written of the rest', () => {
  expect(addressSoFar({ ...emptyForm, city: 'Napoli' }, ' 80132 ', 'DELIVERY')).toEqual({ street: '80132', city: 'Napoli', postalCode: '80132' });
  expect(addressSoFar(emptyForm, '', 'DELIVERY')).toBeNull();
  expect(addressSoFar(emptyForm, '80132', 'PICKUP')).toBeNull();
});

test('what was shown is what is sent', () => {
  const form = { ...emptyForm, street: 'left over', pay: 'tok_ok', coupons: ['TEN'], at: '2026-12-01T18:00:00Z', name: 'left over' };
  const asked = quoteOf({ locationId: 'l', fulfillment: 'PICKUP', form, tip: 100 });
  const sent = orderOf({ asked, lines: [line], form, isGuest: false, quoteId: null, total: 2080 });
  expect(sent).toEqual({
    locationId: 'l', items: [{ menuItemId: 'm', size: 'MEDIUM', quantity: 2, instructions: null, options: [], secondHalf: null }], fulfillment: 'PICKUP', deliveryAddress: null,
    paymentMethod: 'CARD', paymentToken: 'tok_ok', tip: 100, couponCodes: ['TEN'], scheduledFor: '2026-12-01T18:00:00Z', expectedTotal: 2080, specialInstructions: null,
  });
});

test('of what is held the quote says all that it can', () => {
  const asked = quoteOf({ locationId: 'l', fulfillment: 'PICKUP', form: emptyForm, tip: 100 });
  const sent = orderOf({ asked, lines: [line], form: emptyForm, isGuest: false, quoteId: 'q', total: 2080 });
  expect(sent).toEqual({ quoteId: 'q', paymentMethod: 'CASH', paymentToken: null, expectedTotal: 2080, specialInstructions: null });
  expect(restoredAttempt(JSON.stringify({ key: '1', order: sent, at: 1, isSent: true }))).toMatchObject({ key: '1', order: { quoteId: 'q' } });
});

test('an order that is on its way is placed, whatever its payment still needs', () => {
  expect(outcomeOf(answered({ order: order('CONFIRMED') })).is).toBe('PLACED');
  expect(outcomeOf(answered({ order: order('PENDING'), userErrors: refused('PAYMENT_UNAVAILABLE') })).is).toBe('PLACED');
});

test('a declined card is a refusal', () => {
  expect(outcomeOf(answered({ order: order('REJECTED'), userErrors: refused('PAYMENT_DECLINED') }))).toMatchObject({ is: 'REFUSED', why: { code: 'PAYMENT_DECLINED' } });
});

test('where nothing was heard, the same is sent again until it is known', async () => {
  const answers = [failed('UNREACHABLE'), failed('UNAVAILABLE'), answered({ userErrors: refused('IDEMPOTENCY_CONFLICT') }), answered({ order: order('CONFIRMED') })];
  const waits: number[] = [];
  const outcome = await place(() => Promise.resolve(answers.shift()!), (ms) => Promise.resolve(void waits.push(ms)));
  expect(outcome.is).toBe('PLACED');
  expect(waits).toEqual([500, 1000, 2000]);
});

test('after five tries it is still not known', async () => {
  let sent = 0;
  const outcome = await place(() => Promise.resolve((sent++, failed('UNREACHABLE'))), () => Promise.resolve());
  expect([outcome, sent]).toEqual([{ is: 'UNKNOWN', code: 'UNREACHABLE' }, 5]);
});

test('a refused request is not sent again', async () => {
  let sent = 0;
  await place(() => Promise.resolve((sent++, failed('UNAUTHENTICATED'))), () => Promise.resolve());
  expect(sent).toBe(1);
});

test.each([null, 'nonsense', '{}', '{"key": 1, "order": {"items": []}}'])('%j is no attempt', (text) => {
  expect(restoredAttempt(text)).toBeNull();
});

test('an attempt of which it is not told whether it was sent may have been', () => {
  expect(restoredAttempt('{"key": "1", "order": {"items": []}}')).toMatchObject({ key: '1', isSent: true });
});

test('an order that waited for too long is not sent, unless it may have been already', () => {
  const attempt = { ...restoredAttempt('{"key": "1", "order": {"items": []}}')!, at: 1_000 };
  expect(isStale({ ...attempt, isSent: false }, 1_000 + longestWait)).toBe(false);
  expect(isStale({ ...attempt, isSent: false }, 1_001 + longestWait)).toBe(true);
  expect(isStale({ ...attempt, isSent: true }, 1_001 + longestWait)).toBe(false);
});

test('an order that the page before has placed is known for a minute', () => {
  const text = JSON.stringify({ id: 'o', at: 100_000 });
  expect(placedLately(text, 159_999)).toBe('o');
  expect(placedLately(text, 160_000)).toBeNull();
  for (const none of [null, 'nonsense', '{}', '{"id": "o"}']) expect(placedLately(none, 100_000)).toBeNull();
});
