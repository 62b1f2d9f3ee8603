import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { SignedInFragment } from '../../shared/api/gql/graphql.ts';
import { AddressFields } from '../checkout/address-fields.tsx';
import { addressOf, emptyForm } from '../checkout/checkout.rules.ts';
import { mostAddresses, withAddress, withoutAddress } from './addresses.rules.ts';
import { useProfile } from './profile.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

/** Where deliveries may go. */
export function Addresses({ viewer }: { viewer: SignedInFragment }) {
  const { t } = useLingui();
  const saving = useSaving();
  const change = useProfile();
  const [form, setForm] = useState(emptyForm);
  const { addresses } = viewer;
  const add = (event: FormEvent) => {
    event.preventDefault();
    void saving.save(() => change({ addresses: withAddress(addresses, addressOf(form)) })).then((done) => done && setForm(emptyForm));
  };
  return (
    <section>
      <h2>
        <Trans>Addresses</Trans>
      </h2>
      {addresses.length > 0 && (
        <ul className="rows">
          {addresses.map(({ street, postalCode, city, notes }, i) => (
            <li key={i}>
              <span>
                <b>{street}</b> {postalCode} {city}
                {notes && <small>{notes}</small>}
              </span>
              <button
                type="button"
                className="plain"
                aria-label={t`Remove ${street}`}
                disabled={saving.isBusy}
                onClick={() => void saving.save(() => change({ addresses: withoutAddress(addresses, i) }))}
              >
                <Trans>Remove</Trans>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Saved {...saving} />
      {addresses.length < mostAddresses && (
        <details>
          <summary>
            <Trans>Add an address</Trans>
          </summary>
          <form onSubmit={add}>
            <AddressFields form={form} set={(part) => setForm({ ...form, ...part })} known={[]} lacking={[]} />
            <button type="submit" className="button" disabled={saving.isBusy}>
              <Trans>Add it</Trans>
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
