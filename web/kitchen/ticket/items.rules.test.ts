import { expect, test } from 'vitest';
import { allergyNotes, blocksOf, isAllergy, otherwise, stageOf, statusAt, whereIs } from './items.rules.ts';
import { line, made, option, ticket } from './sample.ts';

test('what comes with a dish is not said; what is left out, added, more or less is', () => {
  const options = [
    option('Neapolitan', { isDefault: true }), option('Capers', { isDefault: true, amount: 'NONE' }), option('Chilli', { isDefault: true, amount: 'EXTRA' }),
    option('Mushrooms'), option('Ham', { amount: 'LIGHT' }),
  ];
  expect(otherwise(options)).toEqual([
    { name: 'Capers', how: 'NO' }, { name: 'Chilli', how: 'EXTRA' }, { name: 'Mushrooms', how: 'WITH' }, { name: 'Ham', how: 'LIGHT' },
  ]);
});

test('lines that are made alike are one block with their sum, whatever the order of their options', () => {
  const [a, b] = [option('Mushrooms'), option('Prawns')];
  const blocks = blocksOf([
    line('1', undefined, { item: made('Diavola', { options: [a, b], quantity: 2 }) }),
    line('2', undefined, { item: made('Diavola', { options: [b] }) }),
    line('3', undefined, { item: made('Diavola', { options: [b, a] }) }),
    line('4', undefined, { item: made('Diavola', { options: [a, b], size: 'LARGE' }) }),
  ]);
  expect(blocks.map(({ id, quantity }) => [id, quantity])).toEqual([['1', 3], ['2', 1], ['4', 1]]);
});

test('two dishes are two halves, each with its own', () => {
  const item = made('Diavola', {
    options: [option('Chilli', { portion: 'FIRST', amount: 'EXTRA' }), option('Thin', { portion: 'WHOLE' })],
    secondHalf: { menuItemId: 'o', name: 'Ortolana', options: [option('Onions', { isDefault: true, amount: 'NONE', portion: 'SECOND' })] },
  });
  expect(blocksOf([line('1', undefined, { item })])[0]).toMatchObject({
    name: '½ Diavola · ½ Ortolana', options: [{ name: 'Thin', how: 'WITH' }],
    halves: { left: { name: 'Diavola', options: [{ name: 'Chilli', how: 'EXTRA' }] }, right: { name: 'Ortolana', options: [{ name: 'Onions', how: 'NO' }] } },
  });
});

test('one dish whose halves differ has halves, too', () => {
  const item = made('Margherita', { options: [option('Prawns', { portion: 'SECOND' })] });
  expect(blocksOf([line('1', undefined, { item })])[0]?.halves).toEqual({
    left: { name: 'Margherita', options: [] }, right: { name: 'Margherita', options: [{ name: 'Prawns', how: 'WITH' }] },
  });
});

test('notes of allergies come first, in three languages', () => {
  expect(['Sesame ALLERGY', 'allergia alle noci', 'Nussallergie!', 'zöliakie', 'celiaca'].map(isAllergy)).toEqual([true, true, true, true, true]);
  expect(isAllergy('well done, please')).toBe(false);
  const items = [line('1'), line('2', undefined, { item: made('Funghi', { instructions: ' Nut allergy ' }) })];
  expect(blocksOf(items).map(({ id, note }) => [id, note])).toEqual([['2', 'Nut allergy'], ['1', null]]);
  expect(allergyNotes(ticket('a', { items, order: { ...ticket('a').order, specialInstructions: 'Sesame allergy' } }))).toEqual(['Sesame allergy', 'Nut allergy']);
});

test('a line that changed is not summed with others, and keeps what it was', () => {
  const blocks = blocksOf([line('1'), line('2', undefined, { change: 'CHANGED', before: made('Margherita', { quantity: 2 }) }), line('3', undefined, { change: 'ADDED' })]);
  expect(blocks.map(({ id, change, before }) => [id, change, before?.quantity])).toEqual([['1', null, undefined], ['2', 'CHANGED', 2], ['3', 'ADDED', undefined]]);
});

test('a block stands as its line that is least far, and a ticket\'s stage as all of its lines', () => {
  const items = [line('1', ['DONE', 'QUEUED', 'WAITING']), line('2', ['DONE', 'DONE', 'QUEUED']), line('3', ['QUEUED'])];
  const [block] = blocksOf(items.slice(0, 2));
  expect(block && statusAt(block, 'oven')).toBe('QUEUED');
  expect(block && statusAt(block, 'cut')).toBeUndefined();
  expect(block && whereIs(block)).toBe('oven');
  expect(['make', 'oven', 'expo', 'cut'].map((id) => stageOf({ items }, id))).toEqual(['all', 'some', 'some', null]);
});
