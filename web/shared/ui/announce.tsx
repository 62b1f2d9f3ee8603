import { useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Says one sentence to who listens to the page instead of looking at it. */
export function announce(sentence: string) {
  // The same sentence twice would not be a change, and so not be heard.
  said = said === sentence ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Where announcements are heard; once on the page. */
export function Announcer() {
  const sentence = useSyncExternalStore(listen, () => said);
  return (
    <p className="unseen" role="status">
      {sentence}
    </p>
  );
}
