import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';
import { api, browser, shop } from './visit.mjs';

/**
 * A guest's checkout of a pickup that is filled in.
 * @param {string} dish
 */
async function filledIn(dish) {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add(dish);
  await shop.follow('Checkout');
  await shop.isGuest();
  await shop.choose(/4242/);
}

/**
 * One that is held.
 * @param {string} dish
 */
async function held(dish) {
  await filledIn(dish);
  await shop.holds();
}

test('what is held costs what was shown, whatever it costs others by then', async () => {
  const manager = await api.signIn('manager@example.com');
  await held('Panna Cotta');
  await api.price('Panna Cotta', 640, manager);
  try {
    await shop.press('Order and pay $5.85');
    const orderId = await shop.ordered();
    const { totals } = await api.order(orderId, await api.signIn('cook@example.com'));
    assert.equal(totals.total, 585);
  } finally {
    await api.price('Panna Cotta', 540, manager);
  }
  shop.assertClean();
});

test('what is changed at the checkout is held as it is then', async () => {
  await held('Panna Cotta');
  await shop.choose('10 %');
  await shop.total('$6.39');
  await shop.holds();
  await shop.press('Order and pay $6.39');
  const orderId = await shop.ordered();

  const { totals } = await api.order(orderId, await api.signIn('cook@example.com'));
  assert.equal(totals.total, 639);
  assert.equal(shop.monitor.posted.filter((body) => body.includes('"quoteId"')).length, 1);
});

test('what others took meanwhile is told before it is paid, and what is ordered goes by what is there then', async () => {
  await shop.open('/sign-in?back=/chicago');
  await shop.signIn();
  await shop.choose('Pickup');
  await shop.add('Panna Cotta');
  await shop.follow('Checkout');
  await shop.choose(/4242/);
  await shop.holds();
  // The same customer asks for something else, at another device: an account holds one quote.
  const customer = await api.signIn('customer@example.com');
  const { locationId, items, fulfillment } = await api.orderInput();
  await api.send('mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) { quote { id } } }', { input: { locationId, items, fulfillment } }, customer);
  await shop.press('Order and pay');
  await shop.reads('This offer has run out.');

  await shop.holds();
  await shop.press('Order and pay');
  await shop.ordered();
  await shop.sees('We have your order.');
});

test('a page that nobody uses says before it lets go, and holds it for longer at a press', async () => {
  await shop.page.clock.install();
  /** @type {() => void} */
  let goOn = () => {};
  const isFilledIn = new Promise((resolve) => {
    goOn = () => resolve(undefined);
  });
  await shop.page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('mutation QuoteOrder')) await isFilledIn; // who writes on has used the page since
    return route.continue();
  });
  await filledIn('Panna Cotta');
  goOn();
  await shop.holds();
  await shop.page.clock.fastForward('04:01');
  await shop.reads(/Yours at this price until .* only\./);
  await shop.press('Hold it for longer');
  await shop.holds();
  assert.equal(await shop.page.getByRole('button', { name: 'Hold it for longer' }).count(), 0);
  await shop.press('Order and pay');
  await shop.ordered();
});

test('twenty browsers buy the last eight portions: eight get them, and twelve are told before they pay', async () => {
  const manager = await api.signIn('manager@example.com');
  await api.bounds({}, manager);
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Cola');
  const carts = await shop.page.context().storageState(); // all have the same in their cart
  const before = await api.setStock('Cola', 8, manager);
  /** @type {Shop[]} */
  const all = [];
  const enter = async () => {
    const context = await browser.newContext({ storageState: carts, locale: 'en-US', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const one = new Shop(await context.newPage(), settings.server);
    all.push(one);
    await one.open('/chicago/checkout');
    const isHeld = one.page.locator('.held').waitFor().then(() => true);
    const isTold = one.page.getByText('What you chose is sold out').waitFor().then(() => false);
    return (await Promise.race([isHeld, isTold])) ? one : context.close();
  };
  const order = async (/** @type {Shop} */ one) => {
    await one.isGuest();
    await one.choose(/4242/);
    await one.press('Order and pay');
    return one.ordered();
  };
  try {
    /** @type {Shop[]} */
    const holding = [];
    for (let batch = 0; batch < 4; batch++) {
      const entered = await Promise.all(Array.from({ length: 5 }, enter));
      holding.push(...entered.filter((one) => one !== undefined));
    }
    assert.equal(holding.length, 8);
    const orders = await Promise.all(holding.map(order));

    assert.equal(new Set(orders).size, 8);
    assert.equal(all.flatMap(({ monitor }) => monitor.posted).filter((body) => body.includes('mutation PlaceOrder')).length, 8);
    assert.equal(await api.setStock('Cola', 0, manager), 0);
  } finally {
    await api.setStock('Cola', before, manager);
    await api.bounds({ openOrders: 20, openPortions: 200, newCustomerCashOrders: 2 }, manager);
    await Promise.all(all.map(({ page }) => page.context().close()));
  }
});
