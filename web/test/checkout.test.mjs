import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, shop } from './visit.mjs';

test('a coupon takes off what it says, or says why not; and the order costs what was shown', async () => {
  const manager = await api.signIn('manager@example.com');
  const [ten, big] = [await api.promote(1_000, 0, manager), await api.promote(5_000, 100_000, manager)];
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Margherita', 'Medium');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.use(ten);
  await shop.reads('takes 0.99 off');
  await shop.use(big);
  await shop.reads('It takes nothing off.');
  await shop.press(`Take ${big} away`);
  await shop.total('$9.65'); // 9.90 less 0.99, and 8.25 % of that
  await shop.choose(/4242/);
  await shop.press('Order and pay $9.65');
  const orderId = await shop.ordered();

  const { totals, coupons } = await api.order(orderId, await api.signIn('customer@example.com'));
  assert.deepEqual([totals.subtotal, totals.discount, totals.total], [990, 99, 965]);
  assert.deepEqual(coupons, [{ code: ten, applied: true }]);
  shop.assertClean();
});

test('an order for a time that was chosen is for that time', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Large');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose('At a time I choose');
  await shop.page.getByLabel('Day').selectOption({ label: 'Tomorrow' });
  const time = shop.page.getByRole('combobox', { name: 'Time' });
  await shop.page.locator('select[name=at] option').nth(40).waitFor({ state: 'attached' });
  await time.selectOption({ index: 40 });
  const at = await time.inputValue();
  await shop.choose(/4242/);
  await shop.press('Order and pay');
  const orderId = await shop.ordered();

  await shop.reads('ordered for');
  const { scheduledFor } = await api.order(orderId, await api.signIn('customer@example.com'));
  assert.equal(Date.parse(scheduledFor), Date.parse(at));
  shop.assertClean();
});

test('the postcode tells what a delivery costs, and whether there is one', async () => {
  await shop.open('/naples');
  await shop.choose('Delivery');
  await shop.add('Margherita', 'Medium');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.fill('Street and number', 'Via Toledo 1');
  await shop.fill('Town', 'Napoli');
  await shop.fill('Postcode', '80132');
  await shop.sums('Delivery 2.50');
  await shop.fill('Postcode', '80127');
  await shop.sums('Delivery 4.00');
  await shop.reads('5.10 more, and we deliver'); // its minimum is 15.00
  await shop.fill('Postcode', '20121');
  await shop.reads("We don't deliver to this address.");
  shop.assertClean();
});

test('a price that changes while one checks out, and nothing can be held, is told, old and new, and nothing is ordered', async () => {
  const manager = await api.signIn('manager@example.com');
  const userErrors = [{ __typename: 'RefusedError', code: 'LIMIT_REACHED', message: '', path: null }];
  let isFirst = true;
  await shop.page.route('**/graphql', async (route) => {
    const body = route.request().postData() ?? '';
    // As of an address that holds too much.
    if (body.includes('mutation QuoteOrder')) return route.fulfill({ json: { data: { quoteOrder: { quote: null, userErrors } } } });
    // Just before the order is heard.
    if (isFirst && body.includes('mutation PlaceOrder')) {
      isFirst = false;
      await api.price('Panna Cotta', 640, manager);
    }
    return route.continue();
  });
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Panna Cotta');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose(/4242/);
  await shop.total('$5.85');
  try {
    await shop.press('Order and pay $5.85');
    await shop.reads('The price has changed: $5.85 → $6.93. Nothing was ordered');
    await shop.press('Order and pay $6.93');
    await shop.ordered();
  } finally {
    await api.price('Panna Cotta', 540, manager);
  }
  shop.assertClean();
});

test('while it is closed, it is said when it opens, and an order is for later', async () => {
  const manager = await api.signIn('manager@example.com');
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Tiramisu');
  await api.pause('The oven is being swept', manager);
  try {
    await shop.follow('Checkout');
    await shop.signIn();
    await shop.reads('The oven is being swept');
    const soon = shop.page.getByRole('radio', { name: 'As soon as possible' });
    assert.ok(await soon.isDisabled());
    await shop.choose(/4242/);
    await shop.press('Order and pay');
    await shop.ordered();
    await shop.reads('ordered for');
  } finally {
    await api.resume(manager);
  }
  shop.assertClean();
});
