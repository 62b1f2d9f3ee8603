import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { settings } from './settings.mjs';
import { Shop } from './shop.mjs';

/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

const mostTabs = 150;

/** A customer who has a keyboard, and no mouse. */
class Keyboard {
  /** @param {Shop} shop */
  constructor(shop) {
    this.page = shop.page;
  }

  /**
   * Goes on by Tab until the name of what has the focus is the one wanted. On the way everything that has the focus has to be seen.
   * @param {RegExp} name
   * @param {string} [key]
   */
  async to(name, key = 'Tab') {
    /** @type {string[]} */
    const passed = [];
    while (passed.length < mostTabs) {
      await this.page.keyboard.press(key);
      const { label, problem } = await this.page.evaluate(focused);
      assert.equal(problem, '', `${label}, after ${passed.slice(-3).join(', ')} at ${this.page.url()}`);
      if (name.test(label)) return;
      passed.push(label);
    }
    assert.fail(`${name} is not reached: ${passed.join(', ')}`);
  }

  /** @param {string} key */
  async press(key) {
    await this.page.keyboard.press(key);
  }

  /**
   * @param {RegExp} field
   * @param {string} text
   */
  async write(field, text) {
    await this.to(field);
    await this.page.keyboard.type(text);
  }
}

/** Runs in the page: what has the focus, and why it can't be seen. */
function focused() {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return { label: '', problem: '' };
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
  const label = (element.getAttribute('aria-label') ?? [...labels, element.textContent].join(' ')).replaceAll(/\s+/g, ' ').trim();
  // Of a radio button that lies unseen over its card, the card is what is seen.
  const shown = element.closest('label') ?? element;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const [x, up, down] = [(left + right) / 2, Math.max(top, 0) + 6, Math.min(bottom, innerHeight) - 6];
  if (top >= innerHeight || bottom <= 0) return { label, problem: 'it is outside of the window' };
  for (const y of bottom - top < innerHeight / 2 ? [up, (up + down) / 2, down] : [(up + down) / 2]) {
    const at = document.elementFromPoint(x, y);
    if (!at || !(shown.contains(at) || at.contains(shown))) return { label, problem: `it is under ${at?.className || at?.tagName}` };
  }
  const outlined = [element, shown, element.nextElementSibling].some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
  return { label, problem: outlined ? '' : 'its focus is not seen' };
}

for (const { width, isGuest } of [{ width: 1280, isGuest: false }, { width: 390, isGuest: true }]) {
  test(`a whole purchase by keyboard alone, ${isGuest ? 'as a guest' : 'with an account'}, ${width} px wide`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'en-US', reducedMotion: 'reduce' });
    const shop = new Shop(await context.newPage(), settings.server);
    const keys = new Keyboard(shop);
    await shop.open('/chicago');

    await keys.to(/^Delivery$/);
    await keys.press('ArrowRight');
    assert.ok(await shop.page.getByRole('radio', { name: 'Pickup' }).isChecked());
    await keys.to(/^Margherita/);
    await keys.press('Enter');
    await shop.page.getByRole('button', { name: /^Add · \$/ }).waitFor();
    await keys.to(/^(Small|Medium|Large)/);
    await keys.press('ArrowDown');
    await keys.to(/^Add · \$/);
    await shop.costs((await shop.page.locator('.buy .main .number').textContent()) ?? '');
    await keys.press('Enter');
    await shop.page.locator('.shopfront').waitFor();

    if (width < 992) {
      await keys.to(/Your order/);
      await keys.press('Enter');
      await shop.page.locator('.cart-page').waitFor();
    }
    await shop.page.getByRole('link', { name: /^Checkout · \$/ }).waitFor();
    await keys.to(/^Checkout · \$/);
    await keys.press('Enter');
    await shop.sees('Nearly yours.');
    if (isGuest) {
      await keys.write(/^Name/, 'Gustav Gast');
      await keys.write(/^Phone/, '312 555 0199');
    } else {
      await keys.to(/^Sign in$/);
      await keys.press('Enter');
      await shop.sees('Good to see you.');
      await keys.write(/^E-mail/, 'customer@example.com');
      await keys.write(/^Password/, 'pizzeria-demo');
      await keys.press('Enter');
      await shop.sees('Nearly yours.');
    }
    await shop.page.getByRole('button', { name: /^Order/ }).waitFor();
    const card = shop.page.getByRole('radio', { name: '4242' });
    if (!(await card.isChecked())) {
      await keys.to(/4242|Cash/);
      while (!(await card.isChecked())) await keys.press('ArrowDown');
    }
    await keys.to(/^Order and pay \$/);
    await keys.press('Space');
    await shop.ordered();
    await shop.sees('We have your order.');
    shop.assertClean();
    await context.close();
  });
}
