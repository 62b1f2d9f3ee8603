import { useSyncExternalStore } from 'react';

const watch = (watcher: () => void) => {
  addEventListener('online', watcher);
  addEventListener('offline', watcher);
  return () => {
    removeEventListener('online', watcher);
    removeEventListener('offline', watcher);
  };
};

/** Whether the device knows that it has no network. That it knows of none missing doesn't tell that there is one. */
export function useIsOffline(): boolean {
  return useSyncExternalStore(watch, () => !navigator.onLine);
}
