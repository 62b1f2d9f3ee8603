/** What the digest is made of: a ticket as the feed last told it. */
export interface Told {
  readonly version: number;
  /** It is HELD or OPEN. */
  readonly isOpen: boolean;
}

const offset = [0xcbf29ce4, 0x84222325] as const;
const primeLow = 0x1b3; // the prime is 2 ** 40 + 0x1b3
const word = 2 ** 32;

/** FNV-1a in 64 bits, in 16 lowercase hexadecimal digits. Two halves in plain numbers: no product goes beyond 2 ** 42. */
export function fnv1a64(bytes: Uint8Array): string {
  let [high, low]: [number, number] = [...offset];
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    const product = low * primeLow;
    high = (high * primeLow + Math.floor(product / word) + low * 256) % word;
    low = product % word;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** The digest of a board, by the recipe that the schema gives: open tickets in the order of their ids, each as "id version\n". */
export function digestOf(told: ReadonlyMap<string, Told>): string {
  const open = [...told].filter(([, { isOpen }]) => isOpen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return fnv1a64(new TextEncoder().encode(open.map(([id, { version }]) => `${id} ${version}\n`).join('')));
}

/** The few characters of a digest by which people compare two screens. */
export const briefDigest = (digest: string) => digest.slice(-4).toUpperCase();
