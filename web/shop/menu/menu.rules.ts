import type { Diet, DishFragment } from '../../shared/api/gql/graphql.ts';

/** What a reader looks for; it lives in the address of the page. */
export interface Wanted {
  readonly words: string;
  /** Fit for it; null: whatever it is. */
  readonly diet: Diet | null;
  /** Allergens that mustn't be in it, or can be left out. */
  readonly without: readonly string[];
}

export interface Category {
  readonly name: string;
  readonly dishes: readonly DishFragment[];
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const everything: Wanted = { words: '', diet: null, without: [] };

/** What fits, by category: pizza first, the others in the order in which they came; dishes go by name. */
export function categories(dishes: Iterable<DishFragment>, wanted: Wanted, language: string): readonly Category[] {
  const byName = new Intl.Collator(language).compare;
  const groups = new Map<string, DishFragment[]>();
  for (const dish of dishes) {
    if (!fits(dish, wanted)) continue;
    groups.set(dish.category, [...(groups.get(dish.category) ?? []), dish]);
  }
  const all = [...groups].map(([name, group]) => ({ name, dishes: group.toSorted((a, b) => byName(a.name, b.name)) }));
  const isPizza = ({ dishes }: Category) => dishes.some((dish) => dish.isPizza);
  return [...all.filter(isPizza), ...all.filter((category) => !isPizza(category))];
}

function fits(dish: DishFragment, { words, diet, without }: Wanted): boolean {
  if (diet && dish.diet !== diet && dish.diet !== 'VEGAN') return false;
  if (dish.allergens.some((allergen) => without.includes(allergen) && !dish.canBeWithout.includes(allergen))) return false;
  const text = plain(`${dish.name} ${dish.description} ${dish.category}`);
  return plain(words).split(/\s+/).every((word) => text.includes(word));
}

/** The allergens that the dish comes with, and that a choice of options has to leave out for a reader who wants it without. */
export function toLeaveOut(dish: DishFragment, { without }: Wanted): readonly string[] {
  return dish.canBeWithout.filter((allergen) => without.includes(allergen));
}

/** All allergens of a menu, by the names that the reader knows. */
export function allergens(dishes: Iterable<DishFragment>, language: string, name: (allergen: string) => string): readonly string[] {
  const all = new Set<string>([...dishes].flatMap((dish) => dish.allergens));
  const { compare } = new Intl.Collator(language);
  return [...all].toSorted((a, b) => compare(name(a), name(b)));
}

/** The cheapest price, of what can be had if anything can; and whether there are others. */
export function fromPrice({ prices }: DishFragment): { readonly price: number; readonly isFrom: boolean } {
  const left = prices.filter(({ isAvailable }) => isAvailable);
  const some = (left.length ? left : prices).map(({ price }) => price);
  const price = Math.min(...some);
  return { price, isFrom: some.some((other) => other !== price) };
}

export function wantedOf(search: string): Wanted {
  const asked = new URLSearchParams(search);
  const diet = asked.get('diet');
  return { words: asked.get('q') ?? '', diet: diet === 'VEGAN' || diet === 'VEGETARIAN' ? diet : null, without: asked.getAll('without') };
}

export function searchOf({ words, diet, without }: Wanted): string {
  const asked = new URLSearchParams(words.trim() ? { q: words } : {});
  if (diet) asked.set('diet', diet);
  for (const allergen of without) asked.append('without', allergen);
  return asked.toString();
}
