import assert from 'node:assert/strict';
import { PageMonitor } from './page-monitor.mjs';

const stepTimeout = 20_000;

/** The kitchen's screen as a cook sees it: by roles and names. */
export class Kitchen {
  /**
   * @param {import('playwright-core').Page} page
   * @param {URL} server
   */
  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.monitor = new PageMonitor(page, server);
    page.setDefaultTimeout(stepTimeout);
  }

  /**
   * A screen of its own, at a station of a kitchen.
   * @param {import('playwright-core').Browser} browser
   * @param {URL} server
   * @param {{ locationId: string }} kitchen
   * @param {string} [station]
   * @param {import('playwright-core').BrowserContextOptions} [options]
   */
  static async at(browser, server, { locationId }, station, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-US', ...options });
    await context.addInitScript((locationId) => {
      if (!localStorage.getItem('kitchen settings')) localStorage.setItem('kitchen settings', JSON.stringify({ locationId }));
    }, locationId);
    const kitchen = new Kitchen(await context.newPage(), server);
    await kitchen.open();
    await kitchen.signIn();
    if (station) await kitchen.stand(station);
    await kitchen.isLive();
    return kitchen;
  }

  /** @param {string} [path] */
  async open(path = '/kitchen') {
    await this.page.goto(new URL(path, this.server).href);
  }

  async signIn() {
    await this.page.getByLabel('E-mail').fill('manager@example.com');
    await this.page.getByLabel('Password').fill('pizzeria-demo');
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** @param {string} station whose board is shown */
  async stand(station) {
    await this.page.getByRole('navigation', { name: 'Stations' }).getByRole('button', { name: new RegExp(`^${station} `) }).click();
  }

  async isLive() {
    await this.page.locator('.live-state.is-live').waitFor();
  }

  /** @param {number} number */
  ticket(number) {
    return this.page.getByRole('article', { name: `Order ${number}`, exact: true });
  }

  /** @param {number} number */
  async sees(number) {
    await this.ticket(number).waitFor();
  }

  /** @param {number} number */
  async misses(number) {
    await this.ticket(number).waitFor({ state: 'detached' });
  }

  /** @param {number} number of the order that is done at the station */
  async bump(number) {
    await this.ticket(number).locator('.bump').click();
  }

  /** @param {number} number */
  async more(number) {
    await this.ticket(number).getByRole('button', { name: `More for order ${number}` }).click();
  }

  /** @param {string | RegExp} name */
  async press(name) {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** @param {string} name of a button of the dialog that is open */
  async answer(name) {
    await this.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  }

  /** @param {string | RegExp} text */
  async reads(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /** @returns {Promise<(string | null)[]>} what lies in each cell, by its number */
  async cells() {
    return this.page.locator('.cells > *').evaluateAll((cells) => cells.map((cell) => cell.querySelector('h2')?.textContent ?? null));
  }

  /** @returns {Promise<string>} by which boards are compared */
  async digest() {
    return (await this.page.locator('.live-state code').textContent()) ?? '';
  }

  /** The service worker has all that a start without network needs, and the board is on the disk. */
  async isKept() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await this.eventually(() => this.page.evaluate(async () => (await caches.keys()).some((name) => name.startsWith('kitchen build'))));
    await this.eventually(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null));
    await this.page.waitForTimeout(700); // the board is written half a second after a change
  }

  /** @param {() => Promise<boolean>} holds */
  async eventually(holds) {
    for (let tries = 0; !(await holds()); tries++) {
      assert.ok(tries < 100, `not so: ${holds}`);
      await this.page.waitForTimeout(200);
    }
  }

  /** The page stays on its origin, breaks no policy and logs no error. */
  assertClean() {
    assert.deepEqual(this.monitor.foreignRequests, []);
    assert.deepEqual(this.monitor.errors, []);
  }

  close() {
    return this.page.context().close();
  }
}
