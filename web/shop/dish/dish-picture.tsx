import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf } from '../../shared/ui/pizza-recipe.ts';

/** A dish as it is drawn: a pizza from its recipe, anything else by its kind. */
export function DishPicture({ dish }: { dish: Pick<DishFragment, 'name' | 'description' | 'allergens' | 'isPizza' | 'category'> }) {
  return dish.isPizza ? <Pizza recipe={recipeOf(dish)} /> : <Drawing category={dish.category} name={dish.name} />;
}
