import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { api, shop } from './visit.mjs';

/** @type {string} */
let manager;
/** @type {{ id: string, sizes: { url: string }[] }} */
let image;

beforeEach(async () => {
  manager = await api.signIn('manager@example.com');
  const photo = await shop.page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 900, height: 900 } });
  image = await api.upload(photo, manager);
});

afterEach(() => api.picture('Marinara', null, manager));

/** The picture of a dish on the menu has come, and is painted. */
async function seesPicture(dish = 'Marinara') {
  const picture = shop.dish(dish).locator('img');
  await picture.scrollIntoViewIfNeeded();
  await isPainted(picture);
}

/** @param {import('playwright-core').Locator} picture */
const isPainted = (picture) => shop.eventually(() => picture.evaluate((/** @type {HTMLImageElement} */ img) => img.complete && img.naturalWidth > 0));

/** Runs in the page, from its first moment on. */
function observe() {
  const seen = /** @type {any} */ (globalThis);
  seen.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

test('a picture that a manager sends is on a menu that is open within two seconds, and nothing moves', async () => {
  await shop.page.addInitScript(observe);
  await shop.open('/chicago');
  const dish = shop.dish('Marinara');
  await dish.scrollIntoViewIfNeeded();
  assert.equal(await dish.locator('img').count(), 0);
  await shop.eventually(async () => shop.monitor.subscriptions > 0);

  await api.picture('Marinara', image.id, manager);

  await dish.locator('img').waitFor({ timeout: 2_000 });
  await seesPicture();
  assert.equal(await dish.locator('svg').count(), 0);
  await shop.open('/chicago'); // this time it comes with the page
  await seesPicture();
  const shift = await shop.page.evaluate(() => /** @type {any} */ (globalThis).shift);
  assert.ok(shift <= 0.02, `the layout moved by ${shift}`);
  shop.assertClean();
});

test('a menu has its pictures without network, also those that nobody has looked at', async () => {
  await api.picture('Marinara', image.id, manager);
  await shop.open('/chicago');
  const url = image.sizes[0]?.url ?? '';
  await shop.isKept('/chicago', url);
  await shop.eventually(() => shop.page.evaluate(async (url) => (await caches.match(url)) !== undefined, url));
  await shop.page.context().setOffline(true);

  await shop.open('/chicago');
  await shop.reads(/No network: the menu as of/);
  await seesPicture();
  await shop.show('Marinara');
  await isPainted(shop.page.locator('figure img')); // in the size that there is
});

test('a picture that can\'t be had is drawn', async () => {
  await shop.page.context().route('**/images/*', (route) => route.abort());
  await api.picture('Marinara', image.id, manager);
  await shop.open('/chicago');

  await shop.dish('Marinara').scrollIntoViewIfNeeded();
  await shop.dish('Marinara').locator('svg').waitFor();
});

test('a picture shows a pizza as it comes; what is chosen otherwise is drawn', async () => {
  await api.picture('Marinara', image.id, manager);
  await shop.open('/chicago');
  await shop.show('Marinara');
  const [photo, drawing] = [shop.page.locator('figure img'), shop.page.locator('figure svg')];
  await isPainted(photo);
  await shop.choose(/^Ricotta-filled rim/);
  assert.equal(await drawing.count(), 0);

  const topping = shop.page.getByRole('checkbox', { name: 'Mushrooms' });
  await topping.check();
  await drawing.waitFor();
  assert.equal(await photo.count(), 0);
  await topping.uncheck();
  await photo.waitFor();
  await shop.choose('Half and half');
  await drawing.waitFor();
  shop.assertClean();
});
