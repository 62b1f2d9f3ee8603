import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, shop } from './visit.mjs';

// Deals are told before anybody orders, and what doesn't apply in the reader's language.

test('the menu tells the deals, and the cart what more would bring', async () => {
  await shop.open('/chicago');
  await shop.sees('Deals');
  const deals = shop.page.locator('.deals li');
  await deals.filter({ hasText: 'Ciao! Your first order' }).getByText('CIAO', { exact: true }).waitFor();
  await deals.filter({ hasText: 'Happy hour' }).getByText(/20% off.*from \$30\.00.*for pickup.*Mon–Thu 3:00.PM–5:00.PM/).waitFor();
  await deals.filter({ hasText: 'Family table' }).getByText('3 × Pizza (Large) and 3 × Drinks for $49.00').waitFor();
  assert.equal(await deals.filter({ hasText: 'FAMIGLIA' }).count(), 0);

  await shop.choose('Delivery');
  for (let i = 0; i < 3; i++) await shop.add('Margherita', 'Large');
  await shop.reads('$6.30 more, and delivery is free.'); // 45.00 less 38.70
  await shop.add('Tiramisu');
  await shop.reads('$0.40 more, and delivery is free.');
  await shop.add('Cola');
  await shop.page.locator('.cart .sums[aria-busy=false]').getByText('free').waitFor();
  assert.equal(await shop.page.locator('.reach').count(), 0);
  shop.assertClean();
});

test('in German, nothing is said in the server\'s English of codes, prices and problems', async () => {
  const manager = await api.signIn('manager@example.com');
  const refused = [await api.promote(1_000, 100_000, manager), 'CIAO', 'PRONTO', 'NONSENSE', await api.promote(3_000, 0, manager)];
  await shop.page.context().addCookies([{ name: 'language', value: 'de', url: shop.server.href }]);
  await shop.open('/chicago');
  await shop.choose('Abholung');
  await shop.show('Sausage and Fennel');
  await shop.choose(/^Groß/);
  await shop.choose('Halb und halb');
  await shop.page.locator('.halves select').selectOption({ label: 'Four Corners · 15,90' });
  await shop.page.getByRole('button', { name: 'Eins mehr' }).click();
  await shop.page.getByText('die teurere Hälfte zählt').waitFor();
  await shop.page.getByRole('button', { name: /^Hinzufügen/ }).click();
  await shop.page.getByRole('link', { name: /^Zur Kasse/ }).click();
  for (const code of refused) {
    await shop.fill('Gutscheincode', code);
    await shop.page.getByRole('button', { name: 'Einlösen' }).click();
  }
  await shop.page.getByText('Diesen Code gibt es hier nicht.').waitFor();
  await shop.page.getByText(/Er gilt ab 1\.000,00\s\$: Es fehlen noch/).waitFor();
  await shop.page.getByText('Er gilt für Lieferungen.').waitFor();
  await shop.page.getByText(/“ ?: ?damit ist deine Bestellung/).waitFor();
  await shop.page.getByText(/30\s%\svon/).waitFor();

  const locationId = await api.kitchen();
  const { menu } = await api.send('query ($at: ID!) { menu(locationId: $at) { id name } }', { at: locationId });
  const idOf = (/** @type {string} */ name) => menu.find((/** @type {any} */ item) => item.name === name).id;
  const items = [{ menuItemId: idOf('Sausage and Fennel'), size: 'LARGE', quantity: 2, secondHalf: { menuItemId: idOf('Four Corners') } }];
  const { previewOrder } = await api.send(
    'query ($input: QuoteOrderInput!) { previewOrder(input: $input) { coupons { refusal } priceLines { basis } problems { message } } }',
    { input: { locationId, items, fulfillment: 'PICKUP', couponCodes: refused } },
  );
  const english = [
    ...previewOrder.coupons.map((/** @type {any} */ { refusal }) => refusal), ...previewOrder.problems.map((/** @type {any} */ { message }) => message),
    ...previewOrder.priceLines.map((/** @type {any} */ { basis }) => basis),
  ].filter((text) => text && /[a-z]{2}/.test(text));
  assert.ok(english.length >= 6, `the server says so little: ${english}`);
  const shown = await shop.page.locator('body').innerText();
  assert.deepEqual(english.filter((text) => shown.includes(text)), []);
  assert.equal(await shop.page.locator('[lang=en]:not(html):not(option)').count(), 0);
  shop.assertClean();
});
