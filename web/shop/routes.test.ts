import { expect, test } from 'vitest';
import { backOf, paths } from './routes.ts';

test('after signing in one comes back to where one was', () => {
  expect(backOf(paths.signIn('/chicago/checkout').split('?')[1]!)).toBe('/chicago/checkout');
});

test.each(['', 'back=https://evil.example', 'back=//evil.example', 'back=/%5Cevil.example', 'back=javascript:alert(1)'])(
  'a link that says %j leads nowhere else',
  (search) => expect(backOf(search)).toBe('/'),
);
