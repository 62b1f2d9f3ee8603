import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Api } from './api.mjs';
import { launch } from './browser.mjs';
import { CardShop } from './card-shop.mjs';
import { FakeStripe } from './fake-stripe.mjs';
import { Shop } from './shop.mjs';

// A shop with keys of Stripe's, of which only the hosts are played: the library, its frames, and what it asks of the API.

const [visa, declined, asksFirst, expired] = ['4242 4242 4242 4242', '4000 0000 0000 0002', '4000 0025 0000 3155', '4000 0000 0000 0069'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const person = { email: 'ada@example.com', password: 'a password of her own' };

const cardShop = new CardShop();
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Shop} */
let shop;
/** @type {FakeStripe} */
let stripe;
/** @type {string[]} */
let violations;
/** @type {Api} */
let api;
let token = '';

before(async () => {
  browser = await launch();
  await cardShop.open();
  api = new Api(cardShop.url);
  const { signUp } = await api.send('mutation ($input: SignUpInput!) { signUp(input: $input) { token userErrors { message } } }', { input: { ...person, name: 'Ada' } });
  token = signUp.token;
});

after(async () => {
  await browser?.close();
  await cardShop.close();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
  stripe = new FakeStripe(cardShop.gateway);
  await stripe.answer(context);
  violations = [];
  await context.exposeBinding('violated', (_, what) => violations.push(what));
  await context.addInitScript('addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => violated(`${violatedDirective} ${blockedURI}`))');
  shop = new Shop(await context.newPage(), cardShop.url);
});

afterEach(async () => {
  assert.deepEqual(violations, []);
  await shop.page.context().close();
});

/** From the menu to the choice of how to pay. */
async function checkOut() {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn(person);
  await shop.page.getByRole('radio', { name: 'Card' }).waitFor();
}

/** @param {string} number */
async function write(number) {
  await shop.choose('Card');
  await shop.fill('Card number', number);
}

/**
 * The bank's frame goes with the answer, and takes with it a click that is waited for.
 * @param {string} answer
 */
const tellBank = (answer) => shop.page.frameLocator('[title="Your bank"]').getByRole('button', { name: answer }).evaluate((button) => setTimeout(() => button.dispatchEvent(new MouseEvent('click', { bubbles: true }))));

/** What keeps people from using the choice of how to pay. */
async function barriers() {
  await shop.page.evaluate(axe);
  const { violations: found } = await shop.page.evaluate('axe.run(".asked", { resultTypes: ["violations"] })');
  return found.map((/** @type {{ id: string }} */ { id }) => id);
}

/** How many orders there are. */
async function orders() {
  return (await api.send('{ orders(first: 100) { nodes { id } } }', {}, token)).orders.nodes.length;
}

/** How many tokens were asked for. */
const tokens = () => stripe.asked.filter((url) => url === 'api.stripe.com/v1/payment_methods').length;

/** What the fakes in the page have seen. */
const seen = () => shop.page.evaluate('stripes');

test('a card pays, and until it is chosen nothing of Stripe is in the page', async () => {
  await checkOut();
  assert.deepEqual(stripe.asked, []);
  await write(visa);
  await shop.press('Order and pay');
  const id = await shop.ordered();

  await shop.sees('We have your order.');
  const { order } = await api.send('query ($id: ID!) { order(id: $id) { status payment { method status } } }', { id }, token);
  assert.deepEqual(order, { status: 'CONFIRMED', payment: { method: 'CARD', status: 'AUTHORIZED' } });
  assert.deepEqual(new Set(stripe.asked), new Set(['js.stripe.com/clover/stripe.js', 'js.stripe.com/v3/controller.html', 'api.stripe.com/v1/payment_methods']));
  assert.deepEqual(shop.monitor.errors, []);
});

