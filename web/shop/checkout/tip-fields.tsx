import { Trans, useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare, parsed } from '../../shared/money/money.ts';
import { tipOf } from '../cart/totals.rules.ts';
import type { CheckoutForm } from './checkout.rules.ts';

/** What the tip comes to; null if what was typed is no amount that can be paid. */
export function tipAmount(place: PlaceFragment, { tip, tipText }: CheckoutForm, subtotal: number): number | null {
  if (tip !== 'OTHER') return tipOf(place, subtotal, tip);
  const amount = parsed(tipText || '0', place);
  return amount === null || amount % place.amountStep ? null : amount;
}

export function TipFields({ place, form, set, subtotal, isWrong }: {
  place: PlaceFragment;
  form: CheckoutForm;
  set: (part: Partial<CheckoutForm>) => void;
  subtotal: number;
  isWrong: boolean;
}) {
  const { i18n } = useLingui();
  return (
    <>
      <div className="choices tips">
        {([0, 10, 15, 'OTHER'] as const).map((tip) => (
          <label key={tip}>
            <input type="radio" name="tip" checked={form.tip === tip} onChange={() => set({ tip })} />
            <span>
              <b>{tip === 0 ? <Trans>No tip</Trans> : tip === 'OTHER' ? <Trans>Other</Trans> : `${tip} %`}</b>
              {typeof tip === 'number' && tip > 0 && <em className="number">{bare(tipOf(place, subtotal, tip), place, i18n.locale)}</em>}
            </span>
          </label>
        ))}
      </div>
      {form.tip === 'OTHER' && (
        <label className="field other">
          <Trans>How much</Trans> <i>{place.currency}</i>
          <input
            name="tipText"
            inputMode="decimal"
            value={form.tipText}
            aria-invalid={isWrong}
            onChange={(event) => set({ tipText: event.target.value })}
          />
        </label>
      )}
      {isWrong && (
        <p className="wrong" role="alert">
          <Trans>Write the tip as an amount, like 2.50.</Trans>
        </p>
      )}
    </>
  );
}
