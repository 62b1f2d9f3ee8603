import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { type AddressInput, type PlaceFragment, type SignedInFragment, UpdateProfileDocument } from '../../shared/api/gql/graphql.ts';
import { money } from '../../shared/money/money.ts';
import { mostAddresses, withAddress } from '../account/addresses.rules.ts';
import { orderable } from '../cart/cart.rules.ts';
import { missing } from '../cart/totals.rules.ts';
import { Sums } from '../cart/sums.tsx';
import { useReviewed } from '../cart/use-reviewed.ts';
import { sizeName } from '../dish/sizes.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { useShop } from '../shop.tsx';
import { AddressFields } from './address-fields.tsx';
import { addressOf, type CheckoutForm as Form, missingFields, orderOf } from './checkout.rules.ts';
import { Empty } from './empty.tsx';
import { NotPlaced } from './not-placed.tsx';
import { PaymentFields } from './payment-fields.tsx';
import { TipFields, tipAmount } from './tip-fields.tsx';
import { useDraft } from './use-draft.ts';
import { usePlacing } from './use-placing.ts';

/** What is asked of somebody whom we know, and what it comes to. */
export function CheckoutForm({ place, menu, viewer }: { place: PlaceFragment; menu: Menu; viewer: SignedInFragment }) {
  const { i18n } = useLingui();
  const { client, becomes } = useShop();
  const [form, change] = useDraft(viewer);
  const [keeps, keep] = useState(true);
  const [isTried, setTried] = useState(false);
  const placing = usePlacing(place, viewer);
  const { basket, lines, totals: food } = useReviewed(place, menu);
  const tip = tipAmount(place, form, food.subtotal);
  const { totals } = useReviewed(place, menu, tip ?? 0);
  const { fulfillment } = basket;
  const ordered = orderable(lines);
  const lacks = missing(place, totals, fulfillment);
  const lacking = missingFields(form, fulfillment);
  const isKnown = viewer.addresses.some((known) => known.street === form.street.trim() && known.postalCode === form.postalCode.trim());
  const keepAddress = async (addresses: AddressInput[]) => {
    const { data } = await send(client, UpdateProfileDocument, { input: { addresses } });
    if (data?.updateProfile.viewer) becomes(data.updateProfile.viewer);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (lacking.length || tip === null || lacks > 0) {
      event.currentTarget.querySelector<HTMLElement>(lacking[0] ? `[name=${lacking[0]}]` : '[name=tipText]')?.focus();
      return;
    }
    if (fulfillment === 'DELIVERY' && keeps && !isKnown && viewer.addresses.length < mostAddresses) {
      void keepAddress(withAddress(viewer.addresses, addressOf(form)));
    }
    placing.order(orderOf({ locationId: place.id, lines: ordered, fulfillment, form, tip, total: totals.total }));
  };
  if (!ordered.length && !placing.isBusy && !placing.outcome) return <Empty place={place} />;
  const set = (part: Partial<Form>) => change({ ...form, ...part });
  const total = money(totals.total, place, i18n.locale);
  return (
    <form className="order-form" noValidate onSubmit={submit}>
      <div className="asked">
        <fieldset>
          <legend>{fulfillment === 'DELIVERY' ? <Trans>Where to</Trans> : <Trans>Where from</Trans>}</legend>
          {fulfillment === 'DELIVERY' ? (
            <>
              <AddressFields form={form} set={set} known={viewer.addresses} lacking={isTried ? lacking : []} />
              {!isKnown && viewer.addresses.length < mostAddresses && (
                <label className="tick">
                  <input type="checkbox" checked={keeps} onChange={(event) => keep(event.target.checked)} />
                  <Trans>Keep this address for the next time</Trans>
                </label>
              )}
            </>
          ) : (
            <p>
              {place.name}
              <br />
              {place.address.street}, {place.address.postalCode} {place.address.city}
            </p>
          )}
        </fieldset>
        <fieldset>
          <legend>
            <Trans>How you pay</Trans>
          </legend>
          <PaymentFields fulfillment={fulfillment} pay={form.pay} choose={(pay) => set({ pay })} />
        </fieldset>
        <fieldset>
          <legend>{fulfillment === 'DELIVERY' ? <Trans>For the driver</Trans> : <Trans>For the kitchen</Trans>}</legend>
          <TipFields place={place} form={form} set={set} subtotal={food.subtotal} isWrong={isTried && tip === null} />
        </fieldset>
        <label className="field">
          <Trans>
            Anything else <i>if you like</i>
          </Trans>
          <input maxLength={500} value={form.instructions} onChange={(event) => set({ instructions: event.target.value })} />
        </label>
      </div>
      <aside className="costs" aria-labelledby="costs">
        <h2 id="costs">
          <Trans>What it costs</Trans>
        </h2>
        <ul>
          {ordered.map(({ line, price }, i) => (
            <li key={i}>
              <span>
                {line.quantity} × {line.name}
                {line.size !== 'ONE_SIZE' && `, ${sizeName(i18n, line.size)}`}
                {line.instructions && <small>“{line.instructions}”</small>}
              </span>
              <span className="number">{money(price * line.quantity, place, i18n.locale)}</span>
            </li>
          ))}
        </ul>
        {ordered.length < lines.length && (
          <p className="notice">
            <Trans>What is sold out or gone is left out.</Trans>
          </p>
        )}
        <Sums place={place} totals={totals} fulfillment={fulfillment} />
        <NotPlaced outcome={placing.outcome} place={place} menu={menu} lacks={lacks} again={placing.again} />
        <button type="submit" className="button main wide" disabled={placing.isBusy || placing.outcome?.is === 'UNKNOWN' || lacks > 0}>
          {placing.isBusy ? <Trans>Sending your order…</Trans> : form.pay === 'CASH' ? <Trans>Order for {total}</Trans> : <Trans>Order and pay {total}</Trans>}
        </button>
        <p className="note">
          <Trans>One tap is one order, even if you tap twice. You may cancel until the kitchen starts.</Trans>
        </p>
      </aside>
    </form>
  );
}
