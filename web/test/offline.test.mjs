import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Builds } from './builds.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';
import { api, shop } from './visit.mjs';

/** @param {boolean} isAway */
const network = (isAway) => shop.page.context().setOffline(isAway);

/**
 * @param {string} token
 * @returns {Promise<string[]>} the ids of a customer's orders, the newest first
 */
const orders = async (token) => (await api.send('{ orders(first: 50) { nodes { id } } }', {}, token)).orders.nodes.map((/** @type {{ id: string }} */ { id }) => id);

/** Checkout by card, with all that it waits for there. */
async function readyToOrder() {
  await shop.open('/chicago');
  await shop.isKept('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose(/4242/);
  await shop.page.getByRole('button', { name: /^Order and pay \$/ }).waitFor();
}

test('after one visit the menu is readable without network, and says of when it is', async () => {
  await shop.open('/chicago');
  await shop.isKept('/chicago');
  const dishes = await shop.page.locator('.dish h3').allTextContents();
  await network(true);
  await shop.open('/chicago');

  await shop.reads(/No network: the menu as of \d+:\d\d/);
  assert.deepEqual(await shop.page.locator('.dish h3').allTextContents(), dishes);

  await network(false);
  await shop.page.getByText('No network').waitFor({ state: 'detached' }); // it goes on from where it was, without being loaded
});

test('a menu that the app went to by itself is kept, and leads to the pages of its location', async () => {
  await shop.open('/');
  await shop.follow("Mario's, Chicago");
  await shop.isKept('/chicago');
  await network(true);

  await shop.open('/chicago/cart');
  await shop.sees('Your order');
  await shop.open('/account');
  await shop.reads('No network: this page comes when it is back.');
  await assert.rejects(shop.page.goto(new URL('/playground', settings.server).href), /ERR_INTERNET_DISCONNECTED/);
});

test('without network the cart is kept, and can be changed', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Tiramisu');
  await shop.isKept('/chicago');
  await network(true);
  await shop.open('/chicago/cart');
  await shop.reads('Tiramisu');
  await shop.press('One Tiramisu more');
  await shop.page.reload();
  await shop.page.locator('.lines output').getByText('2', { exact: true }).waitFor();

  await network(false);
  await shop.page.getByRole('link', { name: /^Checkout · \$/ }).waitFor();
});

test('what is ordered without network is ordered once, when it is back', async () => {
  await readyToOrder();
  const customer = await api.signIn('customer@example.com');
  const before = await orders(customer);
  await network(true);
  await shop.reads('No network. What you order now is sent once');
  await shop.press('Order and pay');
  await shop.reads('No network: nothing was sent.');
  assert.deepEqual(await orders(customer), before);

  await network(false);
  const orderId = await shop.ordered();
  assert.deepEqual(await orders(customer), [orderId, ...before]);
});

test('an order that waits outlives a reload, and a lost answer, and is one order', async () => {
  await readyToOrder();
  const customer = await api.signIn('customer@example.com');
  const before = await orders(customer);
  await network(true);
  await shop.press('Order and pay');
  await shop.reads('No network: nothing was sent.');
  await shop.page.reload();
  await shop.reads('No network: this page comes when it is back. Your cart is kept.');
  const isLost = await shop.loseAnswer();
  await network(false);
  const orderId = await shop.ordered();

  assert.ok(isLost());
  assert.deepEqual(await orders(customer), [orderId, ...before]);
});

test('an order that waits can be withdrawn, and is not sent', async () => {
  await readyToOrder();
  const customer = await api.signIn('customer@example.com');
  const before = await orders(customer);
  await network(true);
  await shop.press('Order and pay');
  await shop.press("Don't order");
  await shop.reads('No network. What you order now is sent once');
  await network(false);
  await shop.page.getByText('No network').waitFor({ state: 'detached' });
  await shop.page.getByRole('button', { name: /^Order and pay \$/ }).waitFor();
  await shop.page.waitForTimeout(1500); // nothing is on its way

  assert.deepEqual(await orders(customer), before);
  assert.deepEqual(shop.monitor.posted.filter((body) => body.includes('mutation PlaceOrder')), []);
});

test('nothing of an account is in the caches, before and after signing out', async () => {
  await readyToOrder();
  const kept = () =>
    shop.page.evaluate(async () => {
      const all = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) all.push(`${new URL(request.url).pathname} ${await (await cache.match(request))?.text()}`);
      }
      return all;
    });
  const assertPublic = (/** @type {string[]} */ entries) => {
    assert.ok(entries.some((entry) => entry.startsWith('/chicago ')));
    for (const entry of entries) {
      assert.match(entry, /^\/(assets\/\S+|chicago)? /);
      if (!entry.startsWith('/assets/')) assert.doesNotMatch(entry, /customer@example\.com|"viewer"/);
    }
  };
  await shop.press('Order and pay');
  await shop.ordered();
  await shop.open('/account');
  await shop.sees('Addresses');
  assertPublic(await kept());
  await shop.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await shop.page.getByRole('link', { name: 'Sign in' }).waitFor();
  await shop.isKept('/'); // where one is then
  assertPublic(await kept());

  await network(true);
  await shop.open('/account');
  await shop.reads('No network: this page comes when it is back.');
  assert.deepEqual(await shop.page.evaluate(() => ({ ...sessionStorage })), {});
});

test('a new build is there at the next visit; a page of the one before goes on, and older ones are forgotten', async () => {
  const builds = await Builds.open(settings.server);
  try {
    const built = new Shop(shop.page, builds.url);
    const build = () => shop.page.locator('meta[name=build]').getAttribute('content');
    const kept = () => shop.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('shop build')).map((name) => name.at(-1)).join());
    const has = (/** @type {string} */ wanted) => shop.eventually(async () => (await kept()) === wanted);
    await built.open('/chicago');
    await shop.isKept('/chicago');
    await has('1');

    builds.make(); // from here on the first one's files are gone from the server
    await built.follow('Sign in');
    await built.sees('Good to see you.');
    await built.open('/chicago');
    assert.equal(await build(), '2');
    await has('1,2');

    builds.make();
    await built.open('/chicago');
    assert.equal(await build(), '3');
    await has('2,3');

    await network(true);
    await built.open('/chicago');
    assert.equal(await build(), '3');
  } finally {
    await shop.page.close();
    await builds.close();
  }
});
