import assert from 'node:assert/strict';
import { PageMonitor } from './page-monitor.mjs';

const stepTimeout = 20_000;

/** The shop as a customer sees it: by roles and names. */
export class Shop {
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

  /** @param {string} path */
  async open(path) {
    await this.page.goto(new URL(path, this.server).href);
    await this.page.locator('.inks').waitFor({ state: 'attached' }); // the app has taken over what the server drew
  }

  /** @param {string} name */
  async sees(name) {
    await this.page.getByRole('heading', { name, exact: true }).first().waitFor();
  }

  /** @param {string | RegExp} text */
  async reads(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /** @param {string} name */
  async press(name) {
    await this.page.getByRole('button', { name }).click();
  }

  /** @param {string} name */
  async follow(name) {
    await this.page.getByRole('link', { name }).first().click();
  }

  /**
   * A radio button lies unseen over its card; who uses it presses the card.
   * @param {string | RegExp} name
   */
  async choose(name) {
    await this.page.getByRole('radio', { name }).check();
  }

  /**
   * @param {string} label
   * @param {string} text
   */
  async fill(label, text) {
    await this.page.getByLabel(label).fill(text);
  }

  /** @param {string} name of a dish on the menu */
  dish(name) {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  /** @param {string} dish whose page is opened from the menu */
  async show(dish) {
    await this.dish(dish).getByRole('link').click();
    await this.sees(dish);
  }

  /** @param {'Left half' | 'Right half'} which of a pizza */
  half(which) {
    return this.page.getByRole('region', { name: which });
  }

  /** @param {string} price of what is configured, as the server says it */
  async costs(price) {
    await this.page.locator('.buy .main .number:not([data-old])').getByText(price, { exact: true }).waitFor();
  }

  /** @param {string} code of a coupon */
  async use(code) {
    await this.fill('Coupon code', code);
    await this.press('Use it');
  }

  /** @param {string} price of all that is checked out, as the server says it */
  async total(price) {
    await this.page.locator('.costs .sums[aria-busy=false] .total dd').getByText(price, { exact: true }).waitFor();
  }

  /** @param {string} line among what a total is made of */
  async sums(line) {
    const [, name, amount] = /^(.*) (\S+)$/.exec(line) ?? [];
    const row = this.page.locator('.costs .sums[aria-busy=false] > div').filter({ hasText: name ?? '' });
    await row.getByText(amount ?? '', { exact: true }).waitFor();
  }

  /**
   * @param {string} dish
   * @param {string} [size]
   */
  async add(dish, size) {
    await this.show(dish);
    if (size) await this.choose(new RegExp(`^${size}`));
    await this.page.getByRole('button', { name: /^Add ·/ }).click();
    await this.page.locator('.shopfront').waitFor();
  }

  /** @param {(route: import('playwright-core').Route) => Promise<void>} meet the first order that the page sends */
  async meetOrder(meet) {
    let isMet = false;
    await this.page.route('**/graphql', async (route) => {
      if (isMet || !route.request().postData()?.includes('mutation PlaceOrder')) return route.continue();
      isMet = true;
      return meet(route);
    });
  }

  /** Loses the answer to the first order that the page sends, and returns whether it did. */
  async loseAnswer() {
    let isLost = false;
    await this.meetOrder(async (route) => {
      isLost = true;
      await route.fetch(); // the server hears it
      return route.abort();
    });
    return () => isLost;
  }

  /** Signs in as the demo's customer, or another person, on a page that asks for it or on the one that it leads to. */
  async signIn({ email, password } = { email: 'customer@example.com', password: 'pizzeria-demo' }) {
    if (!/\/(sign-in|orders\/|account)/.test(this.page.url())) await this.follow('Sign in');
    await this.fill('E-mail', email);
    await this.fill('Password', password);
    await this.page.locator('form').getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /**
   * Says who it is for, in the place of an account.
   * @param {string} [phone] by which guests are counted
   */
  async isGuest(phone = `555 ${String(Math.random()).slice(2, 9)}`) {
    await this.fill('Name', 'Gustav Gast');
    await this.fill('Phone', phone);
  }

  /** What is checked out is held as it is. */
  async holds() {
    await this.page.locator('.costs .held').waitFor();
  }

  /** @returns {Promise<string>} the order's id, once its page is there */
  async ordered() {
    await this.page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    return this.page.url().split('/').at(-1) ?? '';
  }

  /** @param {string} stage that has happened, or is the present one */
  async reaches(stage) {
    await this.page.locator('.way li:not(.guessed)').filter({ hasText: stage }).first().waitFor();
  }

  /** @returns {Promise<string[]>} the stages that happened, as the page shows them */
  async happened() {
    return this.page.locator('.way li:not(.guessed) b').allTextContents();
  }

  /** @param {() => Promise<boolean>} holds */
  async eventually(holds) {
    for (let tries = 0; !(await holds()); tries++) {
      assert.ok(tries < 100, `not so: ${holds}`);
      await this.page.waitForTimeout(200);
    }
  }

  /**
   * The worker is ready, and has the page of a path.
   * @param {string} path
   * @param {string} [text] that is in it
   */
  async isKept(path, text = '') {
    await this.eventually(() => this.page.evaluate(async ({ path, text }) => {
      const { active } = await navigator.serviceWorker.ready;
      const page = await (await caches.open('shop pages')).match(path);
      return active?.state === 'activated' && (await page?.text())?.includes(text) === true;
    }, { path, text }));
  }

  /** The page stays on its origin, breaks no policy and logs no error. */
  assertClean() {
    assert.deepEqual(this.monitor.foreignRequests, []);
    assert.deepEqual(this.monitor.errors, []);
  }
}
