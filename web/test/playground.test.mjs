import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Api } from './api.mjs';
import { Playground } from './playground.mjs';
import { settings } from './settings.mjs';

const offlineFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const api = new Api(settings.server);
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Playground} */
let playground;

before(async () => {
  browser = await chromium.launch({ executablePath: settings.browser, args: [...offlineFlags, ...asRoot] });
});

after(() => browser?.close());

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  playground = new Playground(await context.newPage(), settings.server);
  await playground.open();
});

// In every test the page stays on its origin, breaks no policy and logs no error.
afterEach(async () => {
  await playground.page.context().close();
  assert.deepEqual(playground.monitor.foreignRequests, []);
  assert.deepEqual(playground.monitor.errors, []);
});

test('the first tab shows the menu', async () => {
  await playground.clickRun();

  const { data } = await playground.answer((answer) => answer.data);
  assert.ok(data.menu.length > 0);
  await playground.sees(data.menu[0].name);
});

test('a visitor whose first visit got no answer orders at a location on the next', async () => {
  await playground.visitWithoutAnswers();

  await playground.open();
  await playground.clickRun();

  const { data } = await playground.answer((answer) => answer.data);
  assert.ok(data.menu.length > 0);
  assert.doesNotMatch(await playground.storedTabs(), /locationId\\": null/);
});

test('a customer signs in, orders, and watches the order', async () => {
  await playground.openTab('SignIn');
  await playground.clickRun();
  const { data: signedIn } = await playground.answer((answer) => answer.data);
  const token = signedIn.signIn.token;

  await playground.openTab('PlaceOrder');
  await playground.setToken(token);
  await playground.setVariables({ input: await api.orderInput() });
  await playground.clickRun();
  const { data: placed } = await playground.answer((answer) => answer.data);
  assert.deepEqual(placed.placeOrder.userErrors, []);
  const orderId = placed.placeOrder.order.id;

  await playground.openTab('OrderStatusChanged');
  await playground.setToken(token);
  await playground.setVariables({ orderId });
  await playground.clickRun();
  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to);

  await api.cancelOrder(orderId, token);

  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to === 'CANCELLED');
  await playground.sees('CANCELLED');
});

test('the cook sees an order arrive', async () => {
  const customer = await api.signUp();
  await playground.openTab('KitchenFeed');
  await playground.becomeDemoAccount('cook@example.com');
  await playground.setVariables({ after: await api.now(await api.signIn('cook@example.com')) });
  await playground.clickRun();
  await playground.subscribed();

  const order = await api.placeOrder(customer);

  await playground.answer((answer) => answer.data?.kitchenFeed.order.id === order.id);
});

test('a stopped subscription closes its socket', async () => {
  await playground.openTab('KitchenFeed');
  await playground.becomeDemoAccount('cook@example.com');
  await playground.clickRun();
  await playground.subscribed();

  await playground.clickStop();

  await playground.socketsClosed();
});

test('a subscription goes on while the visitor works in other tabs', async () => {
  const customer = await api.signUp();
  const order = await api.placeOrder(customer);
  await playground.openTab('OrderStatusChanged');
  await playground.setToken(customer);
  await playground.setVariables({ orderId: order.id });
  await playground.clickRun();
  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to === 'CONFIRMED');

  await playground.openTab('StartPreparing');
  await playground.becomeDemoAccount('cook@example.com');
  await playground.setVariables({ input: { orderId: order.id } });
  await playground.clickRun();
  await playground.choose('StartPreparing');
  const { data: started } = await playground.answer((answer) => answer.data?.startPreparingOrder);
  assert.deepEqual(started.startPreparingOrder.userErrors, []);
  await playground.openTab('OrderStatusChanged');

  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to === 'PREPARING');
  await api.cancelOrder(order.id, await api.signIn('manager@example.com'), 'The oven is cold.');
  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to === 'CANCELLED');
  assert.equal(playground.monitor.subscriptions, 1);
  await playground.clickStop();
  await playground.socketsClosed();
});

test('a subscription shows its events in its own tab only, and ends with it', async () => {
  const customer = await api.signUp();
  const order = await api.placeOrder(customer);
  await playground.openTab('OrderStatusChanged');
  await playground.setToken(customer);
  await playground.setVariables({ orderId: order.id });
  await playground.clickRun();
  await playground.answer((answer) => answer.data?.orderStatusChanged.event.to === 'CONFIRMED');

  await playground.openEmptyTab();
  const received = playground.monitor.received;
  await api.cancelOrder(order.id, customer);
  await playground.receives(received + 1);

  await playground.setOperation('{ __typename }');
  await playground.run();
  await playground.answer((answer) => answer.data?.__typename === 'Query');
  await playground.closeTab('OrderStatusChanged');
  await playground.socketsClosed();
});

test('a tab whose operation was changed gets its subscription back, and sends nothing', async () => {
  await playground.openTab('KitchenFeed');
  await playground.becomeDemoAccount('cook@example.com');
  await playground.clickRun();
  await playground.subscribed();
  await playground.setOperation('mutation Changed { signOut { userErrors { code } } }');

  await playground.openTab('Menu');
  const order = await api.placeOrder(await api.signUp());
  await playground.openTab('Changed');

  await playground.answer((answer) => answer.data?.kitchenFeed.order.id === order.id);
  assert.ok(playground.monitor.posted.every((body) => !body.includes('Changed')));
});

test('a tab without headers is a visitor, whoever is signed in elsewhere in the browser', async () => {
  await playground.openTab('SignIn');
  await playground.clickRun();
  await playground.answer((answer) => answer.data?.signIn.token);
  await playground.signInByCookie('cook@example.com');

  await playground.openEmptyTab();
  await playground.setOperation('{ viewer { name } }');
  await playground.run();
  const { data } = await playground.answer((answer) => answer.data);
  await playground.openTab('KitchenFeed');
  await playground.clickRun();
  const { errors } = await playground.answer((answer) => answer.errors);

  assert.equal(data.viewer, null);
  assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED');
});

test('a subscription run right after it was pasted goes over the socket', async () => {
  await playground.openEmptyTab();
  await playground.becomeDemoAccount('cook@example.com');

  await playground.setOperation('subscription Pasted { kitchenFeed { __typename } }');
  await playground.run();

  await playground.subscribed();
  assert.ok(playground.monitor.posted.every((body) => !body.includes('Pasted')));
});

test('the editor completes from the schema and prettifies', async () => {
  await playground.openEmptyTab();

  await playground.setOperation('{ menu { name pric } }');
  await playground.moveBack(' } }'.length);
  await playground.seesCompletion('prices');
  await playground.setOperation('{ menu { name } }');
  await playground.prettify();

  await playground.operationIs('{\n  menu {\n    name\n  }\n}\n');
});

test('a refused subscription shows why', async () => {
  await playground.openTab('KitchenFeed');

  await playground.clickRun();

  const { errors } = await playground.answer((answer) => answer.errors);
  assert.ok(errors[0].message);
});

test('a mistake in a query is shown', async () => {
  await playground.openEmptyTab();

  await playground.setOperation('{ noSuchField }');
  await playground.run();

  const { errors } = await playground.answer((answer) => answer.errors);
  assert.match(errors[0].message, /noSuchField/);
});
