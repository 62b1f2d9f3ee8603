import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf, recipeWith } from '../../shared/ui/pizza-recipe.ts';
import type { ChosenFragment, DrawnFragment, MadeFragment } from '../gql/graphql.ts';
import { useDishes } from '../kitchen.tsx';

/** What is to be made, as the customer saw it: what was added lies on it, what was left out doesn't, and halves may differ. */
export function Picture({ made }: { made: MadeFragment }) {
  const dishes = useDishes();
  const [first, second] = [dishes.get(made.menuItemId), made.secondHalf && dishes.get(made.secondHalf.menuItemId)];
  if (first && !first.isPizza) return <Drawing category={first.category} name={made.name} />;
  const on = (portion: ChosenFragment['portion'], options: readonly ChosenFragment[]) => options.filter((option) => option.portion === portion || option.portion === 'WHOLE');
  const left = recipe(made.name, first, on('FIRST', made.options));
  if (made.secondHalf) {
    const whole = made.options.filter(({ portion }) => portion === 'WHOLE');
    return <Pizza recipe={left} second={recipe(made.secondHalf.name, second, [...whole, ...made.secondHalf.options])} />;
  }
  const differ = made.options.some(({ portion }) => portion !== 'WHOLE');
  return <Pizza recipe={left} second={differ ? recipe(made.name, first, on('SECOND', made.options)) : null} />;
}

// What isn't known of a dish any more is drawn from its name; with cheese, as most are.
function recipe(name: string, dish: DrawnFragment | null | undefined, options: readonly ChosenFragment[]) {
  const names = (some: readonly ChosenFragment[]) => some.map((option) => option.name).join('. ');
  return recipeWith(recipeOf(dish ?? { name, description: '', allergens: ['MILK'] }), {
    more: names(options.filter(({ isDefault, amount }) => !isDefault && amount !== 'NONE')),
    less: names(options.filter(({ amount }) => amount === 'NONE')),
  });
}
