// What the service worker decides, without the worker: what it answers, what it keeps, and what it shows without network.

const ofNoPlace = new Set(['orders', 'account', 'sign-in']);
const ofNoShop = new Set(['graphql', 'playground', 'kitchen', 'assets', 'images']);

/** A page of the shop: of which location, and whether it is one that is kept. */
export interface ShopPage {
  readonly slug: string | null;
  readonly isKept: boolean;
}

/** What a path leads to; null if it isn't the shop's. What is of an account is never kept. */
export function pageOf(path: string): ShopPage | null {
  const [first = '', ...rest] = path.split('/').slice(1);
  if (ofNoShop.has(first) || first.includes('.')) return null;
  if (!first) return { slug: null, isKept: true };
  if (ofNoPlace.has(first)) return { slug: null, isKept: false };
  return { slug: first, isKept: !rest.length };
}

interface Data {
  readonly places: { readonly locations: readonly { readonly slug: string }[] } | null;
  readonly menu: { readonly answer?: { readonly currentMenu?: { readonly items?: readonly Pictured[] } } } | null;
}

interface Pictured {
  readonly image?: { readonly sizes: readonly { readonly url: string }[] } | null;
}

function dataOf(html: string): Data | null {
  const [, text] = /<script type="application\/json" id="first-data">(.*?)<\/script>/s.exec(html) ?? [];
  try {
    return JSON.parse(text ?? 'null') as Data | null;
  } catch {
    return null;
  }
}

/** Whether a page has what somebody without network would look for: one that a busy server sent without menu takes no fuller one's place. */
export function isWorthKeeping(html: string, { slug, isKept }: ShopPage): boolean {
  const data = dataOf(html);
  return isKept && !!data?.places && (slug === null || !!data.menu);
}

/** Whether the app of a page kept can show another page: it has to know the location. */
export function canShow(html: string, { slug }: ShopPage): boolean {
  const data = dataOf(html);
  return !!data?.places && (slug === null || data.places.locations.some((place) => place.slug === slug));
}

/** The pages kept, as they are tried for a path: itself, its location's, the newest of the others. */
export function inOrder(path: string, { slug }: ShopPage, kept: readonly string[]): readonly string[] {
  const first = [path, `/${slug ?? ''}`].filter((one) => kept.includes(one));
  return [...new Set([...first, ...kept.toReversed()])];
}

/** How many pictures of one menu are kept, and how many of all: some 2 MB. */
export const mostOfMenu = 40;
export const mostPictures = 80;

/** The pictures of a page's menu, the smallest file of each: which files a screen that isn't there yet will need, nobody knows. */
export function picturesOf(html: string): readonly string[] {
  const items = dataOf(html)?.menu?.answer?.currentMenu?.items ?? [];
  const smallest = items.map(({ image }) => image?.sizes[0]?.url).filter((url) => url !== undefined);
  return [...new Set(smallest)].slice(0, mostOfMenu);
}

/** What a path names of a picture, in whatever size; null if it is no picture's. */
export function pictureOf(path: string): string | null {
  return /^\/images\/[0-9a-f]+-/.exec(path)?.[0] ?? null;
}

/** The script of a page. It is missing once the page's build is forgotten, and then the page is of no use. */
export function scriptOf(html: string): string | undefined {
  return /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1];
}

/** A page kept, which says since when. In the place of another it shows nothing before the app does: what it drew is its own. */
export function asKept(html: string, since: string, isItself: boolean): string {
  const dated = html.replace('<html ', `<html data-kept="${since.replace(/[^\w :,+-]/g, '')}" `);
  return isItself ? dated : dated.replace(/(<div id="root">).*(<\/div>\s*<noscript>)/s, '$1$2');
}

const prefix = 'shop build ';

/** The cache of a build. */
export const cacheOf = (build: string) => prefix + build;

/** The caches to be deleted: of all builds but this and the one before, whose pages may be open. Names come as they were made. */
export function outdated(names: readonly string[], current: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefix) && name !== current).slice(0, -1);
}
