import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, shop } from './visit.mjs';

/** Checkout of a pickup, as far as it is told who it is for. */
async function atCheckout() {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.isGuest();
}

/** The newest order, and the one before, as the cook sees it. */
const newestTwo = async () => api.newestTwo(await api.signIn('cook@example.com'));

test('a guest has it delivered with a name and a phone number, by a card whose bank asks first, and follows it', async () => {
  await shop.open('/chicago');
  await shop.add('Margherita', 'Large');
  await shop.follow('Checkout');
  await shop.fill('Street and number', '14 Quay Lane');
  await shop.fill('Postcode', '60607');
  await shop.fill('Town', 'Chicago');
  await shop.choose(/3155/);
  await shop.press('Order and pay');
  await shop.reads('Tell us a name, to call out or to ring for.');
  await shop.isGuest();
  await shop.press('Order and pay');
  await shop.page.getByRole('button', { name: 'Approve' }).click(); // on the bank's page, which leads back

  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  await shop.reads('Live.');
  await shop.page.reload();
  await shop.sees('We have your order.');
  const cook = await api.signIn('cook@example.com');
  await api.move('startPreparingOrder', orderId, cook);
  await shop.sees('The kitchen is at it.');

  await shop.page.context().setOffline(true);
  await shop.reads('Not live since');
  await api.move('markOrderReady', orderId, cook);
  await shop.page.context().setOffline(false);
  await shop.sees('It is ready.');
  assert.deepEqual(await shop.happened(), ['Ordered', 'Confirmed', 'In the kitchen', 'Ready']);
});

test('a guest who comes back from the bank without an answer pays with another card', async () => {
  await atCheckout();
  await shop.choose(/3155/);
  await shop.press('Order and pay');
  await shop.page.getByRole('button', { name: 'Approve' }).waitFor();
  await shop.page.goBack();
  await shop.ordered();
  await shop.page.getByText('Pay with another card').click();
  await shop.choose(/4242/);
  await shop.press('Pay with this card');

  await shop.sees('We have your order.');
});

test('a guest finds the order again, cancels it, and orders it once more', async () => {
  await atCheckout();
  await shop.choose('Cash');
  await shop.press('Order for');
  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  await shop.open('/');
  await shop.page.getByRole('link', { name: 'Orders', exact: true }).click();
  await shop.page.getByRole('link', { name: /^Order \d+$/ }).click();
  assert.equal(await shop.ordered(), orderId);

  await shop.press('Cancel the order');
  await shop.press('Cancel it');
  await shop.sees('This order was cancelled.');
  await shop.press('Order this again');
  await shop.follow('Checkout');
  assert.equal(await shop.page.getByLabel('Name').inputValue(), 'Gustav Gast'); // nothing is written twice
  await shop.press('Order for');
  assert.notEqual(await shop.ordered(), orderId);
  shop.assertClean();
});

test('whoever signs in afterwards finds the guest\'s order beside the account\'s, once and marked', async () => {
  await atCheckout();
  await shop.choose('Cash');
  await shop.press('Order for');
  const orderId = await shop.ordered();
  const customer = await api.signIn('customer@example.com');
  const own = await api.placeOrder(customer);
  await shop.open('/sign-in?back=/orders');
  await shop.signIn();
  await shop.sees('Your orders');
  await shop.reads(`Order ${own.number}`);

  const asGuest = shop.page.getByRole('listitem').filter({ hasText: 'without your account' });
  await asGuest.first().waitFor();
  assert.equal(await asGuest.locator(`a[href="/orders/${orderId}"]`).count(), 1);
  assert.equal(await shop.page.locator(`a[href="/orders/${orderId}"]`).count(), 1);
  assert.equal(await shop.page.locator(`a[href="/orders/${own.id}"]`).count(), 1);
  await asGuest.first().getByRole('link').click();
  assert.equal(await shop.ordered(), orderId);
  await shop.sees('We have your order.');
  await api.cancelOrder(own.id, customer);
  shop.assertClean();
});

test('what a guest has told is not asked for again where it is kept in an account', async () => {
  await shop.open('/chicago');
  await shop.add('Margherita', 'Medium');
  await shop.follow('Checkout');
  await shop.isGuest('312 555 0142');
  await shop.fill('Street and number', '14 Quay Lane');
  await shop.fill('Postcode', '60607');
  await shop.fill('Town', 'Chicago');
  await shop.choose(/4242/);
  await shop.press('Order and pay');
  const orderId = await shop.ordered();
  await shop.follow('Keep them in an account');
  await shop.fill('E-mail', `gustav-${crypto.randomUUID()}@example.org`);
  await shop.fill('Password', 'a long enough phrase');
  await shop.press('Make my account');

  assert.equal(await shop.ordered(), orderId);
  await shop.sees('We have your order.');
  await shop.open('/account');
  await shop.sees('Ciao, Gustav Gast.');
  assert.equal(await shop.page.getByLabel('Phone').inputValue(), '312 555 0142');
  await shop.reads('14 Quay Lane');
  shop.assertClean();
});

test('a guest\'s order whose answer was lost is one order, and its page is the guest\'s', async () => {
  await atCheckout();
  await shop.choose(/4242/);
  const [before] = await newestTwo();
  await shop.loseAnswer(); // and with it the token
  await shop.press('Order and pay');
  const orderId = await shop.ordered();

  await shop.sees('We have your order.');
  assert.deepEqual(await newestTwo(), [orderId, before]);
});

test('a guest who reloads, goes back or signs in while an order is being sent gets that order, once', async () => {
  await atCheckout();
  await shop.choose(/4242/);
  const [before] = await newestTwo();
  const heard = new Promise((resolve) => {
    void shop.meetOrder(async (route) => {
      await route.fetch();
      resolve(undefined); // the page waits for an answer that never comes
    });
  });
  await shop.press('Order and pay');
  await heard;
  await shop.open('/sign-in?back=/chicago/checkout');
  await shop.signIn();
  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  await shop.page.goBack();
  await shop.page.goForward();
  await shop.open('/chicago/checkout');

  assert.equal(await shop.ordered(), orderId);
  await shop.sees('We have your order.');
  assert.deepEqual(await newestTwo(), [orderId, before]);
});

test('what a guest orders without network is ordered once, when it is back', async () => {
  await atCheckout();
  await shop.choose(/4242/);
  await shop.page.getByRole('button', { name: /^Order and pay \$/ }).waitFor();
  const [before] = await newestTwo();
  await shop.page.context().setOffline(true);
  await shop.press('Order and pay');
  await shop.reads('No network: nothing was sent.');
  assert.equal((await newestTwo())[0], before);

  await shop.page.context().setOffline(false);
  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  assert.deepEqual(await newestTwo(), [orderId, before]);
});
