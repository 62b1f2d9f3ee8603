import { Trans, useLingui } from '@lingui/react/macro';
import type { SignedInFragment } from '../../shared/api/gql/graphql.ts';
import type { CheckoutForm, Field } from './checkout.rules.ts';

type Fields = Pick<CheckoutForm, 'street' | 'postalCode' | 'city' | 'notes'>;

/** An address: one that is known, or another. */
export function AddressFields({ form, set, known, lacking }: {
  form: Fields;
  set: (part: Partial<Fields>) => void;
  known: SignedInFragment['addresses'];
  lacking: readonly Field[];
}) {
  const { t } = useLingui();
  const isLacking = lacking.some((field) => field === 'street' || field === 'postalCode' || field === 'city');
  const field = (name: keyof Fields) => ({
    name,
    value: form[name],
    'aria-invalid': name !== 'notes' && lacking.includes(name),
    'aria-describedby': name !== 'notes' && lacking.includes(name) ? 'lacking' : undefined,
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const isSame = (address: Fields['street'], code: string) => address === form.street && code === form.postalCode;
  return (
    <>
      {known.length > 0 && (
        <div className="choices known" role="radiogroup" aria-label={t`Your addresses`}>
          {known.map(({ street, postalCode, city, notes }, i) => (
            <label key={i}>
              <input
                type="radio"
                name="known"
                checked={isSame(street, postalCode)}
                onChange={() => set({ street, postalCode, city, notes: notes ?? '' })}
              />
              <span>
                <b>{street}</b>
                {postalCode} {city}
              </span>
            </label>
          ))}
        </div>
      )}
      <div className="grid">
        <label className="field all">
          <Trans>Street and number</Trans>
          <input autoComplete="street-address" required maxLength={200} {...field('street')} />
        </label>
        <label className="field">
          <Trans>Postcode</Trans>
          <input autoComplete="postal-code" required maxLength={20} {...field('postalCode')} />
        </label>
        <label className="field">
          <Trans>Town</Trans>
          <input autoComplete="address-level2" required maxLength={100} {...field('city')} />
        </label>
        <label className="field all">
          <Trans>
            How to find you <i>if you like</i>
          </Trans>
          <input maxLength={500} placeholder={t`Blue door, ring twice`} {...field('notes')} />
        </label>
      </div>
      {isLacking && (
        <p className="wrong" id="lacking" role="alert">
          <Trans>We need street, postcode and town to find you.</Trans>
        </p>
      )}
    </>
  );
}
