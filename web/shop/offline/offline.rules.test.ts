import { expect, test } from 'vitest';
import { asKept, cacheOf, canShow, inOrder, isWorthKeeping, mostOfMenu, outdated, pageOf, pictureOf, picturesOf, scriptOf } from './offline.rules.ts';

const page = (data: object) => `<!doctype html>
<html lang="de">
  <head><script type="module" crossorigin src="/assets/shop-1a2b.js"></script></head>
  <body>
    <div id="root"><div class="shopfront"><h1>Teig</h1></div></div>
    <noscript></noscript>
    <script type="application/json" id="first-data">${JSON.stringify(data)}</script>
  </body>
</html>`;
const places = { locations: [{ slug: 'chicago' }, { slug: 'naples' }] };
const menuPage = page({ places, menu: { locationId: '1' } });
const chicago = { slug: 'chicago', isKept: true };

test('menus and the front page are kept', () => {
  expect(pageOf('/')).toEqual({ slug: null, isKept: true });
  expect(pageOf('/chicago')).toEqual(chicago);
});

test('pages that need no keeping, or are of an account, are answered and not kept', () => {
  for (const path of ['/chicago/cart', '/chicago/checkout', '/chicago/dishes/7', '/orders', '/orders/7', '/account', '/sign-in']) {
    expect(pageOf(path)?.isKept).toBe(false);
  }
});

test('what is not the shop\'s is left alone', () => {
  for (const path of ['/playground', '/graphql', '/assets/shop-1a2b.js', '/images/00ff-400.jpg', '/app.webmanifest']) expect(pageOf(path)).toBeNull();
});

test('a page without a menu does not take the place of one that has it', () => {
  expect(isWorthKeeping(menuPage, chicago)).toBe(true);
  expect(isWorthKeeping(page({ places, menu: null }), chicago)).toBe(false);
  expect(isWorthKeeping(page({ places: null, menu: null }), { slug: null, isKept: true })).toBe(false);
  expect(isWorthKeeping('<html lang="en">a portal that asks to sign in</html>', chicago)).toBe(false);
});

test('a page shows others of the locations that it knows, and no other app', () => {
  expect(canShow(menuPage, { slug: 'naples', isKept: false })).toBe(true);
  expect(canShow(menuPage, { slug: null, isKept: false })).toBe(true);
  expect(canShow(menuPage, { slug: 'kitchen', isKept: true })).toBe(false);
});

test('a path is shown by its own page, its location\'s, or the newest', () => {
  const kept = ['/naples', '/', '/chicago', '/rome'];
  expect(inOrder('/chicago', chicago, kept)[0]).toBe('/chicago');
  expect(inOrder('/naples/cart', { slug: 'naples', isKept: false }, kept)[0]).toBe('/naples');
  expect(inOrder('/milan', { slug: 'milan', isKept: true }, kept)).toEqual(['/rome', '/chicago', '/', '/naples']);
});

test('what is kept says since when, and shows nothing of itself at another path', () => {
  const since = 'Fri, 01 May 2026 16:30:00 GMT';
  expect(asKept(menuPage, since, true)).toContain(`<html data-kept="${since}" lang="de">`);
  expect(asKept(menuPage, since, true)).toContain('<h1>Teig</h1>');
  expect(asKept(menuPage, since, false)).toMatch(/<div id="root"><\/div>\s*<noscript>/);
  expect(asKept(menuPage, since, false)).toContain('first-data');
});

const menuOf = (...images: (string | null)[]) =>
  page({ places, menu: { answer: { currentMenu: { items: images.map((of) => ({ image: of && { sizes: [{ url: `/images/${of}-400.jpg` }, { url: `/images/${of}-800.jpg` }] } })) } } } });

test('of a menu the smallest file of each picture is kept, of a long one not all', () => {
  expect(picturesOf(menuOf('a1', null, 'b2', 'a1'))).toEqual(['/images/a1-400.jpg', '/images/b2-400.jpg']);
  expect(picturesOf(menuOf(...Array.from({ length: 99 }, (_, i) => `${i}`)))).toHaveLength(mostOfMenu);
  expect(picturesOf(menuPage)).toEqual([]);
});

test('two files are of one picture, whatever their size', () => {
  expect(pictureOf('/images/a1-400.jpg')).toBe(pictureOf('/images/a1-800.jpg'));
  expect(pictureOf('/images/b2-400.jpg')).not.toBe(pictureOf('/images/a1-400.jpg'));
  for (const path of ['/images', '/images/', '/assets/a1-400.jpg', '/chicago']) expect(pictureOf(path)).toBeNull();
});

test('the script tells whether the build of a page is still there', () => {
  expect(scriptOf(menuPage)).toBe('/assets/shop-1a2b.js');
});

test('the build before stays, for pages that are open; older ones go, and what others keep stays', () => {
  const [one, two, three] = [cacheOf('1'), cacheOf('2'), cacheOf('3')];
  expect(outdated([one, 'shop pages', two, 'kitchen', three], three)).toEqual([one]);
  expect(outdated([two, three], three)).toEqual([]);
  expect(outdated([one], one)).toEqual([]);
});
