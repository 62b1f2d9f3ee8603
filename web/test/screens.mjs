// Walks through the shop as a customer, and writes a picture of each page into docs/screens: `make screens`.

import { Camera, looks } from './camera.mjs';
import { ManagerApi } from './manager-api.mjs';
import { Playground } from './playground.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';

const api = new ManagerApi(settings.server);
const camera = await Camera.open(new URL('../../docs/screens/', import.meta.url));
const coupon = await api.promote(1_000, 1_500, await api.signIn('manager@example.com'), 'HELLO');
// What is shown in the dark as well.
const inDark = new Set(['menu', 'dish', 'guest', 'checkout', 'tracker', 'kitchen', 'playground']);

/**
 * @param {import('./camera.mjs').Look} look
 * @param {number} nth
 */
async function walk(look, nth) {
  const shop = new Shop(await camera.page(look), settings.server);
  const take = async (/** @type {string} */ name, isWhole = false) => {
    if (look.scheme === 'light' || inDark.has(name)) await camera.take(shop.page, `${name}-${look.name}`, isWhole);
  };
  await shop.open('/');
  await take('front');
  await shop.follow("Mario's, Chicago");
  await shop.add('Margherita', 'Medium');
  await shop.show("Grandmother's Garden");
  await shop.choose(/^Large/);
  await shop.choose('Half and half');
  await shop.page.getByLabel('On the right half').selectOption({ label: 'Salt Harbour · 15.10' });
  await shop.half('Left half').getByRole('checkbox', { name: 'Mushrooms' }).check();
  await shop.half('Right half').getByRole('checkbox', { name: 'Prawns' }).check();
  await shop.half('Right half').getByRole('group', { name: 'Prawns' }).getByRole('radio', { name: 'extra' }).check();
  await shop.page.locator('.buy .main .number:not([data-old])').waitFor();
  await take('dish');
  await shop.press('Add ·');
  await shop.page.locator('.shopfront').waitFor();
  await take('menu');
  await shop.open('/chicago/cart');
  await shop.page.getByRole('link', { name: /^Checkout · \$/ }).waitFor();
  await take('cart', true);

  await shop.follow('Checkout');
  await shop.isGuest('312 555 0142');
  await shop.fill('Street and number', '14 Quay Lane');
  await shop.fill('Postcode', '60607');
  await shop.fill('Town', 'Chicago');
  await shop.choose(/4242/);
  await shop.holds();
  await take('guest', true);
  await shop.follow('Sign in');
  await shop.sees('Good to see you.');
  await take('sign-in', true);
  await shop.choose('I am new here');
  await shop.fill('Name', 'Nora Bell');
  await shop.fill('E-mail', `nora@${['example.org', 'example.com', 'example.net', 'example.edu'][nth]}`);
  await shop.fill('Password', 'a long enough phrase');
  await shop.press('Make my account');
  await shop.choose('At a time I choose');
  await shop.page.getByLabel('Day').selectOption({ label: 'Tomorrow' });
  await shop.page.getByRole('combobox', { name: 'Time' }).selectOption({ label: '7:00 PM – 7:15 PM' });
  await shop.choose(/3155/);
  await shop.choose('10 %');
  await shop.use(coupon);
  await shop.reads(/takes \S+ off/);
  await shop.holds();
  await take('checkout', true);
  await shop.press('Order and pay');
  await shop.page.getByRole('button', { name: 'Approve' }).waitFor();
  await take('bank');
  await shop.page.getByRole('button', { name: 'Approve' }).click();
  await shop.ordered();
  await shop.reads('Reserved on your card');
  await shop.reads('Live.');
  await take('tracker', true);
  await shop.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await shop.press('Share a link to it');
  await shop.reads('The link is copied.');
  const friend = new Shop(await camera.page(look), settings.server);
  await friend.open(await shop.page.evaluate(() => navigator.clipboard.readText()));
  await friend.reads('Live.');
  await friend.reads('You follow this order by a link.');
  if (look.scheme === 'light') await camera.take(friend.page, `link-${look.name}`, true);
  await friend.page.context().close();

  // The same again, as soon as possible, and on its way.
  await shop.open('/orders');
  await shop.press('Order again');
  await shop.follow('Checkout');
  await shop.choose('As soon as possible');
  await shop.choose(/4242/);
  await shop.page.getByRole('button', { name: /^Order and pay \$/ }).click();
  const id = await shop.ordered();
  await api.move('startPreparingOrder', id, await api.signIn('cook@example.com'));
  await shop.sees('The kitchen is at it.');
  await shop.reads('Live.');
  await take('kitchen');
  await shop.open('/orders');
  await shop.page.getByRole('button', { name: 'Order again' }).first().waitFor();
  await take('orders', true);
  await shop.open('/account');
  await shop.sees('Addresses');
  await take('account', true);
  await shop.page.context().close();

  const playground = new Playground(await camera.page(look), settings.server);
  if (look.width < 1000) return playground.page.context().close(); // it is for wide windows
  await playground.open();
  await playground.openTab('PlaceOrder');
  await playground.becomeDemoAccount('customer@example.com');
  await playground.setVariables({ input: { ...(await api.orderInput()), idempotencyKey: `my order, ${look.name}` } });
  await playground.page.getByRole('button', { name: 'Hide editor tools' }).click();
  await playground.clickRun();
  await playground.answer((answer) => answer.data?.placeOrder.order);
  await camera.take(playground.page, `playground-${look.name}`);
  await playground.page.context().close();
}

for (const [nth, look] of looks.entries()) await walk(look, nth);
await camera.close();
