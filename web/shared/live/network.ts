const longest = 2 ** 31 - 1; // ms that a timer can wait

/** Waits for the network if the device knows that there is none; false if it isn't back in time. */
export function networkWithin(ms: number): Promise<boolean> {
  if (navigator.onLine) return Promise.resolve(true);
  return new Promise((resolve) => {
    const over = setTimeout(() => settle(false), Math.min(ms, longest));
    const back = () => settle(true);
    const settle = (isBack: boolean) => {
      clearTimeout(over);
      removeEventListener('online', back);
      resolve(isBack);
    };
    addEventListener('online', back);
  });
}
