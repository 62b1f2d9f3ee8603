import { readFileSync } from 'node:fs';

const library = readFileSync(new URL('fake-stripe.js', import.meta.url), 'utf8');
const html = { contentType: 'text/html' };
const bank = `<!doctype html><script>addEventListener('click', ({ target }) => parent.postMessage(target.value, '*'))</script>
<button value="approve">Approve</button><button value="refuse">Refuse</button><button value="close">Close</button>`;

/** What the numbers of cards stand for, by their ends: the payment methods that Stripe has for tests. */
const cards = new Map([
  ['4242', 'pm_card_visa'],
  ['0002', 'pm_card_chargeDeclined'],
  ['3155', 'pm_card_authenticationRequired'],
]);

/** Stripe's hosts, for a browser without a network. */
export class FakeStripe {
  /** @type {string[]} what was asked of them */
  asked = [];
  /** Whether the library comes. */
  isThere = true;

  #gateway;
  #held = Promise.resolve();

  /** @param {string} gateway that the shop charges at */
  constructor(gateway) {
    this.#gateway = gateway;
  }

  /** Has every card wait, until what is returned is called. */
  hold() {
    let release = () => {};
    this.#held = new Promise((resolve) => (release = resolve));
    return release;
  }

  /** @param {import('playwright-core').BrowserContext} context */
  async answer(context) {
    await context.route(/^https:\/\/([a-z]+\.)*stripe\.com\//, (route) => this.#route(route));
  }

  /** @param {import('playwright-core').Route} route */
  async #route(route) {
    const { hostname, pathname } = new URL(route.request().url());
    this.asked.push(hostname + pathname);
    if (hostname === 'hooks.stripe.com') return route.fulfill({ ...html, body: bank });
    if (hostname === 'api.stripe.com') return this.#api(route, pathname);
    if (!this.isThere) return route.abort();
    if (pathname.endsWith('.html')) return route.fulfill({ ...html, body: '<!doctype html>' });
    return route.fulfill({ contentType: 'text/javascript', body: library });
  }

  /**
   * @param {import('playwright-core').Route} route
   * @param {string} path
   */
  async #api(route, path) {
    const body = JSON.parse(route.request().postData() ?? '{}');
    const answer = path === '/v1/3ds' ? await this.#answerBank(body) : await this.#makeToken(body);
    await route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: answer }).catch(() => {}); // the page may have gone
  }

  /** @param {{ number: string }} card */
  async #makeToken({ number }) {
    await this.#held;
    const id = cards.get(number.slice(-4));
    return id ? { paymentMethod: { id } } : { error: { message: 'Your card has expired.' } };
  }

  /** @param {{ clientSecret: string, refuse: boolean }} answer of the customer */
  async #answerBank({ clientSecret, refuse }) {
    const [intent] = clientSecret.split('_secret_');
    await fetch(`${this.#gateway}/_bank/${intent}`, { method: 'POST', body: new URLSearchParams({ refuse: String(refuse) }), redirect: 'manual' });
    return refuse ? { error: { message: 'The bank has refused.' } } : {};
  }
}
