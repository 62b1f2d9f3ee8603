import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { Api } from './api.mjs';
import { launch } from './browser.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const api = new Api(settings.server);
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {string} */
let orderId;
/** @type {string} */
let dishId;
/** @type {string} which shows the order to whoever has it */
let link;

before(async () => {
  browser = await launch();
  const token = await api.signIn('customer@example.com');
  orderId = (await api.placeOrder(token)).id;
  const shared = await api.send('mutation ($id: ID!) { shareOrder(input: { orderId: $id }) { trackingToken } }', { id: orderId }, token);
  link = shared.shareOrder.trackingToken;
  dishId = (await api.somethingToOrder(await api.kitchen())).menuItemId;
});

after(() => browser?.close());

/**
 * Every page of the shop, with what it waits for.
 * @returns {{ path: string, heading: string | RegExp, isSignedIn?: boolean, first?: (shop: Shop) => Promise<void>, last?: (shop: Shop) => Promise<void> }[]}
 */
const pages = () => [
  { path: '/', heading: /^Dough/ },
  { path: '/chicago', heading: 'Margherita' },
  { path: `/chicago/dishes/${dishId}`, heading: /./, last: (shop) => shop.page.locator('.buy .main .number:not([data-old])').waitFor() },
  {
    path: `/chicago/dishes/${dishId}`, // while its price is not known yet
    heading: /./,
    first: async (shop) => {
      await shop.page.route('**/graphql', (route) => (route.request().postData()?.includes('previewOrder') ? undefined : route.continue()));
    },
    last: (shop) => shop.page.locator('.buy .main [data-old]').waitFor(),
  },
  {
    path: '/chicago',
    heading: 'Margherita',
    last: async (shop) => {
      await shop.show('Margherita');
      await shop.choose('Half and half');
      await shop.half('Right half').getByRole('checkbox', { name: 'Mushrooms' }).check();
      await shop.costs('$10.60');
    },
  },
  { path: '/chicago/cart', heading: 'Your order', first: (shop) => shop.add('Margherita') },
  {
    path: '/chicago/checkout',
    heading: 'Who is it for',
    first: (shop) => shop.add('Margherita'),
    last: async (shop) => {
      await shop.fill('Street and number', '14 Quay Lane');
      await shop.fill('Postcode', '60607');
      await shop.fill('Town', 'Chicago');
      await shop.choose(/4242/);
      await shop.holds();
      await shop.press('Order and pay');
      await shop.reads('Tell us a name');
    },
  },
  { path: '/chicago/checkout', heading: 'Where to', isSignedIn: true, first: (shop) => shop.add('Margherita') },
  { path: `/orders/${orderId}`, heading: 'We have your order.', isSignedIn: true },
  { path: `/orders/${orderId}`, heading: 'Is this your order?' },
  { path: `/orders/${orderId}#${link}`, heading: 'You follow this order by a link.' },
  { path: `/orders/${orderId}#${link.replaceAll(/./g, 'A')}`, heading: 'This link shows nothing any more.' },
  { path: '/orders', heading: 'Your orders', isSignedIn: true },
  { path: '/account', heading: 'Addresses', isSignedIn: true },
  { path: '/sign-in', heading: 'Good to see you.' },
  { path: '/nowhere', heading: 'Nothing on this plate.' },
];

/** @type {{ colorScheme: 'light' | 'dark', contrast: 'no-preference' | 'more', width: number }[]} */
const looks = [
  { colorScheme: 'light', contrast: 'no-preference', width: 1280 },
  { colorScheme: 'dark', contrast: 'no-preference', width: 320 },
  { colorScheme: 'dark', contrast: 'more', width: 1280 },
  { colorScheme: 'light', contrast: 'more', width: 320 },
];

for (const { colorScheme, contrast, width } of looks) {
  test(`axe finds nothing on any page, ${colorScheme}, ${width} px wide, contrast ${contrast}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, contrast, reducedMotion: 'reduce', locale: 'en-US' });
    const shop = new Shop(await context.newPage(), settings.server);
    let isSignedIn = false;
    for (const { path, heading, isSignedIn: asCustomer = false, first, last } of pages().toSorted((a, b) => Number(!!a.isSignedIn) - Number(!!b.isSignedIn))) {
      if (asCustomer && !isSignedIn) {
        await shop.open('/sign-in');
        await shop.signIn();
        await shop.page.waitForURL((url) => url.pathname !== '/sign-in');
        isSignedIn = true;
      }
      if (first) {
        await shop.open('/chicago');
        await first(shop);
      }
      await shop.open(path);
      await shop.page.getByText(heading).first().waitFor();
      await last?.(shop);
      const where = `${path}, ${width} px, ${colorScheme}`;
      await shop.page.evaluate(axe);
      const { violations } = await shop.page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
      assert.deepEqual(
        violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.map((/** @type {any} */ n) => `${n.target} ${n.failureSummary}`).slice(0, 3).join(' | ')}`),
        [],
        where,
      );
      const overflow = await shop.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${where}: ${overflow} px beyond the window`);
      await shop.page.unrouteAll({ behavior: 'ignoreErrors' });
    }
    await context.close();
  });
}
