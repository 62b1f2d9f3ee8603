import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { DishFragment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { added } from '../cart/cart.rules.ts';
import { DishPicture } from '../dish/dish-picture.tsx';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';
import { allergenName } from '../../shared/ui/allergens.ts';
import { dietName } from './diets.ts';
import { fromPrice } from './menu.rules.ts';

/** A dish on the menu, and which of its allergens the reader has to have left out. Where nothing is to be chosen, it is added at once. */
export function DishCard({ dish, place, leftOut }: { dish: DishFragment; place: PlaceFragment; leftOut: readonly string[] }) {
  const { i18n } = useLingui();
  const { price, isFrom } = fromPrice(dish);
  const isPlain = dish.prices.length === 1 && !dish.optionGroups.length;
  const amount = bare(price, place, i18n.locale);
  const allergens = new Intl.ListFormat(i18n.locale).format(leftOut.map((allergen) => allergenName(i18n, allergen)));
  return (
    <li className={dish.isAvailable ? 'dish' : 'dish gone'}>
      <Link href={paths.dish(place.slug, dish.id)}>
        <div className="pic">
          <DishPicture dish={dish} />
        </div>
        <h3>{dish.name}</h3>
        <p>{dish.description}</p>
        {!!leftOut.length && (
          <p className="without">
            <Trans>Can be made without: {allergens}</Trans>
          </p>
        )}
        <div className="price">
          <span className="number">{isFrom ? <Trans>from {amount}</Trans> : amount}</span>
          {dish.diet && <small>{dietName(i18n, dish.diet)}</small>}
          {!dish.isAvailable && (
            <span className="tag">
              <Trans>sold out</Trans>
            </span>
          )}
          {dish.isAvailable && !isPlain && (
            <span className="plus" aria-hidden="true">
              +
            </span>
          )}
        </div>
      </Link>
      {dish.isAvailable && isPlain && <AddAtOnce dish={dish} place={place} />}
    </li>
  );
}

function AddAtOnce({ dish, place }: { dish: DishFragment; place: PlaceFragment }) {
  const { t } = useLingui();
  const cart = useShop().cartOf(place.id);
  const { size, price } = dish.prices[0]!;
  const { name } = dish;
  const add = () => {
    cart.change((lines) => added(lines, { menuItemId: dish.id, size, quantity: 1, instructions: '', options: [], second: null, name, price }));
    announce(t`${name} is in your order.`);
  };
  return (
    <button type="button" className="plus" aria-label={t`Add ${name}`} onClick={add}>
      +
    </button>
  );
}
