import { expect, test } from 'vitest';
import { accesses, linkTokenOf } from './access.rules.ts';

const token = 'abcdefghijklmnopqrstuvwxyz-_0123456789ABCDE';

test('whoever may do more with an order than a link says does it', () => {
  expect(accesses({ guestToken: 'g', viewerId: 'v', linkToken: 'l' }).map(({ is }) => is)).toEqual(['GUEST', 'ACCOUNT', 'LINK']);
  expect(accesses({ guestToken: undefined, viewerId: undefined, linkToken: 'l' })).toEqual([{ is: 'LINK', token: 'l' }]);
  expect(accesses({ guestToken: undefined, viewerId: undefined, linkToken: null })).toEqual([]);
});

test('a link carries its token behind the #, and whatever else is there is none', () => {
  expect(linkTokenOf(`#${token}`)).toBe(token);
  for (const other of ['', '#', '#what', `#${token}?`, `#<script>${token}`]) expect(linkTokenOf(other)).toBeNull();
});
