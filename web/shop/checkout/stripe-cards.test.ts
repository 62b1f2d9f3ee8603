import { expect, test } from 'vitest';
import { StripeCards } from './stripe-cards.ts';
import type { CardOptions, Stripe, StripeError } from './stripe.ts';

type Made = Awaited<ReturnType<Stripe['createPaymentMethod']>>;

const look = { color: '#111111', placeholder: '#777777', wrong: '#aa0000' };
const at = {} as HTMLElement;
const never = new Promise<never>(() => {});
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Stripe.js as far as it is used, which says what was done to it. */
class FakeStripe {
  readonly did: string[] = [];
  made: Promise<Made> = Promise.resolve({ paymentMethod: { id: 'pm_1' } });
  asked: Promise<{ error?: StripeError }> = Promise.resolve({});
  happen: { ready: () => void; change: (change: { error?: StripeError }) => void } = { ready: () => {}, change: () => {} };

  readonly stripe: Stripe = {
    elements: () => ({
      create: (_, { style }: CardOptions) => {
        this.did.push(`create ${JSON.stringify(style).includes(look.color)}`);
        return {
          on: (event: string, happens: never) => void Object.assign(this.happen, { [event]: happens }),
          mount: () => void this.did.push('mount'),
          update: () => void this.did.push('update'),
          focus: () => void this.did.push('focus'),
          destroy: () => void this.did.push('destroy'),
        };
      },
    }),
    createPaymentMethod: () => this.made,
    handleNextAction: ({ clientSecret }) => (this.did.push(clientSecret), this.asked),
  };
}

/** Cards whose library comes, or doesn't, or for which nobody waits any longer. */
function given({ load, late = never as Promise<void> }: { load?: () => Promise<Stripe>; late?: Promise<void> } = {}) {
  const fake = new FakeStripe();
  const left: string[] = [];
  const cards = new StripeCards({ load: load ?? (() => Promise.resolve(fake.stripe)), leave: (url) => void left.push(url), wait: () => late });
  return { fake, cards, left };
}

async function ready() {
  const { fake, cards, left } = given();
  const unmount = cards.mount(at, look);
  await turn();
  fake.happen.ready();
  return { fake, cards, left, unmount };
}

test('a card that is written is a token when it is to pay', async () => {
  const { fake, cards, unmount } = await ready();
  expect(await cards.token()).toBe('pm_1');
  expect(cards.state()).toEqual({ is: 'READY', problem: null });
  unmount();
  expect(fake.did).toEqual(['create true', 'mount', 'destroy']);
  expect(await cards.token()).toBeNull();
});

test('what is wrong with a card is said while it is written, and that nothing was charged when it was to pay', async () => {
  const { fake, cards } = await ready();
  const seen: unknown[] = [];
  cards.watch(() => seen.push(cards.state()));
  fake.happen.change({ error: { message: 'Your number is incomplete.' } });
  fake.happen.change({});
  fake.made = Promise.resolve({ error: { message: 'Your card is too old.' } });
  expect(await cards.token()).toBeNull();
  expect(seen).toEqual([
    { is: 'READY', problem: { text: 'Your number is incomplete.', wasPaying: false } },
    { is: 'READY', problem: null },
    { is: 'READY', problem: { text: 'Your card is too old.', wasPaying: true } },
  ]);
  expect(fake.did.at(-1)).toBe('focus');
});

test.each([
  ['breaks', () => Promise.reject(new Error('no network'))],
  ['is silent', () => never],
])('where Stripe %s, nothing is charged, and it is said', async (_, answer) => {
  let isLate = () => {};
  const { fake, cards } = given({ late: new Promise((resolve) => (isLate = resolve)) });
  cards.mount(at, look);
  await turn();
  fake.happen.ready();
  fake.made = answer();
  const token = cards.token();
  isLate();
  expect(await token).toBeNull();
  expect(cards.state()).toEqual({ is: 'READY', problem: { text: null, wasPaying: true } });
});

test('a library that does not come is said, makes no token, and comes the next time', async () => {
  const fake = new FakeStripe();
  let isThere = false;
  const { cards } = given({ load: () => (isThere ? Promise.resolve(fake.stripe) : Promise.reject(new Error('blocked'))) });
  const unmount = cards.mount(at, look);
  await turn();
  expect(cards.state()).toEqual({ is: 'UNAVAILABLE' });
  expect(await cards.token()).toBeNull();
  unmount();
  isThere = true;
  cards.mount(at, look);
  await turn();
  fake.happen.ready();
  expect(await cards.token()).toBe('pm_1');
});

test('a library that comes when the page has gone shows nothing', async () => {
  const { fake, cards } = given();
  cards.mount(at, look)();
  await turn();
  expect(fake.did).toEqual([]);
});

test('the bank asks on its page, or else in this one', async () => {
  const { fake, cards, left } = await ready();
  expect(await cards.toBank({ url: 'https://bank.example', clientSecret: 's' })).toBe(true);
  expect(left).toEqual(['https://bank.example']);
  expect(await cards.toBank({ url: null, clientSecret: 'pi_secret' })).toBe(true);
  expect(fake.did.at(-1)).toBe('pi_secret');
  fake.asked = Promise.resolve({ error: { message: 'It was closed.' } });
  expect(await cards.toBank({ url: null, clientSecret: 'pi_secret' })).toBe(false);
  expect(await cards.toBank({ url: null, clientSecret: null })).toBe(false);
});
