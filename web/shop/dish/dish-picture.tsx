import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf } from '../../shared/ui/pizza-recipe.ts';

type Pictured = Pick<DishFragment, 'name' | 'description' | 'allergens' | 'isPizza' | 'category'>;

/** A dish as it is drawn: a pizza from its recipe, anything else by its kind. */
export function DishPicture({ dish, second }: { dish: Pictured; second?: Pictured | null | undefined }) {
  return dish.isPizza ? <Pizza recipe={recipeOf(dish)} second={second && recipeOf(second)} /> : <Drawing category={dish.category} name={dish.name} />;
}
