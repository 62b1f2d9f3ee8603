import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf } from '../../shared/ui/pizza-recipe.ts';
import { Photo } from './photo.tsx';

type Pictured = Pick<DishFragment, 'name' | 'description' | 'allergens' | 'isPizza' | 'category' | 'image'>;

const onTheMenu = '(max-width: 40rem) 7.4rem, 11.5rem'; // as menu-page.css has it, and screen.html

/** A dish: its photo, or as it is drawn, a pizza from its recipe, anything else by its kind. Two halves have no photo. */
export function DishPicture({ dish, second, sizes = onTheMenu }: { dish: Pictured; second?: Pictured | null | undefined; sizes?: string }) {
  const drawn = dish.isPizza ? <Pizza recipe={recipeOf(dish)} second={second && recipeOf(second)} /> : <Drawing category={dish.category} name={dish.name} />;
  return dish.image && !second ? <Photo key={dish.image.sizes[0]?.url} image={dish.image} sizes={sizes} instead={drawn} /> : drawn;
}
