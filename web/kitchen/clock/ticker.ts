import { useEffect, useRef, useSyncExternalStore } from 'react';
import { serverClock } from '../../shared/api/client.ts';

const every = 1_000; // ms

// One timer for all clocks of the page; it stands still while nothing watches it.
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watchSeconds(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    for (const each of watchers) each();
  }, every);
  return () => {
    watchers.delete(watcher);
    if (watchers.size) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** What follows from the server's time, looked at each second. `pick` answers with a plain value: who reads it is drawn again only when that changes. */
export function useTime<P extends string | number | boolean | null>(pick: (now: number) => P): P {
  return useSyncExternalStore(watchSeconds, () => pick(serverClock.now()));
}

/** Put the ref on an element whose text follows the server's time: it is written each second, past the drawing. */
export function useWritten(text: (now: number) => string) {
  const element = useRef<HTMLElement>(null);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
    const write = () => {
      const now = latest.current(serverClock.now());
      if (element.current && element.current.textContent !== now) element.current.textContent = now;
    };
    write();
    return watchSeconds(write);
  }, [text]);
  return element;
}
