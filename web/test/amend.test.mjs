import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, shop } from './visit.mjs';

/** @param {string | RegExp} card */
async function orderedBy(card) {
  await shop.open('/chicago');
  await shop.choose('Pickup');
  await shop.add('Marinara', 'Small');
  await shop.follow('Checkout');
  await shop.isGuest('312 555 0178');
  await shop.choose(card);
  await shop.press('Order and pay');
  const id = await shop.ordered();
  await shop.sees('We have your order.');
  return id;
}

test('an order is changed until the kitchen begins, and what it costs then is told before', async () => {
  const id = await orderedBy(/4242/);
  const cook = await api.signIn('cook@example.com');

  await shop.press('Change the order');
  await shop.press('One Marinara more');
  await shop.reads(/more: .* in all\./);
  const more = shop.page.getByRole('dialog').getByRole('button', { name: 'Change it' });
  assert.equal(await more.isDisabled(), true, 'it is to be paid for');
  await shop.choose(/4242/);
  await more.click();

  await shop.reads('2 × Marinara');
  await shop.reads('Changed');
  await shop.press('Change the order');
  await shop.press('One Marinara less');
  await shop.reads(/less: .* in all\./);
  await shop.page.getByRole('dialog').getByRole('button', { name: 'Change it' }).click();
  await shop.reads('1 × Marinara');
  await api.move('startPreparingOrder', id, cook);
  await shop.sees('The kitchen is at it.');
  assert.equal(await shop.page.getByRole('button', { name: 'Change the order' }).count(), 0);
});
