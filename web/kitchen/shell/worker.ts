/** Has a service worker keep the app, so that the screen starts without network; in development there is none. */
export function startWorker() {
  if (import.meta.env.PROD) navigator.serviceWorker?.register('/kitchen-worker.js', { scope: '/kitchen' }).catch(() => undefined); // the screen goes on without
}
