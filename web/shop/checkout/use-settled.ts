import { useEffect, useState } from 'react';

const pause = 350; // ms: longer than between two keys

/** A value as soon as nobody types any more. */
export function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const waiting = setTimeout(() => settle(value), pause);
    return () => clearTimeout(waiting);
  }, [value]);
  return settled;
}
