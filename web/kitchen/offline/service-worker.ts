import { cacheOf, kindOf, outdated } from './offline.rules.ts';

declare const self: ServiceWorkerGlobalScope;

// The build puts in which files it has.
const build = JSON.parse('%BUILD%') as { readonly name: string; readonly files: readonly string[] };
const cacheName = cacheOf(build.name);
const page = '/kitchen'; // the same for all of the app's paths, whoever asks
const pageTimeout = 4_000; // ms that the page may take before the one kept is shown

// A new worker begins at once. It may: a page that is open goes on with the files of its own build, which are kept as well, and shows the new one
// only when somebody loads it.
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, ...build.files])));
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await Promise.all(outdated(await caches.keys(), cacheName).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

// Everything else, the API above all, goes to the network as if there were no worker. What the board keeps is in the page's own database.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const kind = kindOf(pathname, request.mode === 'navigate');
  if (kind === 'FILE') event.respondWith(fileOf(request));
  if (kind === 'PAGE') event.respondWith(pageOf(request));
});

async function fileOf(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function pageOf(request: Request): Promise<Response> {
  const asked = fetch(request);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), pageTimeout));
  const heard = await Promise.race([asked.catch(() => null), late]);
  if (heard && heard.status < 500) return heard;
  return (await caches.match(page, { cacheName, ignoreVary: true })) ?? asked;
}
