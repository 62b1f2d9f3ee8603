import { Trans, useLingui } from '@lingui/react/macro';
import type { DishFragment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { ofHalves, ofWhole } from './choices.rules.ts';
import './configurator.css';
import { GroupFields } from './group-fields.tsx';
import { HalvesFields } from './halves-fields.tsx';
import type { Configurator, Side } from './use-configurator.ts';

/** What can be chosen for a dish beside its size. */
export function ConfiguratorFields({ place, dish, dishes, configurator, isTried }: {
  place: PlaceFragment;
  dish: DishFragment;
  dishes: ReadonlyMap<string, DishFragment>;
  configurator: Configurator;
  isTried: boolean;
}) {
  const { i18n } = useLingui();
  const { choices, failure, again, size, first, second } = configurator;
  if (failure) {
    return (
      <div className="notice" role="alert">
        <p>{refusal(i18n, failure)}</p>
        <button type="button" className="button" onClick={again}>
          <Trans>Try again</Trans>
        </button>
      </div>
    );
  }
  if (!choices || !size) return null;
  const group = (side: Side, isHalf: boolean) => (one: Side['groups'][number]) => (
    <GroupFields key={one.id} group={one} side={side} size={size} place={place} isTried={isTried} isHalf={isHalf} />
  );
  // In the order of the menu: the halves take the place of the first of their groups.
  const firstOfHalves = first.groups.findIndex(({ halves }) => halves);
  const before = ofWhole(first.groups.slice(0, Math.max(firstOfHalves, 0)));
  const after = ofWhole(first.groups.slice(Math.max(firstOfHalves, 0)));
  return (
    <div className="configurator">
      <HalvesFields place={place} dish={dish} dishes={dishes} configurator={configurator} />
      {second ? (
        <>
          {before.map(group(first, false))}
          <div className="two">
            <section aria-labelledby="left">
              <h2 id="left">
                <small>
                  <Trans>Left half</Trans>
                </small>{' '}
                {first.dish.name}
              </h2>
              {ofHalves(first.groups).map(group(first, true))}
            </section>
            <section aria-labelledby="right">
              <h2 id="right">
                <small>
                  <Trans>Right half</Trans>
                </small>{' '}
                {second.dish.name}
              </h2>
              {ofHalves(second.groups).map(group(second, true))}
            </section>
          </div>
          {after.map(group(first, false))}
        </>
      ) : (
        first.groups.map(group(first, false))
      )}
    </div>
  );
}
