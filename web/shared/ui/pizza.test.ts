import { expect, test } from 'vitest';
import { recipeOf } from './pizza-recipe.ts';
import { pizzaShapes, type PizzaRecipe } from './pizza.shapes.ts';
import { toppings, type Topping } from './topping.shapes.ts';

const margherita: PizzaRecipe = { sauce: 'tomato', cheese: true, toppings: ['mozzarella', 'basil'] };

test('a pizza is drawn the same way each time', () => {
  expect(pizzaShapes(margherita)).toEqual(pizzaShapes(margherita));
});

test('another topping moves nothing that lies there', () => {
  const plain = pizzaShapes(margherita);
  const more = pizzaShapes({ ...margherita, toppings: [...margherita.toppings, 'olives'] });
  expect(more.slice(0, plain.length)).toEqual(plain);
  expect(more.length).toBeGreaterThan(plain.length);
});

test.each(Object.keys(toppings) as Topping[])('%s stays on the pizza', (topping) => {
  const bare = pizzaShapes({ ...margherita, toppings: [] }).length;
  const paths = pizzaShapes({ ...margherita, toppings: [topping] }).slice(bare).map((shape) => shape.path).join('');
  // The numbers of an arc's radius are small as well, so that every number counts.
  const numbers = paths.match(/-?\d+(\.\d+)?/g)!.map(Number);
  expect(numbers.every((n) => Math.abs(n) < 90)).toBe(true);
});

test('what lies on a dish is read from what everybody may read', () => {
  const dish = (name: string, description: string, ...allergens: string[]) => recipeOf({ name, description, allergens });
  expect(dish('Margherita', 'Tomato, mozzarella and basil.', 'Gluten', 'Milk')).toEqual(margherita);
  expect(dish('Marinara', 'No cheese, no regrets: tomato, garlic and good oil.', 'Gluten')).toEqual({
    sauce: 'tomato', cheese: false, toppings: ['garlic', 'oil'],
  });
  expect(dish('Orchard Blue', 'Pear, gorgonzola and walnuts on a white base.', 'Gluten', 'Milk', 'Nuts')).toEqual({
    sauce: 'white', cheese: true, toppings: ['gorgonzola', 'pears', 'walnuts'],
  });
  expect(dish('Parma Rocket', 'Cured ham, rocket and parmesan, laid on after the oven.', 'Milk').toppings).toEqual(['prosciutto', 'rocket', 'parmesan']);
});
