import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch } from './browser.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Shop} */
let shop;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-US', serviceWorkers: 'block' });
  shop = new Shop(await context.newPage(), settings.server);
  await shop.page.addInitScript(observe);
});

afterEach(async () => {
  await shop.page.context().close();
});

/** Runs in the page, from its first moment on. */
function observe() {
  const seen = /** @type {any} */ (globalThis);
  seen.shift = 0;
  seen.largest = null;
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    const entry = /** @type {any} */ (list.getEntries().at(-1));
    seen.largest = { text: entry.element?.textContent ?? entry.url, at: entry.startTime };
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

/** @returns {Promise<{ shift: number, largest: { text: string, at: number } | null, now: number }>} */
const vitals = () => shop.page.evaluate(() => {
  const { shift, largest } = /** @type {any} */ (globalThis);
  return { shift, largest, now: performance.now() };
});

for (const path of ['/chicago', '/']) {
  test(`what is largest at ${path} is painted from the server's page, before any script; and nothing moves when the app takes over`, async () => {
    /** @type {(value?: unknown) => void} */
    let release = () => {};
    const scripts = new Promise((resolve) => (release = resolve));
    await shop.page.route('**/assets/*.js', async (route) => {
      await scripts;
      return route.continue();
    });
    const [answer] = await Promise.all([
      shop.page.waitForResponse((response) => response.url() === new URL(path, settings.server).href),
      shop.page.goto(new URL(path, settings.server).href, { waitUntil: 'commit' }),
    ]);
    await shop.page.waitForFunction(() => /** @type {any} */ (globalThis).largest !== null);
    await shop.page.evaluate(() => document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
    const early = await vitals();
    release();
    await shop.page.locator('.inks').waitFor({ state: 'attached' });
    await shop.page.waitForLoadState('networkidle');
    const late = await vitals();

    const words = (/** @type {string} */ text) => text.replaceAll(/<[^>]*>|\s/g, '');
    assert.ok(words(await answer.text()).includes(words(late.largest?.text ?? '?')), `${late.largest?.text} is not in the page`);
    assert.ok((late.largest?.at ?? Infinity) <= early.now, `${late.largest?.text} was painted at ${late.largest?.at} ms, by a script`);
    assert.ok(late.shift <= 0.02, `the layout moved by ${late.shift}`);
  });
}
