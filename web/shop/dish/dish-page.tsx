import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { DishFragment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { bare, money } from '../../shared/money/money.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { added, type CartLine, costOf, itemOf, mostPortions } from '../cart/cart.rules.ts';
import { usePreview } from '../cart/use-preview.ts';
import { ConfiguratorFields } from '../configurator/configurator.tsx';
import { useConfigurator } from '../configurator/use-configurator.ts';
import { allergenName } from '../../shared/ui/allergens.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { NoSuchPage } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useCart, useLiveMenu, useShop } from '../shop.tsx';
import { lineName } from './chosen.tsx';
import { ConfiguredPicture } from './configured-picture.tsx';
import './dish-page.css';
import { sizeName } from './sizes.ts';
import { Why } from './why.tsx';

/** One dish: what it is, how large, what is on it, how many. */
export function DishPage({ place, id }: { place: PlaceFragment; id: string }) {
  const menu = useLiveMenu(place.id);
  const dish = useLive(menu.dishes, ({ things }) => things.get(id));
  const isLoaded = useLive(menu.dishes, ({ cursor }) => cursor !== '');
  if (!dish) return isLoaded ? <NoSuchPage /> : <PageSkeleton />;
  return (
    <>
      <Header home={paths.menu(place.slug)} />
      <Choosing place={place} dish={dish} menu={menu} />
    </>
  );
}

function Choosing({ place, dish, menu }: { place: PlaceFragment; dish: DishFragment; menu: Menu }) {
  const { t, i18n } = useLingui();
  const heading = usePage(dish.name);
  const dishes = useLive(menu.dishes, ({ things }) => things);
  const configurator = useConfigurator(place, dish);
  const { size, first, second, what, isFaulty } = configurator;
  const [quantity, count] = useState(1);
  const [instructions, instruct] = useState('');
  const [isTried, setTried] = useState(false);
  const offer = dish.prices.find((price) => price.size === size);
  const line: CartLine | null = offer
    ? { menuItemId: dish.id, size: offer.size, quantity, instructions: instructions.trim(), ...what, name: dish.name, price: offer.price }
    : null;
  const { cost, isCurrent, failure, preview } = useCost(place, line && !isFaulty ? line : null, dishes);
  const adding = useAdding(place, line && cost !== null && isCurrent ? { ...line, price: cost / quantity } : null);
  const allergens = preview?.allergens[0] ?? dish.allergens;
  const isShort = isCurrent && preview?.problems.some(({ item }) => item === 0);
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (!isFaulty) return adding.add();
    const form = event.currentTarget; // what is missing is told when it has been drawn
    setTimeout(() => form.querySelector<HTMLElement>('[data-wrong] input:not(:disabled)')?.focus());
  };
  return (
    <main className="dish-page" data-size={size}>
      <figure>
        <ConfiguredPicture first={first} second={second} />
      </figure>
      <form noValidate onSubmit={add}>
        <Link href={paths.menu(place.slug)}>
          <span aria-hidden="true">←</span> <Trans>Back to the menu</Trans>
        </Link>
        <h1 ref={heading} tabIndex={-1}>
          {dish.name}
        </h1>
        <p className="lead">{dish.description}</p>
        {dish.prices.length > 1 && (
          <fieldset>
            <legend>
              <Trans>Size</Trans>
            </legend>
            <div className="choices sizes">
              {dish.prices.map(({ size: one, price, isAvailable }) => (
                <label key={one}>
                  <input type="radio" name="size" disabled={!isAvailable} checked={one === size} onChange={() => configurator.resize(one)} />
                  <span>
                    <b>{sizeName(i18n, one)}</b>
                    <em className="number">{isAvailable ? bare(price, place, i18n.locale) : <Trans>sold out</Trans>}</em>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <ConfiguratorFields place={place} dish={dish} dishes={dishes} configurator={configurator} isTried={isTried} />
        <label className="field">
          <Trans>
            For the kitchen <i>if you like</i>
          </Trans>
          <input maxLength={500} value={instructions} onChange={(event) => instruct(event.target.value)} placeholder={t`Well done, cut in eight`} />
        </label>
        <p className="allergens">
          {allergens.length ? (
            <>
              <b>
                <Trans>Contains</Trans>
              </b>{' '}
              {allergens.map((allergen) => allergenName(i18n, allergen)).join(', ')}
            </>
          ) : (
            <Trans>None of the allergens that we list.</Trans>
          )}
        </p>
        {offer && preview && <Why place={place} preview={preview} second={what.second?.name} />}
        {failure && (
          <p className="notice bad" role="alert">
            {refusal(i18n, failure)}
          </p>
        )}
        {isShort && (
          <p className="notice" role="alert">
            {quantity > 1 ? (
              <Trans>Not so many are left. Take fewer.</Trans>
            ) : (
              <Trans>It can't be made like this just now. Change something of it.</Trans>
            )}
          </p>
        )}
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
            <button type="submit" className="button main" aria-busy={adding.isWaiting}>
              <Trans>Add</Trans> ·{' '}
              <span className="number" data-old={!isCurrent || undefined}>
                {money(cost ?? offer.price * quantity, place, i18n.locale)}
              </span>
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

/** What a line costs, by the server, which is also told to who listens. What it said last stays until it says something else. */
function useCost(place: PlaceFragment, line: CartLine | null, since: unknown) {
  const { t, i18n } = useLingui();
  const { fulfillment } = useCart(useShop().cartOf(place.id));
  const input = line && { locationId: place.id, fulfillment, items: [itemOf({ ...line, instructions: '' })] };
  const { said, isCurrent, failure } = usePreview(input, since);
  const cost = said && costOf(said.preview, 0);
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (cost === null || !isCurrent) return;
    const price = money(cost, place, i18n.locale);
    if (told.current !== null && told.current !== cost) announce(t`${price} now.`);
    told.current = cost;
  }, [cost, isCurrent, place, t, i18n]);
  return { cost, isCurrent, failure, preview: said?.preview };
}

/** Adds a line as soon as it is known what it costs. */
function useAdding(place: PlaceFragment, line: CartLine | null) {
  const { t } = useLingui();
  const [, go] = useLocation();
  const cart = useShop().cartOf(place.id);
  const [isWaiting, wait] = useState(false);
  const add = () => {
    if (!line) return wait(true);
    const name = lineName(line);
    cart.change((lines) => added(lines, line));
    announce(t`${name} is in your order.`);
    go(paths.menu(place.slug));
  };
  const once = useRef(add);
  useEffect(() => {
    once.current = add;
  });
  const isKnown = line !== null;
  useEffect(() => {
    if (isWaiting && isKnown) once.current();
  }, [isWaiting, isKnown]);
  return { add, isWaiting };
}
