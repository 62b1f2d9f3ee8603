import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';
import { api, browser, shop } from './visit.mjs';

test('a delivery with an account, by a card whose bank asks first', async () => {
  await shop.open('/');
  await shop.follow("Mario's, Chicago");
  await shop.add('Margherita', 'Large');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.fill('Street and number', '14 Quay Lane');
  await shop.fill('Postcode', '60607');
  await shop.fill('Town', 'Chicago');
  await shop.choose('10 %');
  await shop.choose(/3155/);
  await shop.press('Order and pay');

  await shop.page.getByRole('button', { name: 'Approve' }).click(); // on the bank's page, which is not the shop's, and leads back

  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  const { order } = await api.send('query ($id: ID!) { order(id: $id) { totals { tip total } } }', { id: orderId }, await api.signIn('customer@example.com'));
  assert.deepEqual(order.totals, { tip: 129, total: 1290 + 350 + 106 + 129 });
  assert.deepEqual(await shop.happened(), ['Ordered', 'Confirmed']);
  await shop.reads('Reserved on your card');
});

test('a pickup in cash, whose page moves with the kitchen', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose('Cash');
  await shop.press('Order for');
  const orderId = await shop.ordered();
  await shop.sees('We have your order.');

  const cook = await api.signIn('cook@example.com');
  await api.move('startPreparingOrder', orderId, cook);
  await shop.sees('The kitchen is at it.');
  await shop.reads("it can't be cancelled here any more");
  await api.move('markOrderReady', orderId, cook);
  await shop.sees('It is ready, and waits for you.');
  await api.move('completeOrder', orderId, cook);
  await shop.sees('Buon appetito.');

  assert.deepEqual(await shop.happened(), ['Ordered', 'Confirmed', 'In the kitchen', 'Ready', 'Picked up']);
  shop.assertClean();
});

test('a tracker whose network was away shows what it has missed, each stage once', async () => {
  await shop.open('/chicago');
  await shop.follow('Sign in');
  await shop.signIn();
  await shop.sees('Pizza');
  const customer = await api.signIn('customer@example.com');
  const order = await api.placeOrder(customer);
  await shop.open(`/orders/${order.id}`);
  await shop.reads('Live.');

  await shop.page.context().setOffline(true);
  await shop.reads('Not live since');
  const cook = await api.signIn('cook@example.com');
  await api.move('startPreparingOrder', order.id, cook);
  await api.move('markOrderReady', order.id, cook);
  await shop.page.context().setOffline(false);

  await shop.sees('It is ready, and waits for you.');
  assert.deepEqual(await shop.happened(), ['Ordered', 'Confirmed', 'In the kitchen', 'Ready']);
});

test('an order that is cancelled in time is over, and can be ordered again', async () => {
  await shop.open('/chicago');
  await shop.follow('Sign in');
  await shop.signIn();
  await shop.sees('Pizza');
  const order = await api.placeOrder(await api.signIn('customer@example.com'));
  await shop.open(`/orders/${order.id}`);

  await shop.press('Cancel the order');
  await shop.press('Cancel it');
  await shop.sees('This order was cancelled.');
  await shop.press('Order this again');

  await shop.sees('Your order');
  await shop.page.getByRole('link', { name: 'Checkout' }).waitFor();
  shop.assertClean();
});

test('a declined card orders nothing, and another card does', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose(/0002/);
  await shop.press('Order and pay');
  await shop.reads('The card was declined. You were not charged.');

  await shop.choose(/4242/);
  await shop.press('Order and pay');
  await shop.ordered();

  await shop.sees('We have your order.');
});

test('an order whose answer was lost is one order, and the page leads to it', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose('Cash');
  const customer = await api.signIn('customer@example.com');
  const [before] = await api.newestTwo(customer);
  await shop.loseAnswer();
  await shop.press('Order for');
  const orderId = await shop.ordered();

  assert.deepEqual(await api.newestTwo(customer), [orderId, before]);
});

test('whoever reloads while an order is being sent gets that order, once', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose('Cash');
  const customer = await api.signIn('customer@example.com');
  const [before] = await api.newestTwo(customer);
  const heard = new Promise((resolve) => {
    void shop.meetOrder(async (route) => {
      await route.fetch();
      resolve(undefined); // the page waits for an answer that never comes
    });
  });
  await shop.press('Order for');
  await heard;
  await shop.page.reload();
  const orderId = await shop.ordered();

  assert.deepEqual(await api.newestTwo(customer), [orderId, before]);
});

