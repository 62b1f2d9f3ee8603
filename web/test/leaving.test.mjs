import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';
import { api, browser } from './visit.mjs';

/** Where something waits: it tells when it is there, and goes on when it is let. */
class Gate {
  /** @type {() => void} */
  reach = () => {};
  /** @type {() => void} */
  open = () => {};
  reached = new Promise((resolve) => (this.reach = () => resolve(undefined)));
  #opened = new Promise((resolve) => (this.open = () => resolve(undefined)));

  async pass() {
    this.reach();
    await this.#opened;
  }
}

test('an order whose answer comes while the page goes away is one order, and the next page leads to it', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', serviceWorkers: 'block' }); // a worker's requests can't be held
  const shop = new Shop(await context.newPage(), settings.server);
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose('Cash');
  const cook = await api.signIn('cook@example.com');
  const [before] = await api.newestTwo(cook);
  const [answer, page] = [new Gate(), new Gate()];
  await shop.page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('mutation PlaceOrder')) return route.continue();
    const response = await route.fetch();
    await answer.pass();
    return route.fulfill({ response });
  });
  await shop.page.route('**/chicago/checkout', async (route) => {
    await page.pass();
    return route.continue();
  });

  await shop.press('Order for');
  await answer.reached;
  await shop.page.evaluate(() => location.reload());
  await page.reached;
  const heard = shop.page.waitForEvent('framenavigated', (frame) => frame.url().includes('/orders/'));
  answer.open();
  await heard; // the page that goes away shows the order, which nobody sees
  const gone = shop.page.waitForEvent('framenavigated', (frame) => frame.url().endsWith('/chicago/checkout'));
  page.open();
  await gone;

  const orderId = await shop.ordered();
  await shop.sees('We have your order.');
  assert.deepEqual(await api.newestTwo(cook), [orderId, before]);
  await context.close();
});
