import { expect, test } from 'vitest';
import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { allergens, categories, everything, fromPrice, searchOf, toLeaveOut, type Wanted, wantedOf } from './menu.rules.ts';

const dish = (name: string, category: string, more: Partial<DishFragment> = {}): DishFragment => ({
  id: name, version: 1, name, description: '', category, isPizza: category === 'Pizza', allergens: [], canBeWithout: [], diet: null, image: null, optionGroups: [], isAvailable: true,
  prices: [{ size: 'ONE_SIZE', price: 500, isAvailable: true }], ...more,
});
const menu = [
  dish('Rucola', 'Salads', { diet: 'VEGAN' }),
  dish('Margherita', 'Pizza', { description: 'Tomato, mozzarella', allergens: ['GLUTEN', 'MILK'], diet: 'VEGETARIAN' }),
  dish('Diavola', 'Pizza', { description: 'Spicy salami', allergens: ['GLUTEN', 'MILK'], canBeWithout: ['MILK'] }),
  dish('Crème brûlée', 'Desserts', { allergens: ['EGGS', 'MILK'] }),
];
const names = (wanted: Partial<Wanted>) =>
  categories(menu, { ...everything, ...wanted }, 'en').map((category) => [category.name, ...category.dishes.map(({ name }) => name)]);

test('pizza comes first, the others as they came, and dishes go by name', () => {
  expect(names(everything)).toEqual([['Pizza', 'Diavola', 'Margherita'], ['Salads', 'Rucola'], ['Desserts', 'Crème brûlée']]);
});

test('every word is looked for, in names, descriptions and categories, whatever its case and accents', () => {
  expect(names({ words: 'pizza SALAMI', without: [] })).toEqual([['Pizza', 'Diavola']]);
  expect(names({ words: 'creme brulee', without: [] })).toEqual([['Desserts', 'Crème brûlée']]);
  expect(names({ words: 'sushi', without: [] })).toEqual([]);
});

test('what has an allergen is left out', () => {
  expect(names({ words: '', without: ['GLUTEN'] })).toEqual([['Salads', 'Rucola'], ['Desserts', 'Crème brûlée']]);
  const italian = { EGGS: 'Uova', GLUTEN: 'Glutine', MILK: 'Latte' } as Record<string, string>;
  expect(allergens(menu, 'it', (allergen) => italian[allergen] ?? allergen)).toEqual(['GLUTEN', 'MILK', 'EGGS']);
});

test('what can be made without an allergen stays, and says so', () => {
  expect(names({ without: ['MILK'] })).toEqual([['Pizza', 'Diavola'], ['Salads', 'Rucola']]);
  expect(menu.map((one) => toLeaveOut(one, { ...everything, without: ['MILK', 'EGGS'] }))).toEqual([[], [], ['MILK'], []]);
});

test('what is vegan is vegetarian, too', () => {
  expect(names({ diet: 'VEGETARIAN' })).toEqual([['Pizza', 'Margherita'], ['Salads', 'Rucola']]);
  expect(names({ diet: 'VEGAN' })).toEqual([['Salads', 'Rucola']]);
});

test('a price is "from" only if there are others, of what can be had', () => {
  const sizes = (small: boolean) =>
    dish('x', 'Pizza', { prices: [{ size: 'SMALL', price: 700, isAvailable: small }, { size: 'MEDIUM', price: 900, isAvailable: true }] });
  expect(fromPrice(sizes(true))).toEqual({ price: 700, isFrom: true });
  expect(fromPrice(sizes(false))).toEqual({ price: 900, isFrom: false });
});

test('what is looked for is the same after it was an address', () => {
  const wanted = { words: 'tomato & basil', diet: 'VEGAN', without: ['MILK', 'EGGS'] } as const;
  expect(wantedOf(searchOf(wanted))).toEqual(wanted);
  expect(searchOf(everything)).toBe('');
  expect(wantedOf('diet=nonsense')).toEqual(everything);
});