test('what sells out while one reads is greyed, and said in the cart', async () => {
  const manager = await api.signIn('manager@example.com');
  await shop.open('/chicago');
  await shop.add('Prawn Evening', 'Small');
  await api.hide('Prawn Evening', true, manager);
  try {
    await shop.reads('No longer on the menu like this. It is not in the total.');
  } finally {
    await api.hide('Prawn Evening', false, manager);
  }
  await shop.page.getByRole('link', { name: 'Checkout' }).waitFor();
  shop.assertClean();
});

test('a price that changes is told in every open cart within a second', async () => {
  const manager = await api.signIn('manager@example.com');
  await shop.open('/chicago');
  await shop.add('Panna Cotta');
  const others = await Promise.all([1, 2].map(async () => new Shop(await shop.page.context().newPage(), settings.server)));
  for (const other of others) await other.open('/chicago/cart');
  const carts = [shop, ...others];
  for (const cart of carts) await cart.page.getByRole('link', { name: /^Checkout · \$/ }).waitFor();
  /** @type {number[]} */
  const waits = [];
  try {
    for (const price of [610, 620, 630]) {
      await api.price('Panna Cotta', price, manager);
      const told = Date.now();
      await Promise.all(carts.map((cart) => cart.reads(`5.40 → ${(price / 100).toFixed(2)} each`)));
      waits.push(Date.now() - told);
    }
  } finally {
    await api.price('Panna Cotta', 540, manager);
  }
  const [, median = Infinity] = waits.toSorted((a, b) => a - b); // machines are busy now and then
  assert.ok(median < 1000, `${waits.join(', ')} ms`);
});

test('what one looks for is in the address, and stays with it', async () => {
  await shop.open('/chicago');
  await shop.fill('Search the menu', 'salami');
  await shop.page.waitForURL(/q=salami/);
  await shop.page.reload();

  assert.deepEqual(await shop.page.locator('.dish h3').allTextContents(), ["Devil's Doorbell"]);
  shop.assertClean();
});

test('a diet shows what is fit for it, and says so', async () => {
  await shop.open('/chicago?diet=VEGAN');
  await shop.page.getByRole('heading', { name: 'Marinara', exact: true }).waitFor();
  const shown = await shop.page.locator('.dish').filter({ has: shop.page.locator('h3') }).allTextContents();
  assert.ok(shown.length > 3 && shown.every((text) => text.includes('vegan')), shown.join('; '));

  await shop.page.locator('.filters summary').click();
  await shop.choose('vegetarian');
  await shop.page.waitForURL(/diet=VEGETARIAN/);
  await shop.page.getByRole('heading', { name: 'Margherita', exact: true }).waitFor();
  await shop.page.getByRole('checkbox', { name: 'Milk' }).check();
  await shop.page.getByRole('heading', { name: 'Margherita', exact: true }).waitFor({ state: 'detached' });
  shop.assertClean();
});

test('a dish that can be made without what somebody must not eat stays, and says so', async () => {
  await shop.open('/chicago?without=NUTS');
  await shop.page.getByRole('heading', { name: 'Margherita', exact: true }).waitFor();
  assert.equal(await shop.page.getByRole('heading', { name: 'Rocket and Pear', exact: true }).count(), 0);
  await shop.page.locator('.dish', { hasText: 'Orchard Blue' }).getByText('Can be made without: Nuts').waitFor();

  await shop.show('Orchard Blue');
  await shop.page.locator('.allergens', { hasText: 'Nuts' }).waitFor();
  await shop.page.getByRole('checkbox', { name: 'Walnuts' }).uncheck();

  await shop.page.locator('.allergens', { hasText: 'Nuts' }).waitFor({ state: 'detached' });
  shop.assertClean();
});

test('somebody new signs up on the way, and comes back to what was chosen', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Tiramisu');
  await shop.follow('Checkout');
  await shop.follow('Sign in');
  await shop.choose('I am new here');
  await shop.fill('Name', 'Nora New');
  await shop.fill('E-mail', `nora-${crypto.randomUUID()}@example.org`);
  await shop.fill('Password', 'a long enough phrase');
  await shop.press('Make my account');
  await shop.choose('Cash');
  await shop.press('Order for');
  await shop.ordered();

  await shop.sees('We have your order.');
  await shop.reads('1 × Tiramisu');
  shop.assertClean();
});

test('the first screen is there without a script, in the reader\'s language', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'it-IT' });
  const page = await context.newPage();
  await page.goto(new URL('/naples', settings.server).href);

  await page.getByRole('heading', { name: 'Margherita', exact: true }).waitFor();
  const first = page.locator('.dish .price').filter({ hasText: 'vegetariano' }).first();
  assert.match((await first.locator('.number').textContent()) ?? '', /^da \d+,\d\d$/);
  await context.close();
});
