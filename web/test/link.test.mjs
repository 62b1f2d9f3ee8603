import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';
import { api, browser, shop } from './visit.mjs';

/**
 * Whoever is given a link, on a device of their own, without an account.
 * @param {string} link
 */
async function opened(link) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
  const friend = new Shop(await context.newPage(), settings.server);
  await friend.open(link);
  return friend;
}

/** @returns {Promise<string>} the link that was copied */
async function shared() {
  await shop.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await shop.press('Share a link to it');
  await shop.reads('The link is copied.');
  return shop.page.evaluate(() => navigator.clipboard.readText());
}

test('a link shows the order live on another device, and lets nobody change it', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.isGuest('312 555 0177');
  await shop.choose(/3155/);
  await shop.press('Order and pay');
  await shop.page.getByRole('button', { name: 'Approve' }).waitFor();
  await shop.page.goBack(); // from the bank, which waits
  const id = await shop.ordered();
  await shop.follow('Go to your bank');
  await shop.page.getByRole('button', { name: 'Approve' }).waitFor();
  await shop.open(`/orders/${id}`);
  const link = await shared();
  const friend = await opened(link);
  await friend.sees('We wait for the payment.');
  await friend.reads('You follow this order by a link.');
  assert.equal(friend.page.url(), new URL(`/orders/${id}`, settings.server).href); // what shows it is seen by nobody
  assert.equal(await friend.page.getByRole('button', { name: /Cancel|Pay|Share|again/ }).count(), 0);
  assert.equal(await friend.page.getByRole('link', { name: 'Go to your bank' }).count(), 0);
  assert.doesNotMatch(await friend.page.locator('main').innerText(), /555 0177/);

  await shop.follow('Go to your bank');
  await shop.page.getByRole('button', { name: 'Approve' }).click();
  await friend.sees('We have your order.');
  const cook = await api.signIn('cook@example.com');
  await friend.page.context().setOffline(true);
  await friend.reads('Not live since');
  await api.move('startPreparingOrder', id, cook);
  await friend.page.context().setOffline(false);
  await friend.sees('The kitchen is at it.');
  await friend.page.reload();
  await friend.sees('The kitchen is at it.');
  assert.deepEqual(friend.monitor.foreignRequests, []);
  await friend.page.context().close();
});

test('whose order it is has more than the link, and a link that is wrong says so', async () => {
  await shop.open('/sign-in?back=/chicago');
  await shop.signIn();
  await shop.sees('Pizza');
  const order = await api.placeOrder(await api.signIn('customer@example.com'));
  await shop.open(`/orders/${order.id}`);
  const link = await shared();
  await shop.open(link);
  await shop.page.getByRole('button', { name: 'Cancel the order' }).waitFor();
  await shop.press('Share a link to it');
  await shop.reads('The link is copied.');

  const wrong = link.replace(/.{8}$/, 'AAAAAAAA');
  const friend = await opened(wrong);
  await friend.sees('This link shows nothing any more.');
  await friend.open(link);
  await friend.sees('We have your order.');
  await friend.open(`/orders/${crypto.randomUUID()}#${link.split('#')[1]}`);
  await friend.sees('This link shows nothing any more.');
  friend.assertClean();
  await friend.page.context().close();
});
