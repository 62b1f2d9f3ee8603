import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

// What the menu needs at first, gzipped, as the server sends it.

/** @typedef {{ file: string, imports?: string[], css?: string[], dynamicImports?: string[] }} Chunk */

const dist = new URL('../dist/', import.meta.url);
/** @type {Record<string, Chunk>} */
const manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8'));

/** @param {string} name */
function chunk(name) {
  const found = manifest[name];
  assert.ok(found, `the build has no ${name}`);
  return found;
}

/**
 * A chunk and all that it imports at once.
 * @param {string} name
 * @param {Set<string>} names
 */
function needed(name, names = new Set()) {
  if (names.has(name)) return names;
  names.add(name);
  for (const other of chunk(name).imports ?? []) needed(other, names);
  return names;
}

/**
 * @param {string[]} files
 * @param {number} bound in bytes
 */
function assertLight(files, bound) {
  const weights = files.map((file) => ({ file, bytes: statSync(new URL(`${file}.gz`, dist)).size })).toSorted((a, b) => b.bytes - a.bytes);
  const sum = weights.reduce((total, { bytes }) => total + bytes, 0);
  assert.ok(sum > 0, 'nothing was measured');
  const table = weights.map(({ file, bytes }) => `${String(bytes).padStart(8)}  ${file}`).join('\n');
  assert.ok(sum <= bound, `${sum} bytes are more than ${bound}:\n${table}`);
}

const chunks = [...needed('shop/index.html'), 'shop/locales/de.po'];
const kitchen = [...needed('kitchen/index.html'), 'kitchen/locales/de.po'];

test('the menu takes 120 kB of script at most, the longest catalogue among it', () => {
  assertLight(chunks.map((name) => chunk(name).file), 120_000);
});

test('the service worker, which is beside that, takes 3 kB at most', () => {
  assertLight(['root/service-worker.js'], 3_000);
});

test('the menu takes 12 kB of styles at most', () => {
  assertLight([...new Set(chunks.flatMap((name) => chunk(name).css ?? []))], 12_000);
});

test('the kitchen, all of it, takes 145 kB of script and 12 kB of styles at most', () => {
  assertLight(kitchen.map((name) => chunk(name).file), 145_000);
  assertLight([...new Set(kitchen.flatMap((name) => chunk(name).css ?? []))], 12_000);
});

test('no app carries what another one asks and says', () => {
  assert.ok(!kitchen.some((name) => /^_?(menu|shop)/.test(name)), kitchen.join());
  assert.ok(!chunks.some((name) => /^_?kitchen/.test(name)), chunks.join());
});

test('the kitchen\'s service worker takes 1.5 kB at most', () => {
  assertLight(['root/kitchen-worker.js'], 1_500);
});
