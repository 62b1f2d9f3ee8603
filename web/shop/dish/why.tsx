import { Trans, useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import type { Preview } from '../cart/cart.rules.ts';
import { Basis } from './why-basis.tsx';

/** How the price of a line comes about, where it isn't the dish's alone. */
export function Why({ place, preview, second }: { place: PlaceFragment; preview: Preview; second: string | undefined }) {
  const { i18n } = useLingui();
  const reasons = preview.priceLines.filter(({ item, kind }) => item === 0 && kind !== 'DISCOUNT');
  if (reasons.length < 2) return null;
  return (
    <dl className="sums why number">
      {reasons.map(({ kind, label, amount, bases }, i) => (
        <div key={i}>
          <dt>
            {kind !== 'HALVES' ? label : label === second ? <Trans>{label} on the other half</Trans> : <Trans>Two halves on one pizza</Trans>}
            <Basis bases={bases} currency={place} />
          </dt>
          <dd>{amount || kind !== 'OPTION' ? bare(amount, place, i18n.locale) : <Trans>free</Trans>}</dd>
        </div>
      ))}
    </dl>
  );
}
