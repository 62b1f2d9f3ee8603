import assert from 'node:assert/strict';
import { PageMonitor } from './page-monitor.mjs';

const timeout = 20_000;

/** The playground as a visitor sees and handles it. */
export class Playground {
  /**
   * @param {import('playwright-core').Page} page
   * @param {URL} server
   */
  constructor(page, server) {
    this.page = page;
    this.server = server;
    this.monitor = new PageMonitor(page, server);
    page.setDefaultTimeout(timeout);
  }

  async open() {
    await this.page.goto(new URL('/playground', this.server).href);
    await this.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await this.page.locator('.graphiql-spinner').waitFor({ state: 'detached' });
  }

  async storedTabs() {
    return this.page.evaluate(() => localStorage.getItem('graphiql:tabState') ?? '');
  }

  /** A first visit while the API is silent, as when it starts. */
  async visitWithoutAnswers() {
    await this.page.route('**/elsewhere', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await this.page.goto(new URL('/elsewhere', this.server).href);
    await this.page.evaluate(() => localStorage.clear());
    await this.page.route('**/graphql', () => {});
    await this.page.goto(new URL('/playground', this.server).href);
    await this.page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('PlaceOrder'));
    assert.match(await this.storedTabs(), /locationId\\": null/);
    await this.page.unroute('**/graphql');
  }

  /**
   * GraphiQL gives an edit to its tab 100 ms after the last key, and loses it where the tab is left sooner. No visitor is that fast.
   * The wait is a timer of the page's, so that it ends after GraphiQL's however slow the page is.
   * @param {string} title
   */
  async openTab(title) {
    await this.page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), 150);
    await this.page.getByRole('tab', { name: title, exact: true }).click();
  }

  /** @param {string} title */
  async closeTab(title) {
    const tab = this.page.locator('.graphiql-tab').filter({ hasText: title });
    await tab.hover();
    await tab.locator('.graphiql-tab-close').click();
  }

  async openEmptyTab() {
    await this.page.getByRole('button', { name: 'New tab' }).click();
  }

  /** @param {object} variables */
  async setVariables(variables) {
    await this.page.getByRole('button', { name: 'Variables', exact: true }).click();
    await this.#paste('Variables', 'variables.json', JSON.stringify(variables));
  }

  /** @param {string} token */
  async setToken(token) {
    await this.page.getByRole('button', { name: 'Headers', exact: true }).click();
    await this.#paste('Headers', 'request-headers.json', JSON.stringify({ Authorization: `Bearer ${token}` }));
  }

  /** @param {string} operation */
  async setOperation(operation) {
    await this.#paste('Operation Editor', 'operation.graphql', operation);
  }

  /** @param {string} email */
  async becomeDemoAccount(email) {
    await this.page.getByRole('button', { name: email }).click();
    await this.page.getByText('This tab now acts as').waitFor();
  }

  async run() {
    await this.page.keyboard.press('Control+Enter');
  }

  async clickRun() {
    await this.page.locator('.graphiql-execute-button').click();
  }

  /**
   * Chooses one of several operations from the list of the run button.
   * @param {string} operation
   */
  async choose(operation) {
    await this.page.getByRole('menuitem', { name: operation }).click();
  }

  /**
   * Signs in as another page of this server would, so that the browser has the session's cookie.
   * @param {string} email
   */
  async signInByCookie(email) {
    const operation = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
    const body = JSON.stringify({ query: operation, variables: { input: { email, password: 'pizzeria-demo' } } });
    await this.page.evaluate(
      (text) => fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }),
      body,
    );
    const cookies = await this.page.context().cookies();
    assert.deepEqual(cookies.map((cookie) => cookie.name).toSorted(), ['device', 'session']);
  }

  /** @param {number} characters */
  async moveBack(characters) {
    for (let moved = 0; moved < characters; moved++) await this.page.keyboard.press('ArrowLeft');
  }

  async prettify() {
    await this.page.getByRole('button', { name: 'Prettify' }).click();
  }

  /**
   * Asks for completions again and again, as a visitor would: the worker may not know the schema yet.
   * @param {string} word
   */
  async seesCompletion(word) {
    const completion = this.page.locator(`.suggest-widget [role=option][aria-label^="${word}"]`);
    await this.#until(
      async () => {
        await this.page.keyboard.press('Escape');
        await this.page.keyboard.press('Control+Space');
        await this.page.waitForTimeout(1000);
        return completion.isVisible();
      },
      () => `${word} is not offered`,
    );
    await this.page.keyboard.press('Escape');
  }

  async clickStop() {
    await this.page.getByRole('button', { name: 'Stop query' }).click();
  }

  async subscribed() {
    await this.#until(
      () => this.monitor.subscriptions > 0,
      () => 'no subscription was sent',
    );
  }

  /** @param {number} messages */
  async receives(messages) {
    await this.#until(
      () => this.monitor.received >= messages,
      () => 'no message came',
    );
  }

  async socketsClosed() {
    await this.#until(
      () => this.monitor.sockets.every((socket) => socket.isClosed()),
      () => 'a socket is still open',
    );
  }

  /**
   * The response pane's content, once it is as expected.
   * @param {(answer: any) => unknown} expected
   * @returns {Promise<any>}
   */
  async answer(expected) {
    let text = '';
    await this.#until(
      async () => (text = await this.#content('response.json')) && expected(JSON.parse(text)),
      () => `the response pane still shows: ${text}`,
    );
    return JSON.parse(text);
  }

  /** @param {string} text */
  async operationIs(text) {
    let operation = '';
    await this.#until(
      async () => (operation = await this.#content('operation.graphql')) === text,
      () => `the operation is still: ${operation}`,
    );
  }

  /** @param {string} text */
  async sees(text) {
    await this.page.locator('.result-window').getByText(text).first().waitFor();
  }

  /**
   * @param {() => unknown} reached
   * @param {() => string} failure
   */
  async #until(reached, failure) {
    const deadline = Date.now() + timeout;
    while (!(await reached())) {
      assert.ok(Date.now() < deadline, failure());
      await this.page.waitForTimeout(20);
    }
  }

  /**
   * A pane's whole text, from the editor's model: on the page are only the lines in view.
   * @param {string} pane
   * @returns {Promise<string>}
   */
  #content(pane) {
    return this.page.evaluate((name) => {
      const models = /** @type {any[]} */ (/** @type {any} */ (globalThis).__MONACO.editor.getModels());
      return models.find((model) => model.uri.path.endsWith(name)).getValue();
    }, pane);
  }

  /**
   * Replaces an editor's content by pasting: typed text would meet the editor's completions and closing brackets.
   * @param {string} region
   * @param {string} pane
   * @param {string} text
   */
  async #paste(region, pane, text) {
    const section = this.page.getByRole('region', { name: region, exact: true });
    const editor = section.locator('.graphiql-editor:not(.hidden) textarea');
    await editor.focus();
    await this.page.keyboard.press('Control+A');
    await editor.evaluate((area, content) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', content);
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await this.#until(
      async () => (await this.#content(pane)) === text,
      () => `${pane} doesn't hold what was pasted`,
    );
  }
}
