import assert from 'node:assert/strict';
import { Api } from './api.mjs';

/**
 * A location with a kitchen of its own, in which nobody else orders.
 * @typedef {{ locationId: string, manager: string, customer: string }} OwnKitchen
 */

/** The API with what is done in a kitchen, and for one. */
export class KitchenApi extends Api {
  /** @returns {Promise<OwnKitchen>} with the stations Make, Oven (6 places) and Expo, which everything passes */
  async openKitchen() {
    const [manager, customer] = [await this.signIn('manager@example.com'), await this.signIn('customer@example.com')];
    const slug = `kitchen-${crypto.randomUUID().slice(0, 8)}`;
    const place = {
      name: "Mario's, Test Kitchen", slug, timeZone: 'America/Chicago', currency: 'USD', orderLimits: {},
      address: { street: '1 Quay Lane', city: 'Chicago', postalCode: '60607' },
    };
    const { location } = await this.#do('createLocation', 'CreateLocationInput', 'location { id }', place, manager);
    const locationId = location.id;
    const { ingredients } = await this.send('query ($at: ID!) { ingredients(locationId: $at) { id } }', { at: locationId }, manager);
    for (const { id } of ingredients) await this.#do('setStock', 'SetStockInput', '__typename', { ingredientId: id, locationId, onHand: 1_000_000 }, manager, false);
    const known = 'stations { id name isExpo }';
    await this.#do('createStation', 'CreateStationInput', known, { locationId, name: 'Make' }, manager);
    const { stations } = await this.#do('createStation', 'CreateStationInput', known, { locationId, name: 'Oven', capacity: 6 }, manager);
    const stationIds = stations.filter((/** @type {any} */ { isExpo }) => !isExpo).map((/** @type {any} */ { id }) => id);
    await this.#do('setStationRoutes', 'SetStationRoutesInput', '__typename', { locationId, routes: [{ stationIds }] }, manager, false);
    return { locationId, manager, customer };
  }

  /**
   * Orders for pickup.
   * @param {OwnKitchen} kitchen
   * @param {string} dish
   * @param {{ quantity?: number, instructions?: string, scheduledFor?: string }} [other]
   * @returns {Promise<{ id: string, number: number }>}
   */
  async orderDish({ locationId, customer }, dish, { quantity = 1, instructions, scheduledFor } = {}) {
    const { menu } = await this.send('query ($at: ID!) { menu(locationId: $at) { id name prices { size } } }', { at: locationId });
    const item = menu.find((/** @type {any} */ { name }) => name === dish);
    assert.ok(item, dish);
    const items = [{ menuItemId: item.id, size: item.prices[0].size, quantity, instructions }];
    const input = { locationId, items, scheduledFor, fulfillment: 'PICKUP', paymentMethod: 'CASH' };
    const { order } = await this.#do('placeOrder', 'PlaceOrderInput', 'order { id number }', input, customer);
    return order;
  }

  /**
   * The guest wants another number of the order's first dish.
   * @param {OwnKitchen} kitchen
   * @param {string} orderId
   * @param {number} quantity
   */
  async changeQuantity({ customer }, orderId, quantity) {
    const { order } = await this.send('query ($id: ID!) { order(id: $id) { version items { id } } }', { id: orderId }, customer);
    const change = [{ itemId: order.items[0].id, quantity }];
    await this.#do('amendOrder', 'AmendOrderInput', 'order { id }', { orderId, expectedVersion: order.version, change }, customer);
  }

  /**
   * @param {OwnKitchen} kitchen
   * @returns {Promise<string>} a slot that is hours away
   */
  async laterSlot({ locationId }) {
    const from = new Date(Date.now() + 5 * 3_600_000).toISOString();
    const { location } = await this.send(
      'query ($at: ID!, $from: DateTime!) { location(id: $at) { services { fulfillment slots(from: $from, first: 10) { start isFree } } } }',
      { at: locationId, from },
    );
    const { slots } = location.services.find((/** @type {any} */ { fulfillment }) => fulfillment === 'PICKUP');
    return slots.find((/** @type {any} */ { isFree }) => isFree).start;
  }

  /**
   * @param {OwnKitchen} kitchen
   * @returns {Promise<{ digest: string, tickets: { id: string, version: number, status: string, isRush: boolean, order: { number: number }, items: { tasks: { id: string, status: string, station: { id: string, name: string } }[] }[] }[] }>}
   */
  async board({ locationId, manager }) {
    const { kitchenBoard } = await this.send(
      `query ($at: ID!) { kitchenBoard(locationId: $at) { digest tickets {
        id version status isRush order { number } items { tasks { id status station { id name } } }
      } } }`,
      { at: locationId },
      manager,
    );
    return kitchenBoard;
  }

  /**
   * @param {OwnKitchen} kitchen
   * @param {number} number of an order
   */
  async ticket(kitchen, number) {
    const { tickets } = await this.board(kitchen);
    const ticket = tickets.find(({ order }) => order.number === number);
    assert.ok(ticket, `there is no ticket ${number}`);
    return ticket;
  }

  /**
   * Does all that is open, so that the next story begins with an empty board.
   * @param {OwnKitchen} kitchen
   */
  async finishAll(kitchen) {
    const { tickets } = await this.board(kitchen);
    const open = tickets.filter(({ status }) => status === 'OPEN' || status === 'HELD');
    const deed = (/** @type {{ id: string, version: number }} */ { id, version }, /** @type {string} */ kind) => ({
      id: crypto.randomUUID(), ticketId: id, seenVersion: version + 1, at: new Date().toISOString(), kind, reason: 'The story is over',
    });
    const actions = open.flatMap((ticket) => [deed(ticket, 'FIRE'), deed(ticket, 'BUMP')]);
    if (!actions.length) return;
    const data = await this.send(
      'mutation ($input: ApplyKitchenActionsInput!) { applyKitchenActions(input: $input) { userErrors { message } } }',
      { input: { locationId: kitchen.locationId, actions } },
      kitchen.manager,
    );
    assert.deepEqual(data.applyKitchenActions.userErrors, []);
  }

  /**
   * @param {string} name
   * @param {string} type
   * @param {string} fields of what comes back
   * @param {Record<string, unknown>} input
   * @param {string} token
   * @param {boolean} [isKeyed] it takes an idempotency key
   */
  async #do(name, type, fields, input, token, isKeyed = true) {
    const keyed = isKeyed ? { idempotencyKey: crypto.randomUUID(), ...input } : input;
    const data = await this.send(`mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`, { input: keyed }, token);
    assert.deepEqual(data[name].userErrors, []);
    return data[name];
  }
}
