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

/** @param {string} station */
const screen = (station) => Kitchen.at(browser, settings.server, own, station);

/**
 * @param {Kitchen} kitchen
 * @param {boolean} isAway
 */
const network = (kitchen, isAway) => kitchen.page.context().setOffline(isAway);

/**
 * Does something by the API, as another screen would.
 * @param {number} number
 * @param {Record<string, unknown>} deed
 */
async function elsewhere(number, deed) {
  const { id, version } = await api.ticket(own, number);
  const action = { id: crypto.randomUUID(), ticketId: id, seenVersion: version, at: new Date().toISOString(), ...deed };
  const data = await api.send(
    'mutation ($input: ApplyKitchenActionsInput!) { applyKitchenActions(input: $input) { results { outcome message } userErrors { message } } }',
    { input: { locationId: own.locationId, actions: [action] } },
    own.manager,
  );
  assert.equal(data.applyKitchenActions.results[0].outcome, 'APPLIED');
}

test('without network the board stays, says since when, and goes on from there', async () => {
  const make = await screen('Make');
  const { number } = await api.orderDish(own, 'Margherita');
  await make.sees(number);
  await network(make, true);
  await make.reads(/not live since \d+:\d\d/);
  await make.sees(number);
  const later = await api.orderDish(own, 'Marinara');
  await network(make, false);
  await make.isLive();
  await make.sees(later.number);
  await make.eventually(async () => (await make.digest()) === (await api.board(own)).digest.slice(-4).toUpperCase());
});

test('taps without network outlive a reload without network, and each is done once when it is back', async () => {
  const make = await screen('Make');
  const [first, second] = [await api.orderDish(own, 'Margherita'), await api.orderDish(own, 'Marinara')];
  await make.sees(second.number);
  await make.isKept();
  await network(make, true);
  await make.bump(first.number);
  await make.misses(first.number);
  await make.reads('1 tap is kept on this screen');
  await make.page.reload();
  await make.reads(/not live since/);
  await make.sees(second.number);
  await make.misses(first.number);
  await make.bump(second.number);
  await make.reads('2 taps are kept on this screen');
  const versions = await Promise.all([first, second].map(async ({ number }) => (await api.ticket(own, number)).version));

  await network(make, false);
  await make.isLive();
  await make.page.locator('.notices .unsent').waitFor({ state: 'detached' });
  for (const [i, { number }] of [first, second].entries()) {
    const { version, items } = await api.ticket(own, number);
    assert.equal(version, (versions[i] ?? 0) + 1);
    assert.deepEqual(items[0]?.tasks.map(({ status }) => status), ['DONE', 'QUEUED', 'WAITING']);
  }
});

test('an answer that is lost does nothing twice', async () => {
  const make = await screen('Make');
  const { number } = await api.orderDish(own, 'Margherita');
  await make.sees(number);
  const { version } = await api.ticket(own, number);
  let lost = 0;
  await make.page.route('**/graphql', async (route) => {
    if (lost || !route.request().postData()?.includes('mutation ApplyKitchenActions')) return route.continue();
    lost++;
    await route.fetch(); // the server hears it
    return route.abort();
  });
  await make.bump(number);
  const sent = () => make.monitor.posted.filter((body) => body.includes('mutation ApplyKitchenActions'));
  await make.eventually(async () => sent().length === 2);
  await make.page.locator('.notices .unsent').waitFor({ state: 'detached' });
  assert.equal(new Set(sent()).size, 1); // the same again, under the same id
  await make.misses(number);
  assert.equal((await api.ticket(own, number)).version, version + 1);
});

test('what two did is done once, without a word; what can not be done any more is explained until it was seen', async () => {
  const oven = await screen('Oven');
  const [same, gone] = [await api.orderDish(own, 'Margherita'), await api.orderDish(own, 'Marinara')];
  for (const { number } of [same, gone]) await elsewhere(number, { kind: 'BUMP', stationIds: await stationIds('Make') });
  await oven.sees(gone.number);
  await oven.isKept();
  await network(oven, true);
  await oven.bump(same.number);
  await oven.bump(gone.number);
  await elsewhere(same.number, { kind: 'BUMP', stationIds: await stationIds('Oven') });
  await elsewhere(gone.number, { kind: 'UNDO', stationIds: await stationIds('Make') });

  await network(oven, false);
  await oven.isLive();
  const told = oven.page.getByRole('alert').filter({ hasText: String(gone.number) });
  await told.getByText('was not done: the order had changed meanwhile.').waitFor();
  assert.equal(await oven.page.getByRole('alert').count(), 1);
  await oven.page.reload();
  await told.waitFor();
  await told.getByRole('button', { name: 'Seen' }).click();
  await told.waitFor({ state: 'detached' });
  await oven.page.reload();
  await oven.isLive();
  assert.equal(await oven.page.getByRole('alert').count(), 0);
});

test('an order that is called off leaves the boards', async () => {
  const make = await screen('Make');
  const { id, number } = await api.orderDish(own, 'Margherita');
  await make.sees(number);
  await api.cancelOrder(id, own.manager, 'Ordered twice');
  await make.misses(number);
});

test('a tablet whose clock is an hour late shows the server\'s time', async () => {
  const context = { timezoneId: 'America/Chicago' };
  const late = await Kitchen.at(browser, settings.server, own, undefined, context);
  await late.page.clock.install({ time: Date.now() - 3_600_000 });
  await late.page.reload();
  await late.isLive();
  await late.eventually(async () => {
    const shown = (await late.page.locator('.rail .clock').textContent()) ?? '';
    const expected = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'America/Chicago' });
    return [0, 60_000].some((before) => shown.startsWith(expected.format(Date.now() - before)));
  });
});

/** @param {string} station */
async function stationIds(station) {
  const { stations } = await api.send('query ($at: ID!) { stations(locationId: $at) { id name } }', { at: own.locationId }, own.manager);
  return stations.filter((/** @type {any} */ { name }) => name === station).map((/** @type {any} */ { id }) => id);
}
