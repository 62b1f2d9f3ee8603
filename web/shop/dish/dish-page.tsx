import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { DishFragment, ItemSize, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { bare, money } from '../../shared/money/money.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { added, mostPortions } from '../cart/cart.rules.ts';
import { paths } from '../routes.ts';
import { allergenName } from '../menu/allergens.ts';
import { Header } from '../shell/header.tsx';
import { NoSuchPage } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useLiveMenu, useShop } from '../shop.tsx';
import './dish-page.css';
import { DishPicture } from './dish-picture.tsx';
import { sizeName } from './sizes.ts';

/** One dish: what it is, how large, how many. */
export function DishPage({ place, id }: { place: PlaceFragment; id: string }) {
  const menu = useLiveMenu(place.id);
  const dish = useLive(menu.dishes, ({ things }) => things.get(id));
  const isLoaded = useLive(menu.dishes, ({ cursor }) => cursor !== '');
  if (!dish) return isLoaded ? <NoSuchPage /> : <PageSkeleton />;
  return (
    <>
      <Header home={paths.menu(place.slug)} />
      <Choosing place={place} dish={dish} />
    </>
  );
}

function Choosing({ place, dish }: { place: PlaceFragment; dish: DishFragment }) {
  const { t, i18n } = useLingui();
  const heading = usePage(dish.name);
  const [, go] = useLocation();
  const cart = useShop().cartOf(place.id);
  const [chosen, choose] = useState<ItemSize | null>(null);
  const [quantity, count] = useState(1);
  const [instructions, instruct] = useState('');
  const left = dish.prices.filter(({ isAvailable }) => isAvailable);
  const offer = left.find(({ size }) => size === chosen) ?? left.find(({ size }) => size === 'MEDIUM') ?? left[0];
  const { name } = dish;
  const add = () => {
    if (!offer) return;
    const { size, price } = offer;
    cart.change((lines) => added(lines, { menuItemId: dish.id, size, quantity, instructions: instructions.trim(), name, price }));
    announce(t`${name} is in your order.`);
    go(paths.menu(place.slug));
  };
  return (
    <main className="dish-page" data-size={offer?.size}>
      <figure>
        <DishPicture dish={dish} />
      </figure>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Link href={paths.menu(place.slug)}>
          <span aria-hidden="true">←</span> <Trans>Back to the menu</Trans>
        </Link>
        <h1 ref={heading} tabIndex={-1}>
          {name}
        </h1>
        <p className="lead">{dish.description}</p>
        {dish.prices.length > 1 && (
          <fieldset>
            <legend>
              <Trans>Size</Trans>
            </legend>
            <div className="choices">
              {dish.prices.map(({ size, price, isAvailable }) => (
                <label key={size}>
                  <input type="radio" name="size" disabled={!isAvailable} checked={size === offer?.size} onChange={() => choose(size)} />
                  <span>
                    <b>{sizeName(i18n, size)}</b>
                    <em className="number">{isAvailable ? bare(price, place, i18n.locale) : <Trans>sold out</Trans>}</em>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <label className="field">
          <Trans>
            For the kitchen <i>if you like</i>
          </Trans>
          <input maxLength={500} value={instructions} onChange={(event) => instruct(event.target.value)} placeholder={t`Well done, cut in eight`} />
        </label>
        <p className="allergens">
          {dish.allergens.length ? (
            <>
              <b>
                <Trans>Contains</Trans>
              </b>{' '}
              {dish.allergens.map((allergen) => allergenName(i18n, allergen)).join(', ')}
            </>
          ) : (
            <Trans>None of the allergens that we list.</Trans>
          )}
        </p>
        {offer ? (
          <div className="buy">
            <div className="stepper">
              <button type="button" aria-label={t`One less`} disabled={quantity <= 1} onClick={() => count(quantity - 1)}>
                −
              </button>
              <output className="number">{quantity}</output>
              <button type="button" aria-label={t`One more`} disabled={quantity >= mostPortions} onClick={() => count(quantity + 1)}>
                +
              </button>
            </div>
            <button type="submit" className="button main">
              <Trans>Add</Trans> · <span className="number">{money(offer.price * quantity, place, i18n.locale)}</span>
            </button>
          </div>
        ) : (
          <p className="notice" role="status">
            <Trans>Sold out for now. This page tells as soon as there is more.</Trans>
          </p>
        )}
      </form>
    </main>
  );
}
