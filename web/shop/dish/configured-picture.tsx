import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf, recipeWith } from '../../shared/ui/pizza-recipe.ts';
import { isAsItComes, ofHalves } from '../configurator/choices.rules.ts';
import type { Side } from '../configurator/use-configurator.ts';
import { Photo } from './photo.tsx';

const onItsPage = '(max-width: 56rem) 20rem, 33rem'; // as dish-page.css has it

/**
 * A dish as it is chosen: what is added lies on it, what is left out doesn't, and halves may differ. Crusts and dips aren't drawn. A photo
 * shows a pizza as it comes, and nothing else: once something else is on it, it is drawn.
 */
export function ConfiguredPicture({ first, second }: { first: Side; second: Side | null }) {
  const { dish } = first;
  const { image } = dish;
  const drawn = dish.isPizza ? <Pizza recipe={recipe(first)} second={second && recipe(second)} /> : <Drawing category={dish.category} name={dish.name} />;
  const isPictured = !dish.isPizza || (!second && isAsItComes(first));
  return image && isPictured ? <Photo key={image.sizes[0]?.url} image={image} sizes={onItsPage} instead={drawn} /> : drawn;
}

function recipe({ dish, groups, picks }: Side) {
  const options = ofHalves(groups).flatMap((group) => group.options);
  const names = (some: typeof options) => some.map(({ name }) => name).join('. ');
  return recipeWith(recipeOf(dish), {
    more: names(options.filter(({ id }) => picks.has(id))),
    less: names(options.filter(({ id, isDefault }) => isDefault && !picks.has(id))),
  });
}
