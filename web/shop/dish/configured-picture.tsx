import { Drawing } from '../../shared/ui/drawing.tsx';
import { Pizza } from '../../shared/ui/pizza.tsx';
import { recipeOf, recipeWith } from '../../shared/ui/pizza-recipe.ts';
import { ofHalves } from '../configurator/choices.rules.ts';
import type { Side } from '../configurator/use-configurator.ts';

/** A dish as it is chosen: what is added lies on it, what is left out doesn't, and halves may differ. Crusts and dips aren't drawn. */
export function ConfiguredPicture({ first, second }: { first: Side; second: Side | null }) {
  const { dish } = first;
  if (!dish.isPizza) return <Drawing category={dish.category} name={dish.name} />;
  return <Pizza recipe={drawn(first)} second={second && drawn(second)} />;
}

function drawn({ dish, groups, picks }: Side) {
  const options = ofHalves(groups).flatMap((group) => group.options);
  const names = (some: typeof options) => some.map(({ name }) => name).join('. ');
  return recipeWith(recipeOf(dish), {
    more: names(options.filter(({ id }) => picks.has(id))),
    less: names(options.filter(({ id, isDefault }) => isDefault && !picks.has(id))),
  });
}
