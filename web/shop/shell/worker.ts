/** Has the service worker keep what the page needs without network; in development there is none. */
export function startWorker() {
  if (import.meta.env.PROD) navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined); // the shop goes on without
}

/** Has the worker keep the page of a path that the app came to by itself; `isAnew`: also if the one it has is new. */
export function keepPage(path: string, isAnew = false) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ path, isAnew }));
}
