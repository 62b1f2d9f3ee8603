import assert from 'node:assert/strict';

/** The API as another client uses it, while the page is watched. */
export class Api {
  /** @param {URL} server */
  constructor(server) {
    this.endpoint = new URL('/graphql', server);
  }

  /**
   * @param {string} query
   * @param {Record<string, unknown>} variables
   * @param {string} [token]
   * @returns {Promise<any>} the data; rejects if there were errors
   */
  async send(query, variables, token) {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined);
    return data;
  }

  /**
   * @param {string} email
   * @returns {Promise<string>} a token
   */
  async signIn(email) {
    const data = await this.send(
      'mutation ($input: SignInInput!) { signIn(input: $input) { token userErrors { message } } }',
      { input: { email, password: 'pizzeria-demo' } },
    );
    assert.deepEqual(data.signIn.userErrors, []);
    return data.signIn.token;
  }

  /**
   * @param {string} token of staff
   * @returns {Promise<string>} the live feed's present position: a subscription from here misses nothing that follows
   */
  async now(token) {
    const data = await this.send('{ orders(first: 1) { asOf } }', {}, token);
    return data.orders.asOf;
  }

  /** @returns {Promise<string>} the id of the location where the demo's cook works */
  async kitchen() {
    const { locations } = await this.send('{ locations { id slug } }', {});
    return locations.find((/** @type {any} */ location) => location.slug === 'chicago').id;
  }

  /**
   * @param {string} locationId
   * @returns {Promise<{ menuItemId: string, size: string, quantity: number }>} one of something on the menu there
   */
  async somethingToOrder(locationId) {
    const { menu } = await this.send('query ($at: ID!) { menu(locationId: $at) { id isAvailable prices { size } } }', {
      at: locationId,
    });
    const item = menu.find((/** @type {any} */ item) => item.isAvailable);
    assert.ok(item, 'nothing on the menu is available');
    return { menuItemId: item.id, size: item.prices[0].size, quantity: 1 };
  }

  /**
   * @param {string} token
   * @returns {Promise<{ id: string, number: number }>}
   */
  async placeOrder(token) {
    const data = await this.send(
      'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id number } userErrors { code message } } }',
      { input: await this.orderInput() },
      token,
    );
    assert.deepEqual(data.placeOrder.userErrors, []);
    return data.placeOrder.order;
  }

  async orderInput() {
    const locationId = await this.kitchen();
    return {
      locationId,
      idempotencyKey: `browser test ${crypto.randomUUID()}`,
      items: [await this.somethingToOrder(locationId)],
      fulfillment: 'PICKUP',
      paymentMethod: 'CASH',
    };
  }

  /**
   * @param {string} orderId
   * @param {string} token
   * @param {string} [reason] which staff need
   */
  async cancelOrder(orderId, token, reason) {
    const data = await this.send(
      'mutation ($input: OrderActionInput!) { cancelOrder(input: $input) { userErrors { code message } } }',
      { input: { orderId, reason } },
      token,
    );
    assert.deepEqual(data.cancelOrder.userErrors, []);
  }

  /**
   * @param {'startPreparingOrder' | 'markOrderReady' | 'completeOrder'} command
   * @param {string} orderId
   * @param {string} token of a cook
   */
  async move(command, orderId, token) {
    const data = await this.send(
      `mutation ($input: OrderActionInput!) { ${command}(input: $input) { userErrors { code message } } }`,
      { input: { orderId } },
      token,
    );
    assert.deepEqual(data[command].userErrors, []);
  }

  /**
   * Of other stories, and of other kitchens, whose orders take numbers too, nothing can be said: so what was ordered is told by what is next to it.
   * @param {string} token
   * @returns {Promise<(string | undefined)[]>} the ids of the newest order of whoever the token signs in, and of the one before
   */
  async newestTwo(token) {
    const { orders } = await this.send('{ orders(first: 2) { nodes { id } } }', {}, token);
    return [orders.nodes[0]?.id, orders.nodes[1]?.id];
  }

  /** @returns {Promise<string>} the token of a customer who has ordered nothing so far */
  async signUp() {
    const input = { name: 'Nina New', email: `nina.${crypto.randomUUID()}@example.org`, password: 'pizzeria-demo' };
    const { signUp } = await this.send('mutation ($input: SignUpInput!) { signUp(input: $input) { token userErrors { message } } }', { input });
    assert.deepEqual(signUp.userErrors, []);
    return signUp.token;
  }

  /**
   * @param {string} id
   * @param {string} token
   * @returns {Promise<any>} the order, as far as stories look at it
   */
  async order(id, token) {
    const options = 'options { name portion amount }';
    const data = await this.send(
      `query ($id: ID!) { order(id: $id) {
        totals { subtotal discount deliveryFee total } scheduledFor coupons { code applied }
        items { name size quantity unitPrice ${options} secondHalf { name ${options} } }
      } }`,
      { id },
      token,
    );
    return data.order;
  }

  /**
   * @param {string} id
   * @param {string} token
   * @returns {Promise<{ id: string, items: { instructions: string | null, total: number }[], totals: { subtotal: number, total: number }, payment: { amount: number } }>}
   */
  async charged(id, token) {
    const { order } = await this.send(
      'query ($id: ID!) { order(id: $id) { id items { instructions total } totals { subtotal total } payment { amount } } }',
      { id },
      token,
    );
    return order;
  }
}
