// Dishes that are configured at random: as many as CONFIGURATIONS says, of SEED, so that the same ones can be had again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RandomCustomer } from './random-customer.mjs';
import { api, shop } from './visit.mjs';

const configurations = Number(process.env.CONFIGURATIONS ?? 15);
const seed = Number(process.env.SEED ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const mostOfAnOrder = 20;

test(`what the configurator shows is what is charged, for ${configurations} dishes configured at random (SEED=${seed})`, async () => {
  const [manager, token] = [await api.signIn('manager@example.com'), await api.signIn('customer@example.com')];
  await api.fillStock(manager);
  const customer = new RandomCustomer(shop, seed);
  await shop.open('/sign-in');
  await shop.signIn();
  await shop.page.waitForURL((url) => url.pathname !== '/sign-in');
  await shop.open('/chicago');
  await shop.choose('Pickup');

  for (let done = 0; done < configurations; ) {
    /** @type {{ note: string, price: number }[]} */
    const shown = [];
    while (shown.length < Math.min(mostOfAnOrder, configurations - done)) {
      const note = `no. ${done + shown.length + 1} of SEED=${seed}`; // which makes each a line of its own
      shown.push({ note, price: await customer.adds(note) });
    }
    await shop.follow('Checkout');
    await shop.choose(/4242/);
    const button = shop.page.getByRole('button', { name: /^Order and pay \$/ });
    const asked = centsOf(await button.textContent());
    await button.click();
    const order = await api.charged(await shop.ordered(), token);

    assert.deepEqual(order.items.map(({ instructions, total }) => ({ note: instructions, price: total })), shown);
    assert.equal(order.totals.subtotal, shown.reduce((sum, { price }) => sum + price, 0));
    assert.deepEqual([order.totals.total, order.payment.amount], [asked, asked]);
    await api.cancelOrder(order.id, token); // the kitchen has room for the next one
    done += shown.length;
    await shop.open('/chicago');
  }
  shop.assertClean();
});

/** @param {string | null} text */
const centsOf = (text) => Number(text?.replaceAll(/\D/g, ''));
