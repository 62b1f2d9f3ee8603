import { useSyncExternalStore } from 'react';
import type { Connection } from './feed.ts';
import type { Identified, Live, Picture } from './live.ts';

/** `pick` answers with what the picture holds; a new array or object each time would draw for ever. */
export function useLive<T extends Identified, P>(live: Live<T>, pick: (picture: Picture<T>) => P): P {
  return useSyncExternalStore(live.watch, () => pick(live.picture()));
}

/** In which state the feed is. */
export function useConnection(feed: { watch: (watcher: () => void) => () => void; connection: () => Connection }): Connection {
  return useSyncExternalStore(feed.watch, feed.connection);
}
