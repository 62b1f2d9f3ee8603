import { writeFileSync } from 'node:fs';
import { launch } from './browser.mjs';

/**
 * How pages are looked at.
 * @typedef {{ name: string, width: number, height: number, scale: number, scheme: 'light' | 'dark' }} Look
 */

/** @type {readonly Look[]} */
export const looks = [
  { name: 'wide', width: 1280, height: 860, scale: 1, scheme: 'light' },
  { name: 'wide-dark', width: 1280, height: 860, scale: 1, scheme: 'dark' },
  { name: 'narrow', width: 390, height: 844, scale: 2, scheme: 'light' },
  { name: 'narrow-dark', width: 390, height: 844, scale: 2, scheme: 'dark' },
];

const mostBytes = 150_000;

/** Takes pictures of pages, and writes them as WebP, which is a quarter of PNG: the browser itself makes it. */
export class Camera {
  /**
   * @param {import('playwright-core').Browser} browser
   * @param {import('playwright-core').Page} laboratory where pictures are made smaller
   * @param {URL} folder
   */
  constructor(browser, laboratory, folder) {
    this.browser = browser;
    this.laboratory = laboratory;
    this.folder = folder;
  }

  /** @param {URL} folder */
  static async open(folder) {
    const browser = await launch();
    return new Camera(browser, await browser.newPage(), folder);
  }

  /** @param {Look} look */
  async page({ width, height, scale, scheme }) {
    const context = await this.browser.newContext({
      viewport: { width, height }, deviceScaleFactor: scale, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'America/Chicago', serviceWorkers: 'block',
    });
    return context.newPage();
  }

  /**
   * @param {import('playwright-core').Page} page
   * @param {string} name
   * @param {boolean} [isWhole] also what is below the window
   */
  async take(page, name, isWhole = false) {
    await page.evaluate(() => scrollTo(0, 0)); // what sticks to the window is where it belongs
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const png = await page.screenshot({ animations: 'disabled', caret: 'hide', fullPage: isWhole });
    const webp = await this.#develop(png);
    if (webp.length > mostBytes) throw new Error(`${name} has ${webp.length} bytes, more than ${mostBytes}`);
    writeFileSync(new URL(`${name}.webp`, this.folder), webp);
    console.log(`${String(webp.length).padStart(7)}  ${name}.webp`);
  }

  /** @param {Buffer} png */
  async #develop(png) {
    const webp = await this.laboratory.evaluate(async (png) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })).arrayBuffer());
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    }, png.toString('base64'));
    return Buffer.from(webp, 'latin1');
  }

  close() {
    return this.browser.close();
  }
}
