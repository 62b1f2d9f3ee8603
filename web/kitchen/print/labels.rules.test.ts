import { expect, test } from 'vitest';
import { line, made, ticket } from '../ticket/sample.ts';
import { labelsOf } from './labels.rules.ts';

test('each portion gets a label that counts them', () => {
  const items = [line('1', undefined, { item: made('Funghi', { quantity: 2 }) }), line('2', undefined, { change: 'REMOVED' }), line('3', undefined, { item: made('Cola') })];
  expect(labelsOf(ticket('a', { items })).map(({ nth, of, made }) => `${made.name} ${nth} of ${of}`)).toEqual(['Funghi 1 of 3', 'Funghi 2 of 3', 'Cola 3 of 3']);
});
