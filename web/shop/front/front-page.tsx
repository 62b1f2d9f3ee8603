import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { Pizza } from '../../shared/ui/pizza.tsx';
import type { PizzaRecipe } from '../../shared/ui/pizza.shapes.ts';
import { MenuPage } from '../menu/menu-page.tsx';
import { rememberedPlace } from '../place/remembered.ts';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { Failed } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useShop } from '../shop.tsx';
import { Headline } from './headline.tsx';
import './front-page.css';

/** The shop's front door: the menu of the only location, or which one it shall be. */
export function FrontPage() {
  const { places, failure, again } = useShop();
  if (failure) return <Failed code={failure} again={again} />;
  if (!places) return <PageSkeleton />;
  return places.length === 1 ? <MenuPage place={places[0]!} /> : <ChoosePlace />;
}

const sign: PizzaRecipe = { sauce: 'tomato', cheese: true, toppings: ['mozzarella', 'basil'] };

function ChoosePlace() {
  const { places = [] } = useShop();
  const { t } = useLingui();
  const heading = usePage(t`Mario's Pizzeria`);
  const last = rememberedPlace();
  const first = places.toSorted((a, b) => Number(b.slug === last) - Number(a.slug === last));
  return (
    <>
      <Header />
      <main className="front">
        <div className="sign">
          <Pizza recipe={sign} />
        </div>
        <h1 ref={heading} tabIndex={-1}>
          <Headline />
        </h1>
        <p>
          <Trans>Where shall we bake for you?</Trans>
        </p>
        <ul className="places">
          {first.map(({ id, slug, name, address, phone }) => (
            <li key={id}>
              <Link href={paths.menu(slug)}>
                <h2>{name}</h2>
                <p>
                  {address.street}
                  <br />
                  {address.postalCode} {address.city}
                </p>
                <p className="number">{phone}</p>
                <span className="button main">
                  <Trans>See the menu</Trans>
                </span>
                {slug === last && (
                  <small>
                    <Trans>You were here last</Trans>
                  </small>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}
