import { Trans, useLingui } from '@lingui/react/macro';
import type { Fulfillment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare, money } from '../../shared/money/money.ts';
import type { Totals } from './totals.rules.ts';

/** What it costs, and why. */
export function Sums({ place, totals, fulfillment }: { place: PlaceFragment; totals: Totals; fulfillment: Fulfillment }) {
  const { i18n } = useLingui();
  const amount = (cents: number) => bare(cents, place, i18n.locale);
  const tax = amount(totals.tax);
  return (
    <dl className="sums number">
      <div>
        <dt>
          <Trans>Food and drink</Trans>
        </dt>
        <dd>{amount(totals.subtotal)}</dd>
      </div>
      {fulfillment === 'DELIVERY' && (
        <div>
          <dt>
            <Trans>Delivery</Trans>
          </dt>
          <dd>{amount(totals.deliveryFee)}</dd>
        </div>
      )}
      {!place.pricesIncludeTax && (
        <div>
          <dt>
            <Trans>Tax</Trans>
          </dt>
          <dd>{tax}</dd>
        </div>
      )}
      {totals.tip > 0 && (
        <div>
          <dt>
            <Trans>Tip</Trans>
          </dt>
          <dd>{amount(totals.tip)}</dd>
        </div>
      )}
      <div className="total">
        <dt>
          <Trans>Total</Trans>
          {place.pricesIncludeTax && (
            <small>
              <Trans>includes {tax} tax</Trans>
            </small>
          )}
        </dt>
        <dd>{money(totals.total, place, i18n.locale)}</dd>
      </div>
    </dl>
  );
}
