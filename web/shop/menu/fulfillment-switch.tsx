import { Trans, useLingui } from '@lingui/react/macro';
import type { Cart } from '../cart/cart.ts';
import { useCart } from '../shop.tsx';
import './fulfillment-switch.css';

/** Brought, or fetched: it prices the cart anew. */
export function FulfillmentSwitch({ cart }: { cart: Cart }) {
  const { t } = useLingui();
  const { fulfillment } = useCart(cart);
  return (
    <div className="how" role="radiogroup" aria-label={t`How you get it`}>
      <label>
        <input type="radio" name="how" checked={fulfillment === 'DELIVERY'} onChange={() => cart.fulfill('DELIVERY')} />
        <span>
          <Trans>Delivery</Trans>
        </span>
      </label>
      <label>
        <input type="radio" name="how" checked={fulfillment === 'PICKUP'} onChange={() => cart.fulfill('PICKUP')} />
        <span>
          <Trans>Pickup</Trans>
        </span>
      </label>
    </div>
  );
}
