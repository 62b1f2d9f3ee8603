import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { BasisFragment, Fulfillment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import type { Preview } from './cart.rules.ts';
import { TotalRows } from './total-rows.tsx';

/** What it costs, as the server said it, and why, if somebody explains it. What it hasn't said yet of what is asked now is pale. */
export function Sums({ place, preview, isCurrent, fulfillment, explain }: {
  place: PlaceFragment;
  preview: Preview | null;
  isCurrent: boolean;
  fulfillment: Fulfillment;
  explain?: (bases: readonly BasisFragment[]) => ReactNode;
}) {
  const { i18n } = useLingui();
  if (!preview) return <div className="sums waiting" aria-busy="true" />;
  const { totals, priceLines } = preview;
  const amount = (cents: number) => bare(cents, place, i18n.locale);
  return (
    <dl className="sums number" aria-busy={!isCurrent}>
      <div>
        <dt>
          <Trans>Food and drink</Trans>
        </dt>
        <dd>{amount(totals.subtotal)}</dd>
      </div>
      {priceLines
        .filter(({ kind }) => kind === 'DISCOUNT')
        .map(({ label, amount: off, bases }, i) => (
          <div key={i} className="off">
            <dt>
              {label}
              {explain?.(bases)}
            </dt>
            <dd>−{amount(-off)}</dd>
          </div>
        ))}
      {fulfillment === 'DELIVERY' && (
        <div>
          <dt>
            <Trans>Delivery</Trans>
            {explain?.(priceLines.find(({ kind }) => kind === 'DELIVERY_FEE')?.bases ?? [])}
          </dt>
          <dd>{totals.deliveryFee ? amount(totals.deliveryFee) : <Trans>free</Trans>}</dd>
        </div>
      )}
      <TotalRows totals={totals} currency={place} />
    </dl>
  );
}
