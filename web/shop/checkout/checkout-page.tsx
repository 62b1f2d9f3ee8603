import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { FulfillmentSwitch } from '../menu/fulfillment-switch.tsx';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useLiveMenu, useShop } from '../shop.tsx';
import './checkout-page.css';
import { CheckoutForm } from './checkout-form.tsx';

/** From the cart to an order: who, where, how it is paid, and one button. */
export function CheckoutPage({ place }: { place: PlaceFragment }) {
  const { t } = useLingui();
  const { viewer, cartOf } = useShop();
  const menu = useLiveMenu(place.id);
  const heading = usePage(t`Checkout`);
  const isLoaded = useLive(menu.dishes, ({ cursor }) => cursor !== '');
  if (!isLoaded || viewer === undefined) return <PageSkeleton />;
  return (
    <>
      <Header home={paths.menu(place.slug)}>
        <FulfillmentSwitch cart={cartOf(place.id)} />
      </Header>
      <main className="checkout">
        <div className="intro">
          <Link href={paths.menu(place.slug)}>
            <span aria-hidden="true">←</span> <Trans>Back to the menu, nothing is lost</Trans>
          </Link>
          <h1 ref={heading} tabIndex={-1}>
            <Trans>Nearly yours.</Trans>
          </h1>
        </div>
        <CheckoutForm key={viewer?.id ?? 'guest'} place={place} menu={menu} viewer={viewer} />
      </main>
    </>
  );
}
