import assert from 'node:assert/strict';

/** A customer who taps at random on whatever a dish's page offers. */
export class RandomCustomer {
  /**
   * @param {import('./shop.mjs').Shop} shop whose menu is open
   * @param {number} seed
   */
  constructor(shop, seed) {
    this.shop = shop;
    this.page = shop.page;
    this.random = numbers(seed);
  }

  /**
   * Configures a dish and puts it into the cart.
   * @param {string} note for the kitchen
   * @returns {Promise<number>} what the button showed, in cents
   */
  async adds(note) {
    await this.#one(this.page.locator('.dish:not(.gone) > a')).then((dish) => dish?.click());
    await this.page.locator('.configurator').waitFor({ state: 'attached' }); // all that can be chosen is there
    await this.#one(this.page.locator('input[name=size]:not(:disabled)')).then((size) => size?.check());
    if (this.random() < 0.4) await this.#splits();
    const groups = this.page.locator('.configurator .group:not(.halves)');
    for (let i = 0, all = await groups.count(); i < all; i++) await this.#picks(groups.nth(i));
    for (let more = this.#below(3); more > 0; more--) await this.page.getByRole('button', { name: 'One more' }).click();
    await this.page.getByLabel('For the kitchen').fill(note);

    const price = this.page.locator('.buy .main .number:not([data-old])');
    await price.waitFor();
    const shown = Number((await price.textContent())?.replaceAll(/\D/g, ''));
    assert.equal(await this.page.locator('main [role=alert]').count(), 0, `${note} can't be had: ${await this.page.locator('main').textContent()}`);
    await this.shop.press('Add ·');
    await this.page.locator('.shopfront').waitFor();
    return shown;
  }

  /** Has the halves differ, if they can, and another dish on the right one. */
  async #splits() {
    const split = this.page.locator('input[name=halves]:not(:disabled)').nth(1);
    if (!(await split.count())) return;
    await split.check();
    const others = this.page.locator('.halves option');
    await others.nth(1).waitFor({ state: 'attached' });
    await this.page.locator('.halves select').selectOption({ index: this.#below(await others.count()) });
    await this.page.locator('.two section').nth(1).locator('.group').first().waitFor();
  }

  /**
   * Taps on some of a group, and on how much of each.
   * @param {import('playwright-core').Locator} group
   */
  async #picks(group) {
    await this.#one(group.locator('.choices input:not(:disabled)')).then((option) => option?.check());
    const chips = group.locator('.chips input:not(:disabled)');
    for (let taps = this.#below(4); taps > 0; taps--) await this.#one(chips).then((chip) => chip?.click());
    while (await group.getAttribute('data-wrong')) await this.#one(group.locator('.chips input:checked')).then((chip) => chip?.uncheck()); // too many
    const amounts = group.locator('.amounts [role=group]');
    for (let i = 0, all = await amounts.count(); i < all; i++) await this.#one(amounts.nth(i).getByRole('radio')).then((amount) => amount?.check());
  }

  /**
   * @param {import('playwright-core').Locator} of
   * @returns {Promise<import('playwright-core').Locator | null>} one of them; null if there is none
   */
  async #one(of) {
    const all = await of.count();
    return all ? of.nth(this.#below(all)) : null;
  }

  /** @param {number} bound */
  #below(bound) {
    return Math.floor(this.random() * bound);
  }
}

/**
 * Mulberry32: numbers from 0 to 1, the same ones for the same seed.
 * @param {number} seed
 */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
