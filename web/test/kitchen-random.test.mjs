import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { KitchenApi } from './kitchen-api.mjs';
import { Kitchen } from './kitchen.mjs';
import { settings } from './settings.mjs';

const api = new KitchenApi(settings.server);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** Numbers from 0 to below 1, the same for the same seed. */
function numbers(/** @type {number} */ seed) {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * Does something on a screen that can be done there, if there is anything.
 * @param {Kitchen} kitchen
 * @param {() => number} random
 */
async function actAtRandom(kitchen, random) {
  const kind = random();
  const some = async (/** @type {string} */ selector) => {
    const all = kitchen.page.locator(selector);
    const count = await all.count();
    // What another screen did meanwhile may have taken it away.
    if (count) await all.nth(Math.floor(random() * count)).click({ timeout: 1_500 }).catch(() => undefined);
  };
  if (kind < 0.45) await some('.bump');
  else if (kind < 0.75) await some('.block button');
  else if (kind < 0.9) await some('.undo-chip');
  else await some('.held button');
  if (await kitchen.page.locator('dialog[open]').count()) await kitchen.page.keyboard.press('Escape');
}

test(`two screens and a third that is offline for a while, with taps at random, end with the same board (SEED=${seed})`, async () => {
  const own = await api.openKitchen();
  const random = numbers(seed);
  const dishes = ['Margherita', 'Marinara', 'Forest Floor', 'Garlic Bread', 'Cola'];
  for (let i = 0; i < 8; i++) await api.orderDish(own, dishes[i % dishes.length] ?? '', { quantity: 1 + (i % 3) });
  /** @type {Kitchen[]} */
  const screens = [];
  for (const station of ['Make', 'Oven', 'Make']) screens.push(await Kitchen.at(browser, settings.server, own, station));
  const [make, oven, tablet] = /** @type {[Kitchen, Kitchen, Kitchen]} */ (screens);
  await tablet.isKept();

  for (let round = 0; round < 60; round++) {
    if (round === 15) await tablet.page.context().setOffline(true);
    if (round === 25) await tablet.page.reload();
    if (round === 45) await tablet.page.context().setOffline(false);
    if (round % 12 === 0) await api.orderDish(own, dishes[round % dishes.length] ?? '');
    await actAtRandom([make, oven, tablet][Math.floor(random() * 3)] ?? make, random);
  }

  for (const screen of screens) {
    await screen.isLive();
    await screen.page.locator('.ticket.unsent, .notices .unsent').first().waitFor({ state: 'detached' });
  }
  await make.eventually(async () => {
    const { digest } = await api.board(own);
    const shown = await Promise.all(screens.map((screen) => screen.digest()));
    return shown.every((one) => one === digest.slice(-4).toUpperCase());
  });
  // At the same station the same tickets stand, each at the same task.
  const told = (/** @type {Kitchen} */ screen) =>
    screen.page.locator('.ticket[data-ticket]').evaluateAll((all) => all.map((one) => `${one.getAttribute('data-ticket')} ${one.querySelector('.blocks')?.textContent}`).toSorted());
  await tablet.stand('Expo');
  await make.stand('Expo');
  await make.eventually(async () => JSON.stringify(await told(make)) === JSON.stringify(await told(tablet)));
  assert.ok((await told(make)).length > 0);
  for (const screen of screens) await screen.close();
});