test('the field stays as it is while one writes elsewhere, looks at cash, and when it gets dark', async () => {
  await checkOut();
  await write(visa);
  await shop.fill('Anything else', 'no onions');
  await shop.choose('10 %');
  await shop.choose('Cash');
  await shop.choose('Card');
  await shop.page.emulateMedia({ colorScheme: 'dark' });

  assert.equal(await shop.page.getByLabel('Card number').inputValue(), visa);
  await shop.eventually(async () => (await seen())[0].painted.length === 2);
  const [{ key, locale, mounted, painted }] = await seen();
  assert.deepEqual({ key, locale, mounted }, { key: 'pk_test_nobody', locale: 'en', mounted: 1 });
  assert.ok(painted.every((/** @type {string} */ colour) => /^#[0-9a-f]{6}$/.test(colour)), painted);
  assert.notEqual(painted[0], painted[1]);
});

test('what is wrong with a card is said at the field, and nothing is ordered', async () => {
  await checkOut();
  const count = await orders();
  await write('4242 x');
  await shop.reads('Your card number is invalid.');
  await shop.fill('Card number', '4242');
  await shop.press('Order and pay');
  await shop.reads('Your card number is incomplete. You were not charged.');
  await shop.fill('Card number', expired);
  await shop.press('Order and pay');
  await shop.reads('Your card has expired. You were not charged.');
  assert.equal(await orders(), count);
});

test('a declined card orders nothing, and another card does', async () => {
  await checkOut();
  await write(declined);
  await shop.press('Order and pay');
  await shop.reads('The card was declined. You were not charged.');
  await write(visa);
  await shop.press('Order and pay');
  await shop.ordered();
  await shop.sees('We have your order.');
});

test('whoever presses twice while the card is read orders once', async () => {
  await checkOut();
  const count = await orders();
  const release = stripe.hold();
  await write(visa);
  await shop.page.evaluate(() => {
    const button = document.querySelector('form button[type=submit]');
    for (let i = 0; i < 3; i++) if (button instanceof HTMLButtonElement) button.click();
  });
  await shop.page.getByRole('button', { name: 'Sending your order' }).waitFor();
  await shop.page.locator('form.order-form').evaluate((form) => form instanceof HTMLFormElement && form.requestSubmit());
  release();
  await shop.ordered();
  await shop.sees('We have your order.');
  assert.deepEqual([await orders(), tokens()], [count + 1, 1]);
});

test('whoever goes back while the card is read has ordered nothing', async () => {
  await checkOut();
  const count = await orders();
  const release = stripe.hold();
  await write(visa);
  await shop.press('Order and pay');
  await shop.eventually(async () => tokens() === 1);
  await shop.follow('Back to the menu');
  await shop.sees('Pizza');
  release();
  await shop.page.waitForTimeout(500);
  assert.equal(await orders(), count);
  await shop.follow('Checkout');
  await shop.page.getByRole('button', { name: 'Order and pay' }).waitFor();
});

test('a field that does not come is said, comes when it is tried again, and cash is there', async () => {
  stripe.isThere = false;
  await checkOut();
  await shop.choose('Card');
  await shop.reads("The field for your card didn't come. You were not charged.");
  stripe.isThere = true;
  await shop.press('Try again');
  await shop.page.getByLabel('Card number').waitFor();

  await shop.page.reload();
  stripe.isThere = false;
  await shop.reads("The field for your card didn't come.");
  await shop.press('Order and pay');
  assert.match(shop.page.url(), /checkout$/);
  await shop.press('Pay in cash');
  await shop.press('Order for');
  await shop.ordered();
  await shop.sees('We have your order.');
});

test('the bank asks in the page, and the order goes on by itself', async () => {
  await checkOut();
  await write(asksFirst);
  await shop.press('Order and pay');
  await tellBank('Approve');
  await shop.ordered();
  await shop.sees('We have your order.');
  await shop.reads('Reserved on your card');
  assert.deepEqual(shop.monitor.errors, []);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the field, what is wrong with a card, and that there is none, can be read by everybody: ${colorScheme}`, async () => {
    await shop.page.emulateMedia({ colorScheme });
    await checkOut();
    await shop.page.setViewportSize({ width: 320, height: 900 });
    await write('4242');
    await shop.press('Order and pay');
    await shop.reads('Your card number is incomplete. You were not charged.');
    assert.deepEqual(await barriers(), []);
    stripe.isThere = false;
    await shop.page.reload();
    await shop.reads("The field for your card didn't come.");
    assert.deepEqual(await barriers(), []);
  });
}

test('a bank that was not answered asks again, or another card pays', async () => {
  await checkOut();
  await write(asksFirst);
  await shop.press('Order and pay');
  await tellBank('Close');
  await shop.ordered();
  await shop.press('Answer your bank');
  await tellBank('Close');
  await shop.reads("Your bank couldn't be asked.");
  await shop.page.getByText('Pay with another card', { exact: true }).click();
  await write(visa);
  await shop.press('Pay with this card');
  await shop.sees('We have your order.');
  await shop.reads('Reserved on your card');
});

test('where the shop has an address, the bank asks on its own page, and leads back', async () => {
  await cardShop.serve({ PIZZERIA_PUBLIC_URL: cardShop.url.origin });
  await checkOut();
  await write(asksFirst);
  await shop.press('Order and pay');
  await shop.page.getByRole('button', { name: 'Approve' }).click();
  await shop.ordered();
  await shop.sees('We have your order.');
  await shop.reads('Reserved on your card');
});

test('without a publishable key the page of an order that waits for another card says what can be done', async () => {
  await cardShop.serve({ PIZZERIA_STRIPE_PUBLISHABLE_KEY: '' });
  const input = { ...(await api.orderInput()), paymentMethod: 'CARD', paymentToken: 'pm_card_authenticationRequired' };
  const { placeOrder } = await api.send(
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id status payment { status } } userErrors { code message } } }', { input }, token,
  );
  assert.deepEqual(placeOrder.order?.payment, { status: 'REQUIRES_ACTION' }, JSON.stringify(placeOrder));
  await shop.open(`/orders/${placeOrder.order.id}`);
  await shop.signIn(person);
  await shop.reads("We can't take another card on this page.");
  assert.equal(await shop.page.getByText('Pay with another card').count(), 0);
  assert.equal(await shop.page.getByRole('button', { name: 'Pay with this card' }).count(), 0);
});
