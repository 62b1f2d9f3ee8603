import assert from 'node:assert/strict';
import { Api } from './api.mjs';

/** The API with what managers do while a page is watched. */
export class ManagerApi extends Api {
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
   * Stocks the kitchen with more of everything than anybody orders.
   * @param {string} token of a manager
   */
  async fillStock(token) {
    const locationId = await this.kitchen();
    const { ingredients } = await this.send('query ($at: ID!) { ingredients(locationId: $at) { id } }', { at: locationId }, token);
    for (const { id } of ingredients) {
      const data = await this.send(
        'mutation ($input: SetStockInput!) { setStock(input: $input) { userErrors { message } } }',
        { input: { ingredientId: id, locationId, onHand: 1_000_000 } },
        token,
      );
      assert.deepEqual(data.setStock.userErrors, []);
    }
  }

  /**
   * Makes a coupon at the kitchen's location.
   * @param {number} basisPoints that it takes off
   * @param {number} minimum that the food has to cost
   * @param {string} token of a manager
   * @param {string} [code]
   * @returns {Promise<string>} its code
   */
  async promote(basisPoints, minimum, token, code = `T${crypto.randomUUID().slice(0, 8)}`.toUpperCase()) {
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
   * @param {Buffer} jpeg
   * @param {string} token of a manager
   * @returns {Promise<{ id: string, sizes: { url: string }[] }>} the image that was made of it
   */
  async upload(jpeg, token) {
    const response = await fetch(new URL('/images', this.endpoint), {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' }, body: new Uint8Array(jpeg),
    });
    assert.equal(response.status, 201);
    return response.json();
  }

  /**
   * @param {string} name of a dish
   * @param {string | null} imageId null: it is drawn again
   * @param {string} token of a manager
   */
  async picture(name, imageId, token) {
    const { menu } = await this.send('query ($at: ID!) { menu(locationId: $at) { id name } }', { at: await this.kitchen() });
    const { id } = menu.find((/** @type {any} */ item) => item.name === name);
    const data = await this.send(
      'mutation ($input: UpdateMenuItemInput!) { updateMenuItem(input: $input) { userErrors { message } } }',
      { input: { id, imageId } },
      token,
    );
    assert.deepEqual(data.updateMenuItem.userErrors, []);
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

  /**
   * Bounds what customers may have open at the kitchen's location.
   * @param {{ openOrders?: number, openPortions?: number, newCustomerCashOrders?: number }} orderLimits what isn't given has no bound
   * @param {string} token of a manager
   */
  async bounds(orderLimits, token) {
    const data = await this.send(
      'mutation ($input: UpdateLocationInput!) { updateLocation(input: $input) { userErrors { message } } }',
      { input: { id: await this.kitchen(), orderLimits } },
      token,
    );
    assert.deepEqual(data.updateLocation.userErrors, []);
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
