import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { KitchenApi } from './kitchen-api.mjs';
import { Kitchen } from './kitchen.mjs';
import { settings } from './settings.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const api = new KitchenApi(settings.server);
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./kitchen-api.mjs').OwnKitchen} */
let own;
/** @type {number} */
let number;
/** @type {string} */
let ticketId;

before(async () => {
  browser = await launch();
  own = await api.openKitchen();
  await api.orderDish(own, 'Margherita', { scheduledFor: await api.laterSlot(own) });
  await api.orderDish(own, 'Orchard Blue', { quantity: 3, instructions: 'Nut allergy!' });
  number = (await api.orderDish(own, 'Marinara', { instructions: 'well done' })).number;
  const { id, version } = await api.ticket(own, number);
  ticketId = id;
  const rush = { id: crypto.randomUUID(), ticketId, seenVersion: version, at: new Date().toISOString(), kind: 'RUSH', reason: 'The guest waits' };
  await api.send(
    'mutation ($input: ApplyKitchenActionsInput!) { applyKitchenActions(input: $input) { userErrors { message } } }',
    { input: { locationId: own.locationId, actions: [rush] } },
    own.manager,
  );
});

after(() => browser?.close());

/**
 * Every page of the kitchen, and what opens over it.
 * @returns {{ path: string, last: (kitchen: Kitchen) => Promise<unknown> }[]}
 */
const pages = () => [
  { path: '/kitchen', last: (kitchen) => kitchen.sees(number) },
  {
    path: '/kitchen', // with a count chosen
    last: async (kitchen) => {
      await kitchen.page.getByRole('complementary').getByRole('button', { name: /Orchard Blue$/ }).click();
      await kitchen.page.locator('.ticket.uncounted').first().waitFor();
    },
  },
  { path: '/kitchen', last: (kitchen) => kitchen.more(number) },
  { path: '/kitchen', last: (kitchen) => kitchen.page.getByRole('button', { name: /^Recall/ }).click() },
  { path: '/kitchen', last: (kitchen) => kitchen.page.getByRole('button', { name: /^Keys/ }).click() },
  {
    path: '/kitchen',
    last: async (kitchen) => {
      await kitchen.stand('Expo');
      await kitchen.bump(number);
      await kitchen.page.getByRole('dialog').waitFor();
    },
  },
  {
    path: '/kitchen', // without network, with a tap that waits
    last: async (kitchen) => {
      await kitchen.stand('Make');
      const tapped = await api.orderDish(own, 'Potato Ember', { quantity: 2 });
      await kitchen.sees(tapped.number);
      await kitchen.page.context().setOffline(true);
      await kitchen.ticket(tapped.number).getByRole('button', { name: /^2×\s+Potato Ember/ }).click();
      await kitchen.reads('1 tap is kept on this screen');
      await kitchen.page.locator('.live-state.is-not').waitFor();
    },
  },
  { path: '/kitchen/settings', last: (kitchen) => kitchen.reads('This screen') },
  { path: '/kitchen/keys', last: (kitchen) => kitchen.reads('Bump cell 1') },
  { path: '/kitchen/counter', last: (kitchen) => kitchen.reads('Almost ready') },
  { path: `/kitchen/print/${ticketId}`, last: (kitchen) => kitchen.reads('1 of 1') },
  { path: '/kitchen/print/nothing', last: (kitchen) => kitchen.reads("This order isn't on the board any more.") },
];

/**
 * @param {Kitchen} kitchen
 * @param {string} where
 */
async function assertAccessible({ page }, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  assert.deepEqual(
    violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.map((/** @type {any} */ n) => `${n.target} ${n.failureSummary}`).slice(0, 3).join(' | ')}`),
    [],
    where,
  );
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${where}: ${overflow} px beyond the window`);
}

for (const { theme, width, height } of [
  { theme: 'DARK', width: 1600, height: 900 },
  { theme: 'LIGHT', width: 1280, height: 800 },
  { theme: 'CONTRAST', width: 1280, height: 800 },
  { theme: 'LIGHT', width: 390, height: 844 },
  { theme: 'DARK', width: 320, height: 640 },
]) {
  test(`axe finds nothing on any page of the kitchen, ${theme}, ${width} px wide`, async () => {
    const kitchen = await Kitchen.at(browser, settings.server, own, 'Make', { viewport: { width, height }, reducedMotion: 'reduce' });
    await kitchen.page.evaluate((theme) => {
      localStorage.setItem('kitchen settings', JSON.stringify({ ...JSON.parse(localStorage.getItem('kitchen settings') ?? '{}'), theme }));
    }, theme);
    for (const { path, last } of pages()) {
      await kitchen.open(path);
      await last(kitchen);
      await assertAccessible(kitchen, `${path}, ${theme}, ${width} px`);
      await kitchen.page.context().setOffline(false);
    }
    await kitchen.close();
  });
}

test('whoever is not signed in, or works in no kitchen, is told so', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'de-DE' });
  const kitchen = new Kitchen(await context.newPage(), settings.server);
  await kitchen.open();
  await kitchen.page.getByRole('button', { name: 'Anmelden' }).waitFor();
  await assertAccessible(kitchen, 'signed out');
  await kitchen.page.getByLabel('E-Mail').fill('customer@example.com');
  await kitchen.page.getByLabel('Passwort').fill('pizzeria-demo');
  await kitchen.press('Anmelden');
  await kitchen.reads(/arbeitet in keiner Küche/);
  await assertAccessible(kitchen, 'a stranger');
  await kitchen.close();
});

test('what a finger touches is 56 px high at the board', async () => {
  const kitchen = await Kitchen.at(browser, settings.server, own, 'Make');
  await kitchen.sees(number);
  const low = await kitchen.page.locator('.kitchen :is(.ticket, .rail, .doings, .held, .pages) :is(button, a)').evaluateAll((all) =>
    all.filter((one) => one.getBoundingClientRect().height < 55.9).map((one) => `${one.className} ${one.textContent}`));
  assert.deepEqual(low, []);
  await kitchen.close();
});
