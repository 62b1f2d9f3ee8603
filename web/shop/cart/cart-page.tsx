import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { FulfillmentSwitch } from '../menu/fulfillment-switch.tsx';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { usePage } from '../shell/use-page.ts';
import { useLiveMenu, useShop } from '../shop.tsx';
import { CartContent } from './cart-panel.tsx';
import './cart-page.css';

/** The cart on a page of its own, for windows that have no room beside the menu. */
export function CartPage({ place }: { place: PlaceFragment }) {
  const { t } = useLingui();
  const menu = useLiveMenu(place.id);
  const heading = usePage(t`Your order`);
  return (
    <>
      <Header home={paths.menu(place.slug)}>
        <FulfillmentSwitch cart={useShop().cartOf(place.id)} />
      </Header>
      <main className="cart-page">
        <Link href={paths.menu(place.slug)}>
          <span aria-hidden="true">←</span> <Trans>Back to the menu</Trans>
        </Link>
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Your order</Trans>
        </h1>
        <p>{place.name}</p>
        <CartContent place={place} menu={menu} />
      </main>
    </>
  );
}
