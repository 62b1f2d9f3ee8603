import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { KitchenApi } from './kitchen-api.mjs';
import { Kitchen } from './kitchen.mjs';
import { settings } from './settings.mjs';

const api = new KitchenApi(settings.server);
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('./kitchen-api.mjs').OwnKitchen} */
let own;

before(async () => {
  browser = await launch();
  own = await api.openKitchen();
});

after(() => browser?.close());

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await api.finishAll(own);
});

/** @param {string} [station] */
const screen = (station) => Kitchen.at(browser, settings.server, own, station);

test('an order goes from station to station, and each screen sees what the others tap', async () => {
  const [make, oven] = [await screen('Make'), await screen('Oven')];
  const { number } = await api.orderDish(own, 'Margherita', { quantity: 2 });
  await make.sees(number);
  await make.bump(number);
  await make.misses(number);

  await oven.sees(number);
  await oven.ticket(number).getByRole('button', { name: /^2×\s+Margherita/ }).click(); // into the oven
  await oven.page.getByRole('img', { name: 'Oven: 2 of 6 places taken' }).waitFor();
  await make.page.getByRole('img', { name: 'Oven: 2 of 6 places taken' }).waitFor();
  await oven.bump(number);
  await oven.misses(number);

  await make.stand('Expo');
  await make.bump(number);
  await make.misses(number);
  await make.eventually(async () => (await api.ticket(own, number)).status === 'DONE');
  await make.eventually(async () => (await make.digest()) === (await oven.digest()));
  await make.eventually(async () => (await make.digest()) === (await api.board(own)).digest.slice(-4).toUpperCase());
  make.assertClean();
  oven.assertClean();
});

test('a slip is undone within three seconds, and the ticket is where it was on all screens', async () => {
  const [make, oven] = [await screen('Make'), await screen('Oven')];
  const { number } = await api.orderDish(own, 'Margherita');
  await make.bump(number);
  await oven.sees(number);
  await make.press(`Undo ${number}`);
  await make.sees(number);
  await oven.misses(number);
});

test('nothing moves under a finger: the gap closes a second after the last touch', async () => {
  const make = await screen('Make');
  const orders = [await api.orderDish(own, 'Margherita'), await api.orderDish(own, 'Marinara'), await api.orderDish(own, 'Forest Floor')];
  for (const { number } of orders) await make.sees(number);
  await make.page.waitForTimeout(1_100);
  const before = await make.cells();
  const at = before.indexOf(String(orders[0]?.number));
  await make.bump(orders[0]?.number ?? 0);
  await make.misses(orders[0]?.number ?? 0);
  assert.deepEqual(await make.cells(), before.with(at, null));
  await make.eventually(async () => !(await make.cells()).slice(0, before.filter(Boolean).length - 1).includes(null));
  for (const { number } of orders.slice(1)) await make.bump(number);
});

test('what was handed over is recalled from another screen, with the reason for all to see', async () => {
  const [expo, make] = [await screen('Expo'), await screen('Make')];
  const { number } = await api.orderDish(own, 'Margherita');
  await make.bump(number);
  await make.stand('Oven');
  await make.bump(number);
  await expo.ticket(number).locator('.block.queued').waitFor(); // it has come to the expediter
  await expo.bump(number);
  await expo.misses(number);

  await make.press('Recall');
  await make.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${number}\\b`) }).click();
  await make.page.getByLabel('Reason').fill('Burnt edge');
  await make.answer('Recall');
  await make.sees(number);
  await expo.sees(number);
  await expo.ticket(number).getByText('Recalled: Burnt edge').waitFor();
});

test('the expediter is asked before handing over what is not complete, and says why', async () => {
  const expo = await screen('Expo');
  const { number } = await api.orderDish(own, 'Margherita');
  await expo.bump(number);
  await expo.page.getByRole('dialog', { name: `Order ${number} isn't complete` }).waitFor();
  assert.equal((await api.ticket(own, number)).status, 'OPEN');
  await expo.press('It is here, nobody tapped it');
  await expo.answer('Hand over');
  await expo.misses(number);
  await expo.eventually(async () => (await api.ticket(own, number)).status === 'DONE');
});

test('a rush says whom it overtakes, and goes first once all is still', async () => {
  const make = await screen('Make');
  const [first, second] = [await api.orderDish(own, 'Margherita'), await api.orderDish(own, 'Marinara')];
  await make.sees(second.number);
  await make.more(second.number);
  await make.answer('Rush …');
  await make.reads(new RegExp(`It goes before .*${first.number}.*, which were promised earlier`));
  await make.press('The guest waits');
  await make.answer('Rush');
  await make.ticket(second.number).getByText('Rush: The guest waits').waitFor();
  await make.eventually(async () => (await make.cells())[0] === String(second.number));
});

