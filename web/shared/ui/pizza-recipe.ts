import type { PizzaRecipe } from './pizza.shapes.ts';
import type { Topping } from './topping.shapes.ts';

/** What everybody may read of a dish. */
export interface Described {
  readonly name: string;
  readonly description: string;
  readonly allergens: readonly string[];
}

// In the order in which they are laid on: what melts first, what is laid on after the oven last.
const words: readonly (readonly [Topping, RegExp])[] = [
  ['potatoes', /potato|patat|kartoffel/],
  ['mozzarella', /mozzarella|fior di latte|margherita|bufala/],
  ['gorgonzola', /gorgonzola|blue/],
  ['ricotta', /ricotta/],
  ['ham', /(?<!cured )\bham\b|cotto|schinken/],
  ['tuna', /tuna|tonno|thunfisch/],
  ['sausage', /sausage|salsiccia/],
  ['salami', /salami|pepperoni|'nduja|spianata/],
  ['aubergines', /aubergine|eggplant|melanzan/],
  ['mushrooms', /mushroom|funghi|pilze?\b/],
  ['artichokes', /artichoke|carciof|artischock/],
  ['onions', /onion|cipoll|zwiebel/],
  ['peppers', /peppers\b|peperoni\b|paprika/],
  ['yellow peppers', /peppers\b|peperoni\b|paprika/],
  ['tomatoes', /cherry tomato|pomodorin|datterin/],
  ['pears', /pear\b|pears\b|pera\b|birne/],
  ['walnuts', /walnut|noci\b|walnuss/],
  ['prawns', /prawn|shrimp|gamber/],
  ['anchovies', /anchov|acciugh|sardell/],
  ['capers', /caper|kaper/],
  ['olives', /olives\b|\bolive\b(?! oil)|oliven\b/],
  ['garlic', /garlic|aglio|knoblauch/],
  ['chilli', /chilli|chili|peperoncin|devil|diavol/],
  ['lemons', /lemon|limon|zitrone/],
  ['burrata', /burrata/],
  ['prosciutto', /cured ham|prosciutto crudo|parma/],
  ['rocket', /rocket|rucola|arugula/],
  ['parmesan', /parmesan|parmigiano|grana/],
  ['rosemary', /rosemary|rosmarin/],
  ['basil', /basil|margherita/],
  ['oil', /\boil\b|olio\b/],
];

/** Reads from a dish's name and description what lies on it: the recipe itself is the kitchen's. */
export function recipeOf({ name, description, allergens }: Described): PizzaRecipe {
  const text = `${name}. ${description}`.toLowerCase();
  const white = /white base|bianca|\bwhite\b|potato|mushrooms, garlic|a corner each/.test(text) && !/tomato/.test(text);
  return {
    sauce: white ? 'white' : 'tomato',
    cheese: !/no cheese/.test(text) && allergens.some((allergen) => /milk|latte|milch/i.test(allergen)) && !/burrata over/.test(text),
    toppings: toppingsIn(text),
  };
}

const toppingsIn = (text: string) => words.filter(([, pattern]) => pattern.test(text)).map(([topping]) => topping);

/** With what a text names beside it, and without what another one names. */
export function recipeWith(recipe: PizzaRecipe, { more, less }: { readonly more: string; readonly less: string }): PizzaRecipe {
  const [added, left] = [toppingsIn(more.toLowerCase()), toppingsIn(less.toLowerCase())];
  const all = new Set([...recipe.toppings.filter((topping) => !left.includes(topping)), ...added]);
  return { ...recipe, toppings: words.map(([topping]) => topping).filter((topping) => all.has(topping)) };
}
