import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useConnection, useLive } from '../../shared/live/use-live.ts';
import { useIsOffline } from '../../shared/live/use-is-offline.ts';
import { money } from '../../shared/money/money.ts';
import { wallSince } from '../../shared/time/time.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { orderable, portions } from '../cart/cart.rules.ts';
import { CartPanel } from '../cart/cart-panel.tsx';
import { useReviewed } from '../cart/use-reviewed.ts';
import { Headline } from '../front/headline.tsx';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { Failed } from '../shell/no-page.tsx';
import { usePage } from '../shell/use-page.ts';
import { useLiveMenu, useShop } from '../shop.tsx';
import { Deals } from './deals.tsx';
import { DishCard } from './dish-card.tsx';
import { Filters } from './filters.tsx';
import { FulfillmentSwitch } from './fulfillment-switch.tsx';
import type { Menu } from './menu.feed.ts';
import './menu-page.css';
import { categories, everything, searchOf, toLeaveOut, type Wanted, wantedOf } from './menu.rules.ts';

/** A location's menu, live, beside the cart. */
export function MenuPage({ place }: { place: PlaceFragment }) {
  const { places = [], cartOf } = useShop();
  const menu = useLiveMenu(place.id);
  const heading = usePage(place.name);
  return (
    <div className="shopfront">
      <Header home={paths.menu(place.slug)}>
        <FulfillmentSwitch cart={cartOf(place.id)} />
        {places.length > 1 ? (
          <Link className="where" href={paths.front()}>
            {place.name} <span aria-hidden="true">▾</span>
          </Link>
        ) : (
          <span className="where">{place.name}</span>
        )}
      </Header>
      <main>
        <section className="hero">
          <h1 ref={heading} tabIndex={-1}>
            <Headline />
          </h1>
        </section>
        <Deals place={place} menu={menu} />
        <Dishes place={place} menu={menu} />
      </main>
      <CartPanel place={place} menu={menu} />
      <CartBar place={place} menu={menu} />
    </div>
  );
}

function Dishes({ place, menu }: { place: PlaceFragment; menu: Menu }) {
  const { t, i18n } = useLingui();
  const search = useSearch();
  const [here, go] = useLocation();
  const dishes = useLive(menu.dishes, ({ things }) => things);
  const isLoaded = useLive(menu.dishes, ({ cursor }) => cursor !== '');
  const wanted = wantedOf(search);
  const shown = categories(dishes.values(), wanted, i18n.locale);
  const current = useCurrentCategory(shown.map(({ name }) => name).join('|'));
  const want = (now: Wanted) => {
    const asked = searchOf(now);
    go(asked ? `${here}?${asked}` : here, { replace: true });
    const found = categories(dishes.values(), now, i18n.locale).reduce((sum, { dishes }) => sum + dishes.length, 0);
    announce(t`${plural(found, { one: '# dish fits', other: '# dishes fit' })}`);
  };
  if (!isLoaded) return <Unloaded menu={menu} />;
  return (
    <>
      <div className="bar">
        <nav className="cats" aria-label={t`Menu`}>
          {shown.map(({ name }, i) => (
            <a key={name} href={`#c${i}`} aria-current={name === current ? 'true' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <Filters dishes={dishes} wanted={wanted} want={want} />
      </div>
      <NotLive menu={menu} place={place} />
      {shown.map(({ name, dishes: group }, i) => (
        <section key={name} id={`c${i}`} className="category" data-category={name} aria-labelledby={`h${i}`}>
          <h2 id={`h${i}`}>{name}</h2>
          <ul className="menu">
            {group.map((dish) => (
              <DishCard key={dish.id} dish={dish} place={place} leftOut={toLeaveOut(dish, wanted)} />
            ))}
          </ul>
        </section>
      ))}
      {shown.length === 0 && (
        <div className="nothing">
          <p>
            {dishes.size ? <Trans>Nothing on the menu fits that.</Trans> : <Trans>There is nothing on the menu yet.</Trans>}
          </p>
          {dishes.size > 0 && (
            <button type="button" className="button" onClick={() => want(everything)}>
              <Trans>Show everything</Trans>
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Unloaded({ menu }: { menu: Menu }) {
  const failure = useLive(menu.dishes, () => menu.failure());
  if (failure) return <Failed code={failure} again={() => void menu.load()} />;
  return (
    <ul className="menu waiting" aria-busy="true">
      {Array.from({ length: 6 }, (_, i) => (
        <li key={i} className="dish" />
      ))}
    </ul>
  );
}

/** Says in words that what is shown may be old. */
function NotLive({ menu, place }: { menu: Menu; place: PlaceFragment }) {
  const { i18n } = useLingui();
  const { keptAt } = useShop();
  const connection = useConnection(menu.feed);
  const at = connection.is === 'broken' ? (connection.since ?? keptAt) : connection.is === 'connecting' ? keptAt : null;
  const isOffline = useIsOffline();
  if (at === null) return null;
  const since = wallSince(at, place.timeZone, i18n.locale);
  return (
    <p className="notice" role="status">
      {isOffline || at === keptAt ? (
        <Trans>No network: the menu as of {since}. What is sold out, and prices, may have changed.</Trans>
      ) : (
        <Trans>Not live since {since}: what is sold out, and prices, may have changed.</Trans>
      )}
    </p>
  );
}

/** On narrow windows the way to the cart, which is beside the menu on wide ones. */
function CartBar({ place, menu }: { place: PlaceFragment; menu: Menu }) {
  const { i18n } = useLingui();
  const { basket, lines, preview } = useReviewed(place, menu);
  if (!basket.lines.length) return null;
  const count = portions(orderable(lines).map(({ line }) => line));
  return (
    <Link className="cart-bar" href={paths.cart(place.slug)}>
      <span>
        <Plural value={count} one="# item" other="# items" />
      </span>
      <b className="number">{preview && money(preview.totals.total, place, i18n.locale)}</b>
      <span>
        <Trans>Your order</Trans> <span aria-hidden="true">→</span>
      </span>
    </Link>
  );
}

/** Which category is being read. */
function useCurrentCategory(names: string) {
  const [current, setCurrent] = useState('');
  useEffect(() => {
    const sections = [...document.querySelectorAll<HTMLElement>('[data-category]')];
    const inView = new Set<Element>();
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) inView.add(target);
          else inView.delete(target);
        }
        setCurrent(sections.find((section) => inView.has(section))?.dataset['category'] ?? '');
      },
      { rootMargin: '-90px 0px -60% 0px' }, // below the bar that sticks to the top
    );
    for (const section of sections) seen.observe(section);
    return () => seen.disconnect();
  }, [names]);
  const all = names.split('|');
  return all.includes(current) ? current : all[0];
}
