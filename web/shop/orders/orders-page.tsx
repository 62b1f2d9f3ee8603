import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { OrdersDocument, type OrdersQuery } from '../../shared/api/gql/graphql.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import { money } from '../../shared/money/money.ts';
import { wallDate } from '../../shared/time/time.ts';
import { chosenOf, orderedAgain } from '../cart/cart.rules.ts';
import { Chosen, lineName } from '../dish/chosen.tsx';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { Failed } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { GuestOrders } from './guest-orders-list.tsx';
import { notAmong } from './guest-orders.rules.ts';
import { guestOrders } from './guest-orders.ts';
import { useShop } from '../shop.tsx';
import { headline } from '../tracker/words.ts';
import './orders-page.css';

type PastOrder = OrdersQuery['orders']['nodes'][number];

/** Everything that the viewer ever ordered, newest first, and before it what was ordered on this device without an account. */
export function OrdersPage() {
  const { t } = useLingui();
  const { viewer } = useShop();
  const heading = usePage(t`Your orders`);
  const [known, know] = useState<readonly string[]>([]);
  if (viewer === undefined) return <PageSkeleton />;
  const asGuest = notAmong(guestOrders(), known);
  if (viewer === null && !asGuest.length) return <Redirect to={paths.signIn(paths.orders())} replace />;
  return (
    <>
      <Header />
      <main className="orders-page">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Your orders</Trans>
        </h1>
        {asGuest.length > 0 && <GuestOrders orders={asGuest} isSignedIn={viewer !== null} />}
        {viewer && <OrderList after={null} isFirst={!asGuest.length} know={know} />}
      </main>
    </>
  );
}

/** A page of orders, and below it the next one, once it is wanted. */
function OrderList({ after, isFirst, know }: { after: string | null; isFirst: boolean; know: (more: (ids: readonly string[]) => readonly string[]) => void }) {
  const { data, failure, again } = useAsk(OrdersDocument, { after });
  const [goesOn, goOn] = useState(false);
  useEffect(() => {
    if (data) know((ids) => [...new Set([...ids, ...data.orders.nodes.map(({ id }) => id)])]);
  }, [data, know]);
  if (failure) return <Failed code={failure} again={again} />;
  if (!data) return <div className="orders waiting" aria-busy="true" />;
  const { nodes, pageInfo } = data.orders;
  if (!after && !nodes.length) return isFirst ? <NoneYet /> : null;
  return (
    <>
      <ul className="orders">
        {nodes.map((order) => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
      {pageInfo.hasNextPage &&
        (goesOn ? (
          <OrderList after={pageInfo.endCursor ?? null} isFirst={false} know={know} />
        ) : (
          <button type="button" className="button" onClick={() => goOn(true)}>
            <Trans>Earlier ones</Trans>
          </button>
        ))}
    </>
  );
}

function NoneYet() {
  return (
    <div className="none-yet">
      <p>
        <Trans>Nothing yet. The first one is the hardest to choose.</Trans>
      </p>
      <Link className="button main" href={paths.front()}>
        <Trans>To the menu</Trans>
      </Link>
    </div>
  );
}

function OrderCard({ order }: { order: PastOrder }) {
  const { i18n } = useLingui();
  const { cartOf } = useShop();
  const [, go] = useLocation();
  const { number, location, items, itemsCount: count, status, fulfillment } = order;
  const currency = { currency: order.currency, currencyDecimals: location.currencyDecimals };
  const named = ({ quantity, name, secondHalf: second }: PastOrder['items'][number]) =>
    (quantity > 1 ? `${quantity} × ` : '') + lineName({ name, second });
  const chosen = items.flatMap((item) => chosenOf(item));
  const again = () => {
    cartOf(location.id).change((lines) => orderedAgain(lines, items));
    go(paths.cart(location.slug));
  };
  return (
    <li>
      <div>
        <h2>
          <Link href={paths.order(order.id)}>{items.map(named).join(', ')}</Link>
        </h2>
        <p>
          {wallDate(order.placedAt, location.timeZone, i18n.locale)} · {location.name} · <Trans>Order {number}</Trans>
        </p>
        <Chosen options={chosen} />
        <p>{i18n._(headline(status, fulfillment))}</p>
      </div>
      <div className="sum">
        <b className="number">{money(order.totals.total, currency, i18n.locale)}</b>
        <small>
          <Plural value={count} one="# item" other="# items" />
        </small>
        <button type="button" className="button" onClick={again}>
          <Trans>Order again</Trans>
        </button>
      </div>
    </li>
  );
}
