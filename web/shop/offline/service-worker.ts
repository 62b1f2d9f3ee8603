import {
  asKept, cacheOf, canShow, inOrder, isWorthKeeping, mostPictures, outdated, pageOf, pictureOf, picturesOf, scriptOf, type ShopPage,
} from './offline.rules.ts';

declare const self: ServiceWorkerGlobalScope;

// The build puts in which files it has.
const build = JSON.parse('%BUILD%') as { readonly name: string; readonly files: readonly string[] };
const cacheName = cacheOf(build.name);
const pagesName = 'shop pages';
const picturesName = 'shop pictures';
const mostPages = 4;
const pageTimeout = 4_000; // ms that a page may take before the one kept is shown
const fresh = 60_000; // ms for which a page isn't kept anew

// A new worker begins at once, while pages of the build before are open. It may: pages come from the network first, files are known by their
// content, and all that a page says to its worker is its own path, so that any worker serves any page. It may not take away what an open page has
// yet to load: that is why the build before is kept whole. Waiting until all pages are closed would keep the old worker for weeks on a phone.
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([...build.files])));
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await Promise.all(outdated(await caches.keys(), cacheName).map((name) => caches.delete(name)));
      await self.registration.navigationPreload?.enable(); // the page is asked for while the worker starts
      await self.clients.claim();
    })(),
  );
});

// Everything else, the API above all, is none of the worker's business: it goes to the network as if there were no worker.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) return event.respondWith(fileOf(request));
  const picture = pictureOf(pathname);
  if (picture) return event.respondWith(sizeOf(picture, event));
  const page = request.mode === 'navigate' ? pageOf(pathname) : null;
  if (page) event.respondWith(answer(event, pathname, page));
});

// The app came to a page without loading it.
self.addEventListener('message', (event) => {
  const { path, isAnew } = event.data as { path: string; isAnew: boolean };
  const page = pageOf(path);
  if (page?.isKept) event.waitUntil(keepAnew(path, page, isAnew).catch(ignore));
});

const ignore = () => undefined; // it is for later, and tried again at the next page

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

// A file never changes: its name tells what it holds. Without network any size of a picture is better than none.
async function sizeOf(picture: string, event: FetchEvent): Promise<Response> {
  const pictures = await caches.open(picturesName);
  const kept = await pictures.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  try {
    const heard = await fetch(event.request);
    event.waitUntil(keepPicture(pictures, event.request.url, heard.clone()).catch(ignore));
    return heard;
  } catch (lost) {
    const other = (await pictures.keys()).find(({ url }) => pictureOf(new URL(url).pathname) === picture);
    const size = other && (await pictures.match(other, { ignoreVary: true }));
    if (size) return size;
    throw lost;
  }
}

async function keepPicture(pictures: Cache, url: string, heard: Response): Promise<void> {
  if (heard.status !== 200) return;
  await pictures.put(url, heard);
  for (const old of (await pictures.keys()).slice(0, -mostPictures)) await pictures.delete(old);
}

async function answer(event: FetchEvent, path: string, page: ShopPage): Promise<Response> {
  const asked = ask(event);
  event.waitUntil(asked.then((heard) => keep(path, page, heard.clone())).catch(ignore));
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), pageTimeout));
  const heard = await Promise.race([asked.catch(() => null), late]);
  if (heard && heard.status < 500) return heard;
  return (await lastShown(path, page)) ?? asked;
}

async function ask(event: FetchEvent): Promise<Response> {
  return ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request);
}

async function keepAnew(path: string, page: ShopPage, isAnew: boolean): Promise<void> {
  const kept = await (await caches.open(pagesName)).match(path);
  const since = Date.parse(kept?.headers.get('date') ?? '');
  if (isAnew || !(Date.now() - since < fresh)) await keep(path, page, await fetch(path, { headers: { accept: 'text/html' } }));
}

async function keep(path: string, page: ShopPage, heard: Response): Promise<void> {
  if (!page.isKept || heard.status !== 200) return;
  const html = await heard.text();
  if (!isWorthKeeping(html, page)) return;
  const headers = new Headers(heard.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name); // of what was sent, not of what is kept
  const pages = await caches.open(pagesName);
  await pages.delete(path); // so that it becomes the newest
  await pages.put(path, new Response(html, { headers }));
  for (const old of (await pages.keys()).slice(0, -mostPages)) await pages.delete(old);
  const pictures = await caches.open(picturesName);
  for (const url of picturesOf(html)) if (!(await pictures.match(url, { ignoreVary: true }))) await keepPicture(pictures, url, await fetch(url));
}

async function lastShown(path: string, page: ShopPage): Promise<Response | null> {
  const pages = await caches.open(pagesName);
  const kept = (await pages.keys()).map(({ url }) => new URL(url).pathname);
  for (const one of inOrder(path, page, kept)) {
    const response = await pages.match(one);
    const html = (await response?.text()) ?? '';
    const script = scriptOf(html);
    if (!response || !script || !canShow(html, page) || !(await caches.match(script))) continue;
    return new Response(asKept(html, response.headers.get('date') ?? '', one === path), { headers: response.headers });
  }
  return null;
}
