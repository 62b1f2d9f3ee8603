import { Trans, useLingui } from '@lingui/react/macro';
import { bare, type Currency, money } from '../../shared/money/money.ts';
import type { Preview } from './cart.rules.ts';

/** What all sums end with: tax, where it isn't in the prices, tip and total. */
export function TotalRows({ totals, currency }: { totals: Pick<Preview['totals'], 'tax' | 'taxIncluded' | 'tip' | 'total'>; currency: Currency }) {
  const { i18n } = useLingui();
  const [tax, tip] = [totals.tax, totals.tip].map((cents) => bare(cents, currency, i18n.locale));
  return (
    <>
      {!totals.taxIncluded && (
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
          <dd>{tip}</dd>
        </div>
      )}
      <div className="total">
        <dt>
          <Trans>Total</Trans>
          {totals.taxIncluded && (
            <small>
              <Trans>includes {tax} tax</Trans>
            </small>
          )}
        </dt>
        <dd>{money(totals.total, currency, i18n.locale)}</dd>
      </div>
    </>
  );
}
