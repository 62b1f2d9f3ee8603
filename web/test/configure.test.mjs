import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, shop } from './visit.mjs';

test('a pizza of two halves, each as it is wanted, is ordered as it was chosen, for what was shown', async () => {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.show("Grandmother's Garden");
  await shop.choose(/^Large/);
  await shop.choose(/^Ricotta-filled rim/);
  await shop.choose('Half and half');
  await shop.page.getByLabel('On the right half').selectOption({ label: 'Salt Harbour · 15.10' });
  const [left, right] = [shop.half('Left half'), shop.half('Right half')];
  await left.getByRole('checkbox', { name: 'Mushrooms' }).check();
  await right.getByRole('checkbox', { name: 'Mushrooms' }).check();
  await right.getByRole('checkbox', { name: 'Cooked ham' }).check();
  await right.getByRole('group', { name: 'Cooked ham' }).getByRole('radio', { name: 'extra' }).check();
  await right.getByRole('checkbox', { name: 'Capers' }).uncheck();
  // 15.10 for the dearer half, 1.00 for two, 2.50 for the rim, 1.80 for mushrooms on both, half of 2.60 by 1.75 for the ham.
  await shop.costs('$22.68');
  await shop.reads('Contains Fish, Gluten, Milk');
  await shop.press('Add ·');

  await shop.reads("½ Grandmother's Garden · ½ Salt Harbour");
  await shop.reads('Ricotta-filled rim, Mushrooms, no Capers (right), extra Cooked ham (right)');
  await shop.follow('Checkout');
  await shop.signIn();
  await shop.choose(/4242/);
  await shop.press('Order and pay');
  const orderId = await shop.ordered();

  await shop.reads('Ricotta-filled rim, Mushrooms, extra Cooked ham (right), no Capers (right)');
  const { items } = await api.order(orderId, await api.signIn('customer@example.com'));
  assert.equal(items.length, 1);
  const [{ name, size, unitPrice, options, secondHalf }] = items;
  assert.deepEqual([name, secondHalf.name, size, unitPrice], ["Grandmother's Garden", 'Salt Harbour', 'LARGE', 2268]);
  const chosen = [...options, ...secondHalf.options].map((/** @type {any} */ option) => `${option.amount} ${option.name} ${option.portion}`);
  for (const one of ['REGULAR Ricotta-filled rim WHOLE', 'REGULAR Mushrooms WHOLE', 'EXTRA Cooked ham SECOND', 'NONE Capers SECOND']) {
    assert.ok(chosen.includes(one), `${one} is none of ${chosen.join(', ')}`);
  }

  await shop.open('/orders');
  await shop.page.getByRole('button', { name: 'Order again' }).first().click();
  await shop.reads("½ Grandmother's Garden · ½ Salt Harbour");
  await shop.reads('extra Cooked ham (right)');
  assert.equal(await shop.page.getByText('The price has changed').count(), 0);
  shop.assertClean();
});

test('the same chosen twice is one line of two, and otherwise it is another line', async () => {
  await shop.open('/chicago');
  for (const topping of ['Parmesan', 'Parmesan', 'Gorgonzola']) {
    await shop.show('Margherita');
    await shop.page.getByRole('checkbox', { name: topping }).check();
    await shop.press('Add ·');
    await shop.page.locator('.shopfront').waitFor();
  }

  const lines = shop.page.locator('.cart .line');
  await lines.nth(1).waitFor();
  assert.equal(await lines.count(), 2);
  assert.equal(await lines.first().locator('output').textContent(), '2');
  shop.assertClean();
});

test('more than goes on it is said at the group, and not added', async () => {
  await shop.open('/chicago');
  await shop.show('Margherita');
  const toppings = shop.page.getByRole('group', { name: 'Extra toppings' });
  const boxes = toppings.getByRole('checkbox');
  for (let i = 0; i < 7; i++) await boxes.nth(i).check();
  await toppings.getByText('take something away').waitFor();
  await shop.press('Add ·');
  await shop.page.waitForFunction(() => document.activeElement?.closest('fieldset')?.textContent?.includes('Extra toppings'));
  await boxes.nth(6).uncheck();
  await shop.press('Add ·');
  await shop.page.locator('.cart .line').waitFor();
  shop.assertClean();
});

test('what sells out while one chooses is greyed, and not on it any more', async () => {
  const manager = await api.signIn('manager@example.com');
  await shop.open('/chicago');
  await shop.show('Margherita');
  const prawns = shop.page.getByRole('checkbox', { name: 'Prawns' });
  await prawns.check();
  await shop.costs('$12.70');
  const before = await api.setStock('Prawns', 0, manager);
  try {
    await shop.page.getByText('Prawns sold out').waitFor();
    assert.deepEqual([await prawns.isDisabled(), await prawns.isChecked()], [true, false]);
    await shop.costs('$9.90');
  } finally {
    await api.setStock('Prawns', before, manager);
  }
  await shop.costs('$12.70');
  shop.assertClean();
});

test('a pizza is configured by keys alone', async () => {
  await shop.open('/chicago');
  await shop.show('Margherita');
  const { keyboard } = shop.page;
  await shop.page.getByRole('radio', { name: /^Medium/ }).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Tab');
  await keyboard.press('ArrowRight'); // half and half
  await keyboard.press('Tab');
  await shop.page.getByRole('option', { name: /^Marinara/ }).waitFor({ state: 'attached' });
  await keyboard.press('ArrowDown');
  await shop.page.getByRole('region', { name: 'Right half Marinara' }).waitFor();
  await shop.half('Right half').getByRole('checkbox', { name: 'Garlic' }).focus();
  await keyboard.press('Space');
  await keyboard.press('Enter');

  await shop.reads('½ Margherita · ½ Marinara');
  await shop.reads('no Garlic (right)');
  shop.assertClean();
});
