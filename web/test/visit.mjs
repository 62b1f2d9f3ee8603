// Importing this opens a browser for the tests of a file, and the shop on a page of its own for each of them.

import { after, afterEach, before, beforeEach } from 'node:test';
import { launch } from './browser.mjs';
import { ManagerApi } from './manager-api.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';

export const api = new ManagerApi(settings.server);
/** @type {import('playwright-core').Browser} */
export let browser;
/** @type {Shop} */
export let shop;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
  shop = new Shop(await context.newPage(), settings.server);
});

afterEach(async () => {
  await shop.page.context().close();
});
