import { expect, test } from 'vitest';
import { kindOf } from './drawing-kind.ts';

test.each([
  ['Drinks', 'House Red', 'wine'],
  ['Drinks', 'Cola', 'glass'],
  ['Drinks', 'Still Water', 'bottle'],
  ['Desserts', 'Tiramisu', 'dessert'],
  ['Insalate', 'Caprese', 'salad'],
  ['Sides', 'Garlic Bread', 'bread'],
  ['Specials', 'Something new', 'plate'],
])('%s, %s, is drawn as a %s', (category, name, kind) => expect(kindOf(category, name)).toBe(kind));
