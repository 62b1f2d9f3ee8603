import { Trans, useLingui } from '@lingui/react/macro';
import { type DishFragment, HalfMatesDocument, type PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import { bare } from '../../shared/money/money.ts';
import { sizeName } from '../dish/sizes.ts';
import { mates } from './choices.rules.ts';
import type { Configurator } from './use-configurator.ts';

/** Whether the halves differ, and which dish is on the right one. */
export function HalvesFields({ place, dish, dishes, configurator }: {
  place: PlaceFragment;
  dish: DishFragment;
  dishes: ReadonlyMap<string, DishFragment>;
  configurator: Configurator;
}) {
  const { i18n } = useLingui();
  const { choices, size, second, share } = configurator;
  if (!choices?.halves || !size) return null;
  const sizes = new Intl.ListFormat(i18n.locale, { type: 'disjunction' }).format(choices.halves.sizes.map((one) => sizeName(i18n, one)));
  const canSplit = choices.halves.sizes.includes(size);
  return (
    <fieldset className="group halves">
      <legend>
        <Trans>One pizza, two halves</Trans>
      </legend>
      <div className="choices">
        <label>
          <input type="radio" name="halves" checked={!second} onChange={() => share(null)} />
          <span>
            <b>
              <Trans>All the same</Trans>
            </b>
          </span>
        </label>
        <label>
          <input type="radio" name="halves" disabled={!canSplit} checked={second !== null} onChange={() => share(dish)} />
          <span>
            <b>
              <Trans>Half and half</Trans>
            </b>
            {!canSplit && <Trans>in {sizes}</Trans>}
          </span>
        </label>
      </div>
      {second && <Mate place={place} dish={dish} dishes={dishes} configurator={configurator} second={second.dish} />}
    </fieldset>
  );
}

function Mate({ place, dish, dishes, configurator, second }: {
  place: PlaceFragment;
  dish: DishFragment;
  dishes: ReadonlyMap<string, DishFragment>;
  configurator: Configurator;
  second: DishFragment;
}) {
  const { i18n } = useLingui();
  const { choices, size, share } = configurator;
  const { data } = useAsk(HalfMatesDocument, { locationId: place.id });
  const priceOf = (one: DishFragment) => one.prices.find((price) => price.size === size);
  const fitting = data && choices && size ? mates(choices, data.menu, size) : new Set<string>();
  const others = [...dishes.values()]
    .filter((one) => one.id === dish.id || one.id === second.id || (fitting.has(one.id) && priceOf(one)?.isAvailable))
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.locale));
  return (
    <label className="field">
      <Trans>On the right half</Trans>
      <select value={second.id} onChange={(event) => share(dishes.get(event.target.value) ?? null)}>
        {others.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} · {bare(priceOf(one)?.price ?? 0, place, i18n.locale)}
          </option>
        ))}
      </select>
    </label>
  );
}
