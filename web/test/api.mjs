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
   * @param {string} token
   * @returns {Promise<{ id: string, number: number }>} the newest order of whoever the token signs in
   */
  async newest(token) {
    const data = await this.send('{ orders(first: 1) { nodes { id number } } }', {}, token);
    return data.orders.nodes[0];
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
   * Counts what nobody has been promised.
   * @param {string} ingredient as its name begins
   * @param {number} available
   * @param {string} token of a manager
   * @returns {Promise<number>} how much was available before
   */
  async setStock(ingredient, available, token) {
    const locationId = await this.kitchen();
    const { ingredients } = await this.send('query ($at: ID!) { ingredients(locationId: $at) { id name reserved available } }', { at: locationId }, token);
    const one = ingredients.find((/** @type {any} */ { name }) => name.startsWith(ingredient));
    const data = await this.send(
      'mutation ($input: SetStockInput!) { setStock(input: $input) { userErrors { message } } }',
      { input: { ingredientId: one.id, locationId, onHand: one.reserved + available } },
      token,
    );
    assert.deepEqual(data.setStock.userErrors, []);
    return one.available;
  }

  /**
   * Makes a coupon at the kitchen's location.
   * @param {number} basisPoints that it takes off
   * @param {number} minimum that the food has to cost
   * @param {string} token of a manager
   * @returns {Promise<string>} its code
   */
  async promote(basisPoints, minimum, token) {
    const code = `T${crypto.randomUUID().slice(0, 8)}`.toUpperCase();
    const input = {
      idempotencyKey: code, locationId: await this.kitchen(), name: `Coupon ${code}`, code, reward: { kind: 'PERCENT', basisPoints }, conditions: { minimum },
    };
    const data = await this.send(
      'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { userErrors { message } } }',
      { input },
      token,
    );
    assert.deepEqual(data.createPromotion.userErrors, []);
    return code;
  }

  /**
   * @param {string} name of a dish of one size
   * @param {number} price
   * @param {string} token of a manager
   */
  async price(name, price, token) {
    const { menu } = await this.send('query ($at: ID!) { menu(locationId: $at) { id name } }', { at: await this.kitchen() });
    const { id } = menu.find((/** @type {any} */ item) => item.name === name);
    const data = await this.send(
      'mutation ($input: UpdateMenuItemInput!) { updateMenuItem(input: $input) { userErrors { message } } }',
      { input: { id, prices: [{ size: 'ONE_SIZE', price }] } },
      token,
    );
    assert.deepEqual(data.updateMenuItem.userErrors, []);
  }

  /**
   * Pauses the kitchen's location for an hour.
   * @param {string} reason
   * @param {string} token of a manager
   */
  async pause(reason, token) {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const data = await this.send(
      'mutation ($input: PauseServiceInput!) { pauseService(input: $input) { userErrors { message } } }',
      { input: { locationId: await this.kitchen(), until, reason } },
      token,
    );
    assert.deepEqual(data.pauseService.userErrors, []);
  }

  /** @param {string} token of a manager */
  async resume(token) {
    const data = await this.send(
      'mutation ($input: ResumeServiceInput!) { resumeService(input: $input) { userErrors { message } } }',
      { input: { locationId: await this.kitchen() } },
      token,
    );
    assert.deepEqual(data.resumeService.userErrors, []);
  }

  /**
   * @param {string} name of a dish
   * @param {boolean} isHidden
   * @param {string} token of a manager
   */
  async hide(name, isHidden, token) {
    const locationId = await this.kitchen();
    const { menu } = await this.send('query ($at: ID!) { menu(locationId: $at, includeUnavailable: true) { id name } }', { at: locationId }, token);
    const { id } = menu.find((/** @type {any} */ item) => item.name === name);
    const data = await this.send(
      'mutation ($input: UpdateMenuItemInput!) { updateMenuItem(input: $input) { userErrors { code message } } }',
      { input: { id, isAvailable: !isHidden } },
      token,
    );
    assert.deepEqual(data.updateMenuItem.userErrors, []);
  }
}
