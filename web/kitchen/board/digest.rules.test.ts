import { expect, test } from 'vitest';
import { briefDigest, digestOf, fnv1a64, type Told } from './digest.rules.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** As it is defined, with integers of any size. */
function byDefinition(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('the hash of %j is the published one', (text, hash) => expect(fnv1a64(bytes(text))).toBe(hash));

test('the hash is that of the definition, whatever the bytes', () => {
  let seed = 1;
  for (let length = 0; length < 200; length++) {
    const text = Array.from({ length }, () => String.fromCodePoint((seed = (seed * 48_271) % 2_147_483_647) % 600)).join('');
    expect(fnv1a64(bytes(text))).toBe(byDefinition(text));
  }
});

test('open tickets alone count, in the order of their ids', () => {
  const told = new Map<string, Told>([
    ['b', { version: 12, isOpen: true }],
    ['c', { version: 3, isOpen: false }],
    ['a', { version: 1, isOpen: true }],
  ]);
  expect(digestOf(told)).toBe(byDefinition('a 1\nb 12\n'));
});

test('a board without tickets has the digest of nothing', () => {
  expect(digestOf(new Map())).toBe('cbf29ce484222325');
  expect(briefDigest('cbf29ce484222325')).toBe('2325');
});
