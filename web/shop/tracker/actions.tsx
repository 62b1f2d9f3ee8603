import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { send } from '../../shared/api/client.ts';
import { CancelOrderDocument, type TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { orderedAgain } from '../cart/cart.rules.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';
import { Amend } from './amend.tsx';
import { KeepInAccount } from './keep-in-account.tsx';
import type { OrderFeed } from './order.feed.ts';
import { Share } from './share.tsx';
import { isFinal } from './tracker.rules.ts';

/** What one can do with an order: call it off while one may, call the shop, order it again. */
export function Actions({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { cartOf } = useShop();
  const [, go] = useLocation();
  const { location, status } = order;
  const again = () => {
    cartOf(location.id).change((lines) => orderedAgain(lines, order.items));
    go(paths.cart(location.slug));
  };
  const isOwn = source.access.is !== 'LINK';
  return (
    <section className="acts">
      {!isOwn && (
        <p className="too-late">
          <Trans>You follow this order by a link. Whoever ordered it can change it.</Trans>
        </p>
      )}
      {isOwn && !isFinal(status) && <Share order={order} source={source} />}
      {isOwn && <Amend order={order} source={source} />}
      {isOwn && !isFinal(status) && <Cancel order={order} source={source} />}
      {location.phone && (
        <a className="button" href={`tel:${location.phone.replaceAll(' ', '')}`}>
          <Trans>Call the shop</Trans> · {location.phone}
        </a>
      )}
      {isOwn && (
        <button type="button" className="button" onClick={again}>
          <Trans>Order this again</Trans>
        </button>
      )}
      {source.access.is === 'GUEST' && <KeepInAccount orderId={order.id} />}
    </section>
  );
}

function Cancel({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { i18n } = useLingui();
  const { client } = source;
  const dialog = useRef<HTMLDialogElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    const { data, failure } = await send(client, CancelOrderDocument, { input: { orderId: order.id } });
    setBusy(false);
    if (data?.cancelOrder.order) source.orders.take(data.cancelOrder.order);
    setWrong(failure ?? data?.cancelOrder.userErrors[0]?.code ?? null);
    dialog.current?.close();
  };
  if (!order.allowedTransitions.includes('CANCELLED')) {
    return (
      <p className="too-late">
        <Trans>The kitchen has begun: it can't be cancelled here any more. Call us if something is wrong.</Trans>
      </p>
    );
  }
  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        <Trans>Cancel the order</Trans>
      </button>
      {wrong && (
        <p className="wrong" role="alert">
          {refusal(i18n, wrong)}
        </p>
      )}
      <dialog ref={dialog} aria-labelledby="cancel">
        <h2 id="cancel">
          <Trans>Cancel this order?</Trans>
        </h2>
        <p>
          <Trans>Nobody bakes it then. What is reserved on your card is released.</Trans>
        </p>
        <div className="buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            <Trans>Keep it</Trans>
          </button>
          <button type="button" className="button main" disabled={isBusy} onClick={() => void cancel()}>
            <Trans>Cancel it</Trans>
          </button>
        </div>
      </dialog>
    </>
  );
}
