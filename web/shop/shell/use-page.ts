import { useEffect, useRef } from 'react';

// The heading of the page before, which may be left by the page that comes.
let isFirst = true;

/** Names the page, and begins it at its heading, as a page that is loaded does. Put the ref on a heading that can be focused. */
export function usePage(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (isFirst) {
      isFirst = false;
      return;
    }
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return heading;
}
