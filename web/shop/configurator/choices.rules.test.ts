import { expect, test } from 'vitest';
import type { ChoicesFragment, HalfMatesQuery } from '../../shared/api/gql/graphql.ts';
import { chosenOptions, comesWith, faultOf, type Group, isAsItComes, mates, optionPrice, type Option, picked, settled } from './choices.rules.ts';

const option = (id: string, more: Partial<Option> = {}): Option => ({
  id, name: id, isDefault: false,
  prices: [{ size: 'MEDIUM', price: 145, isAvailable: true }, { size: 'LARGE', price: 200, isAvailable: id !== 'ham' }], ...more,
});
const group = (id: string, more: Partial<Group>): Group => ({ id, name: id, min: 0, max: null, freeUpTo: 0, halves: false, light: null, extra: null, options: [], ...more });
const crust = group('crust', { min: 1, max: 1, options: [option('thin', { isDefault: true }), option('filled')] });
const extras = group('extras', { max: 2, halves: true, options: [option('ham'), option('mushrooms'), option('onions')] });
const given = group('given', { halves: true, options: [option('capers', { isDefault: true }), option('olives', { isDefault: true })] });
const groups = [crust, extras, given];
const as = comesWith(groups);

test('a dish is as it comes until something is chosen', () => {
  expect([...as.keys()]).toEqual(['thin', 'capers', 'olives']);
  expect(chosenOptions({ groups, picks: as }, null)).toEqual([]);
});

test('what is left out is said, and what is added; where one is allowed, it takes the place of the other', () => {
  let picks = picked(given, as, 'capers', null);
  picks = picked(extras, picks, 'mushrooms', 'EXTRA');
  picks = picked(crust, picks, 'filled', 'REGULAR');
  expect(chosenOptions({ groups, picks }, null).map(({ optionId, amount, portion }) => [optionId, amount, portion])).toEqual([
    ['filled', 'REGULAR', 'WHOLE'], ['mushrooms', 'EXTRA', 'WHOLE'], ['capers', 'NONE', 'WHOLE'],
  ]);
});

test('another crust, or more of something, leaves a pizza as it comes; another topping doesn\'t', () => {
  expect(isAsItComes({ groups, picks: picked(crust, picked(given, as, 'capers', 'EXTRA'), 'filled', 'REGULAR') })).toBe(true);
  expect(isAsItComes({ groups, picks: picked(extras, as, 'ham', 'REGULAR') })).toBe(false);
  expect(isAsItComes({ groups, picks: picked(given, as, 'capers', null) })).toBe(false);
});

test('the same on both halves is on the whole', () => {
  const left = picked(extras, picked(extras, as, 'ham', 'REGULAR'), 'onions', 'LIGHT');
  const right = picked(given, picked(extras, as, 'ham', 'REGULAR'), 'olives', null);
  expect(chosenOptions({ groups, picks: left }, { groups, picks: right }).map(({ optionId, portion }) => [optionId, portion])).toEqual([
    ['ham', 'WHOLE'], ['onions', 'FIRST'], ['olives', 'SECOND'],
  ]);
});

test('what is sold out in a size is not on it, and comes back with another size', () => {
  const picks = picked(extras, as, 'ham', 'REGULAR');
  expect(settled({ groups, picks }, 'LARGE').has('ham')).toBe(false);
  expect(settled({ groups, picks }, 'MEDIUM').has('ham')).toBe(true);
});

test.each([[0, null], [2, null], [3, 'TOO_MANY']] as const)('of up to two, %i are %s', (n, fault) => {
  const picks = extras.options.slice(0, n).reduce((some, { id }) => picked(extras, some, id, 'REGULAR'), as);
  expect(faultOf(extras, picks)).toBe(fault);
});

test('a crust has to be chosen', () => {
  expect(faultOf(crust, new Map())).toBe('TOO_FEW');
  expect(faultOf(crust, as)).toBeNull();
});

test('dishes share a pizza if they are split in that size, and need nothing that the other hasn\'t', () => {
  const dish: ChoicesFragment = { id: 'd', halves: { toppingPercent: 50, sizes: ['LARGE'] }, optionGroups: groups };
  const all: HalfMatesQuery['menu'] = [
    { id: 'fits', halves: { sizes: ['LARGE'] }, optionGroups: [{ id: 'crust', min: 1, halves: false }, { id: 'other', min: 1, halves: true }] },
    { id: 'small', halves: { sizes: ['SMALL'] }, optionGroups: [] },
    { id: 'whole', halves: null, optionGroups: [] },
    { id: 'base', halves: { sizes: ['LARGE'] }, optionGroups: [{ id: 'base', min: 1, halves: false }] },
  ];
  expect([...mates(dish, all, 'LARGE')]).toEqual(['fits']);
});

test('an option on one half costs its part, rounded half up', () => {
  expect(optionPrice(extras.options[0]!, 'MEDIUM', 50)).toBe(73);
  expect(optionPrice(extras.options[0]!, 'MEDIUM', 100)).toBe(145);
});