test('a scheduled order is held, held longer, and fired by hand', async () => {
  const make = await screen('Make');
  const { number } = await api.orderDish(own, 'Margherita', { scheduledFor: await api.laterSlot(own) });
  const held = make.page.locator('.held li').filter({ hasText: String(number) });
  const before = await held.getByText(/fires/).textContent();
  await held.getByRole('button', { name: `Hold +10, ${number}` }).click();
  await make.eventually(async () => (await held.getByText(/fires/).textContent()) !== before);
  await held.getByRole('button', { name: `Fire now, ${number}` }).click();
  await make.sees(number);
  await make.eventually(async () => (await api.ticket(own, number)).status === 'OPEN');
});

test('what a guest changes is shown old and new, until somebody has seen it', async () => {
  const make = await screen('Make');
  const { id, number } = await api.orderDish(own, 'Margherita', { quantity: 2 });
  await make.sees(number);
  await api.changeQuantity(own, id, 3);
  const ticket = make.ticket(number);
  await ticket.locator('del').getByText('2×').waitFor();
  await ticket.locator('ins').getByText('3×').waitFor();
  await ticket.getByRole('button', { name: /^Seen/ }).click();
  await ticket.locator('del').waitFor({ state: 'detached' });
  await ticket.getByRole('button', { name: /^3×\s+Margherita/ }).waitFor();
  make.assertClean();
});

test('a count shows whose it is', async () => {
  const make = await screen('Make');
  const [wanted, other] = [await api.orderDish(own, 'Orchard Blue'), await api.orderDish(own, 'Margherita')];
  await make.sees(other.number);
  await make.page.getByRole('complementary').getByRole('button', { name: /Orchard Blue$/ }).click();
  await make.page.locator('.ticket.uncounted').first().waitFor();
  assert.match((await make.ticket(wanted.number).getAttribute('class')) ?? '', /\bcounted\b/);
  assert.match((await make.ticket(other.number).getAttribute('class')) ?? '', /\buncounted\b/);
});

test('an allergy comes first', async () => {
  const make = await screen('Make');
  const { number } = await api.orderDish(own, 'Margherita', { instructions: 'Sesame allergy!' });
  await make.ticket(number).locator('.note.allergy').getByText('Sesame allergy!').waitFor();
});

test('once a shift is started what comes is heard, unless that is switched off', async () => {
  const make = await screen('Make');
  await make.page.addInitScript(() => {
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      document.documentElement.dataset['tones'] = String(Number(document.documentElement.dataset['tones'] ?? 0) + 1);
      start.apply(this, when);
    };
  });
  await make.page.reload();
  await make.isLive();
  const tones = async () => Number((await make.page.locator('html').getAttribute('data-tones')) ?? 0);
  await make.sees((await api.orderDish(own, 'Margherita')).number);
  assert.equal(await tones(), 0); // nobody has touched the screen
  await make.press('Start shift');
  await make.page.getByRole('button', { name: 'Start shift' }).waitFor({ state: 'detached' });
  await make.sees((await api.orderDish(own, 'Margherita')).number);
  await make.eventually(async () => (await tones()) > 0);

  await make.page.getByRole('link', { name: 'Settings' }).click();
  await make.page.getByRole('checkbox', { name: 'A new order' }).uncheck();
  const before = await tones();
  await make.page.getByRole('link', { name: 'To the board' }).click();
  await make.sees((await api.orderDish(own, 'Margherita')).number);
  await make.page.waitForTimeout(300);
  assert.equal(await tones(), before);
});

test('by keys alone: choose, rush, bump, undo, the sheet, and a key of one\'s own', async () => {
  const make = await screen('Make');
  const { number } = await api.orderDish(own, 'Rosemary Potatoes');
  await make.sees(number);
  const { keyboard } = make.page;
  const chosen = () => make.page.locator('.ticket[aria-current] h2').textContent({ timeout: 2_000 });
  await keyboard.press('ArrowRight');
  for (let steps = 0; (await chosen()) !== String(number) && steps < 40; steps++) await keyboard.press(steps % 8 === 7 ? 'ArrowDown' : 'ArrowRight');
  await keyboard.press('x');
  await make.page.getByRole('dialog', { name: `Rush order ${number}` }).waitFor();
  await keyboard.type('1 u'); // words, no commands
  await keyboard.press('Enter');
  await make.ticket(number).getByText('Rush: 1 u').waitFor();
  await make.page.waitForTimeout(1_200);
  const cell = (await make.cells()).indexOf(String(number)) + 1;
  assert.ok(cell > 0 && cell < 9);
  await keyboard.press(String(cell));
  await make.misses(number);
  await keyboard.press('u');
  await make.sees(number);
  await keyboard.press('?');
  await make.page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await keyboard.press('Escape');

  await make.open('/kitchen/settings');
  await make.page.getByRole('button', { name: /^Recall what was done: R/ }).press('Enter');
  await keyboard.press('j');
  await make.page.getByRole('button', { name: /^Recall what was done: J/ }).waitFor();
  await make.open('/kitchen');
  await make.sees(number);
  await keyboard.press('j');
  await make.page.getByRole('dialog', { name: 'Recall' }).waitFor();
  make.assertClean();
});
