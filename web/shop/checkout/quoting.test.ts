import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Quote, Quoting } from './quoting.ts';

const minutes = (n: number) => n * 60_000;
const lasts = minutes(5);
const input = (tip = 0) => ({ items: [], fulfillment: 'PICKUP' as const, tip });
const quote = (id: string, more: Partial<Quote> = {}): Quote => ({
  id, expiresAt: new Date(Date.now() + lasts).toISOString(), priceLines: [], coupons: [], promise: null, problems: [],
  totals: { subtotal: 1000, discount: 0, deliveryFee: 0, tax: 0, tip: 0, total: 1000, taxIncluded: true }, ...more,
});
const soldOut = { problems: [{ code: 'INSUFFICIENT_STOCK' as const, reason: 'SOLD_OUT' as const, names: [], count: 0, amount: 0, item: 0 }] };

let asked: number[];
let answers: ((tip: number) => Promise<Quote | null>)[];
let quoting: Quoting;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const stands = () => quoting.standing();

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = [];
  quoting = new Quoting({
    now: Date.now,
    ask: ({ tip = 0 }) => {
      asked.push(tip);
      return answers.shift()?.(tip) ?? Promise.resolve(quote(`q${asked.length}`));
    },
  });
});
afterEach(() => vi.useRealTimers());

test('what changes with each key is asked for once, when it has settled', async () => {
  for (const tip of [1, 12, 123]) {
    quoting.want({ key: `${tip}`, input: input(tip) });
    await pass(300);
  }
  expect(asked).toEqual([]);
  await pass(300);
  expect(asked).toEqual([123]);
  expect(stands()).toMatchObject({ is: 'HELD', quote: { id: 'q1' }, before: null });
});

test('what is not known well enough is not asked for, and what is held stays whatever the menu says', async () => {
  quoting.want({ key: 'a', input: null });
  await pass(1000);
  expect(asked).toEqual([]);
  quoting.want({ key: 'a', input: input() });
  await pass(1000);
  quoting.want({ key: 'a', input: null });
  expect(stands().is).toBe('HELD');
  quoting.want({ key: 'b', input: null });
  expect(stands().is).toBe('NONE');
});

test('a change while an answer is on its way is asked for after it, one at a time', async () => {
  let answer: (quote: Quote) => void = () => undefined;
  answers.push(() => new Promise((resolve) => (answer = resolve)));
  quoting.want({ key: 'a', input: input(1) });
  await pass(1000);
  quoting.want({ key: 'b', input: input(2) });
  await pass(1000);
  expect(asked).toEqual([1]);
  answer(quote('old'));
  await pass(1000);
  expect(asked).toEqual([1, 2]);
  expect(stands()).toMatchObject({ is: 'HELD', quote: { id: 'q2' } });
});

test('as long as the page is used it is held anew before it ends, and a total that changed is told', async () => {
  quoting.want({ key: 'a', input: input() });
  await pass(500);
  quoting.used();
  answers.push(() => Promise.resolve(quote('dearer', { totals: { ...quote('').totals, total: 1100 } })));
  await pass(minutes(4));
  expect(stands()).toMatchObject({ is: 'HELD', quote: { id: 'dearer' }, before: 1000 });
});

test('a page that nobody uses lets go, says so before, and asks again at the first touch', async () => {
  quoting.want({ key: 'a', input: input() });
  await pass(500);
  await pass(minutes(4));
  expect(stands()).toMatchObject({ is: 'HELD', isEnding: true });
  await pass(minutes(1));
  expect(stands().is).toBe('LAPSED');
  await pass(minutes(60));
  expect(asked).toHaveLength(1);
  quoting.used();
  await pass(0);
  expect(stands()).toMatchObject({ is: 'HELD', quote: { id: 'q2' }, isEnding: false });
});

test('where nothing is to be had it isn\'t asked for at every touch', async () => {
  quoting.want({ key: 'a', input: input() });
  await pass(500);
  answers.push(() => Promise.resolve(null), () => Promise.resolve(null));
  await pass(minutes(4));
  for (let touches = 0; touches < 9; touches++) {
    quoting.used();
    await pass(1);
  }
  expect(asked).toHaveLength(2);
  expect(stands()).toMatchObject({ is: 'HELD', isEnding: true });
  await pass(minutes(1));
  expect(stands().is).toBe('LAPSED');
  quoting.again();
  await pass(0);
  expect(stands().is).toBe('NONE');
});

test('what can\'t be had is asked for again once it is another', async () => {
  answers.push(() => Promise.resolve(quote('none', soldOut)));
  quoting.want({ key: 'a', input: input(1) });
  await pass(500);
  expect(stands()).toMatchObject({ is: 'BARRED', problems: [{ code: 'INSUFFICIENT_STOCK' }] });
  quoting.want({ key: 'a', input: input(1) });
  await pass(1000);
  expect(asked).toHaveLength(1);
  quoting.want({ key: 'a', input: null });
  quoting.want({ key: 'a', input: input(1) });
  await pass(1000);
  expect(stands().is).toBe('HELD');
});

test('who orders waits for the answer that is on its way, and for none that isn\'t', async () => {
  quoting.want({ key: 'a', input: input() });
  expect(await quoting.settled()).toEqual({ is: 'NONE' });
  await pass(1000);
  expect(asked).toEqual([]);
  quoting.want({ key: 'b', input: input() });
  await pass(500);
  expect(await quoting.settled()).toMatchObject({ is: 'HELD', quote: { id: 'q1' } });
});

test('while an order is sent its quote is not replaced', async () => {
  quoting.want({ key: 'a', input: input() });
  await pass(500);
  quoting.used();
  quoting.pauses(true);
  await pass(minutes(4));
  expect(asked).toHaveLength(1);
  quoting.pauses(false);
  await pass(0);
  expect(asked).toHaveLength(2);
});
