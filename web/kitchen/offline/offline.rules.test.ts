import { expect, test } from 'vitest';
import { cacheOf, kindOf, outdated } from './offline.rules.ts';

test.each([
  ['/kitchen', true, 'PAGE'], ['/kitchen/settings', true, 'PAGE'], ['/assets/a-1.js', false, 'FILE'], ['/graphql', false, null], ['/kitchens', true, null], ['/chicago', true, null],
] as const)('%s, asked for as a page: %s, is %s', (path, isPage, kind) => expect(kindOf(path, isPage)).toBe(kind));

test('this build and the one before are kept, and what is not the kitchen\'s is left alone', () => {
  const names = ['shop build x', cacheOf('1'), cacheOf('2'), cacheOf('3')];
  expect(outdated(names, cacheOf('3'))).toEqual([cacheOf('1')]);
});
