import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { type AddressInput, type PlaceFragment, type SignedInFragment, UpdateProfileDocument } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { useIsOffline } from '../../shared/live/use-is-offline.ts';
import { money } from '../../shared/money/money.ts';
import { mostAddresses, withAddress } from '../account/addresses.rules.ts';
import { problemInWords } from '../cart/problem-words.ts';
import { Sums } from '../cart/sums.tsx';
import { Basis } from '../dish/why-basis.tsx';
import type { Menu } from '../menu/menu.feed.ts';
import { paths } from '../routes.ts';
import { useCart, useShop } from '../shop.tsx';
import { AddressFields } from './address-fields.tsx';
import { addressOf, type CheckoutForm as Form, missingFields, orderOf } from './checkout.rules.ts';
import { ContactFields } from './contact-fields.tsx';
import { CouponFields } from './coupon-fields.tsx';
import { Empty } from './empty.tsx';
import { HeldForYou } from './held-for-you.tsx';
import { NotPlaced } from './not-placed.tsx';
import { OrderedLines } from './ordered-lines.tsx';
import { PaymentFields } from './payment-fields.tsx';
import { TipFields } from './tip-fields.tsx';
import { useCards } from './use-cards.ts';
import { useCosts } from './use-costs.ts';
import { useDraft } from './use-draft.ts';
import { usePaying } from './use-paying.ts';
import { usePlacing } from './use-placing.ts';
import { WhenFields } from './when-fields.tsx';

// By the coupon itself, and by what is missing.
const toldElsewhere: readonly string[] = ['COUPON_REFUSED', 'BELOW_MINIMUM'];

/** What is asked of somebody whom we know, or of a guest, and what it comes to. */
export function CheckoutForm({ place, menu, viewer }: { place: PlaceFragment; menu: Menu; viewer: SignedInFragment | null }) {
  const { i18n } = useLingui();
  const { client, becomes, cartOf } = useShop();
  const [form, change] = useDraft(viewer);
  const [keeps, keep] = useState(true);
  const isOffline = useIsOffline();
  const [isTried, setTried] = useState(false);
  const cards = useCards();
  const placing = usePaying(cards, usePlacing(place, viewer));
  const isOrdering = useRef(false);
  const { fulfillment } = useCart(cartOf(place.id));
  const { asked, ordered, isLess, shown, isSettled, tip, lacks, standing, quoting, failure, again } = useCosts(place, menu, form, placing.isBusy);
  const lacking = missingFields(form, fulfillment, !viewer);
  const known = viewer?.addresses ?? [];
  const isKnown = known.some((one) => one.street === form.street.trim() && one.postalCode === form.postalCode.trim());
  const canBeKept = viewer !== null && !isKnown && known.length < mostAddresses;
  const keepAddress = async (addresses: AddressInput[]) => {
    const { data } = await send(client, UpdateProfileDocument, { input: { addresses } });
    if (data?.updateProfile.viewer) becomes(data.updateProfile.viewer);
  };
  const isRefused = placing.outcome?.is === 'REFUSED';
  useEffect(() => {
    if (isRefused) quoting.anew(); // an order ends its quote, also if its card is declined
  }, [isRefused, quoting]);
  useEffect(() => {
    if (standing.is === 'BARRED') void menu.load(); // what we showed was old
  }, [standing.is, menu]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (lacking.length || tip === null || lacks > 0 || !shown || !isSettled) {
      event.currentTarget.querySelector<HTMLElement>(lacking[0] ? `[name=${lacking[0]}]` : '[name=tipText]')?.focus();
      return;
    }
    if (isOrdering.current) return;
    isOrdering.current = true;
    const now = await quoting.settled();
    isOrdering.current = false;
    if (now.is === 'BARRED' || (now.is === 'HELD' && now.quote.totals.total !== shown.totals.total)) return; // which the page tells
    if (fulfillment === 'DELIVERY' && keeps && canBeKept) void keepAddress(withAddress(known, addressOf(form)));
    // Without network it may wait for longer than anything is held.
    const quoteId = now.is === 'HELD' && !isOffline ? now.quote.id : null;
    placing.order(orderOf({ asked, lines: ordered, form, isGuest: !viewer, quoteId, total: shown.totals.total }));
  };
  const problems = (shown?.problems ?? [])
    .filter(({ item, code }) => item == null && !toldElsewhere.includes(code))
    .map((problem) => problemInWords(i18n, place, problem));
  if (!ordered.length && !placing.isBusy && !placing.outcome) return <Empty place={place} isGone={isLess} />;
  const set = (part: Partial<Form>) => change({ ...form, ...part });
  const total = shown ? money(shown.totals.total, place, i18n.locale) : '';
  return (
    <form className="order-form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="asked">
        {!viewer && (
          <fieldset>
            <legend>
              <Trans>Who is it for</Trans>
            </legend>
            <ContactFields form={form} set={set} lacking={isTried ? lacking : []} back={paths.checkout(place.slug)} />
          </fieldset>
        )}
        <fieldset>
          <legend>{fulfillment === 'DELIVERY' ? <Trans>Where to</Trans> : <Trans>Where from</Trans>}</legend>
          {fulfillment === 'DELIVERY' ? (
            <>
              <AddressFields form={form} set={set} known={known} lacking={isTried ? lacking : []} />
              {canBeKept && (
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
            <Trans>When</Trans>
          </legend>
          <WhenFields key={fulfillment} place={place} fulfillment={fulfillment} at={form.at} choose={(at) => set({ at })} preview={shown} />
        </fieldset>
        <fieldset>
          <legend>
            <Trans>How you pay</Trans>
          </legend>
          <PaymentFields cards={cards} fulfillment={fulfillment} pay={form.pay} choose={(pay) => set({ pay })} />
        </fieldset>
        <fieldset>
          <legend>{fulfillment === 'DELIVERY' ? <Trans>For the driver</Trans> : <Trans>For the kitchen</Trans>}</legend>
          <TipFields place={place} form={form} set={set} subtotal={shown?.totals.subtotal ?? 0} isWrong={isTried && tip === null} />
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
        <OrderedLines lines={ordered} place={place} />
        {isLess && (
          <p className="notice">
            <Trans>What is sold out or gone is left out.</Trans>
          </p>
        )}
        <Sums
          place={place}
          preview={shown}
          isCurrent={isSettled}
          fulfillment={fulfillment}
          explain={(bases) => <Basis bases={bases} currency={place} />}
        />
        <CouponFields place={place} menu={menu} codes={form.coupons} set={(coupons) => set({ coupons })} preview={shown} />
        {!placing.isBusy && placing.outcome?.is !== 'UNKNOWN' && <HeldForYou standing={standing} quoting={quoting} place={place} />}
        {!placing.outcome && problems.length > 0 && (
          <ul className="notice" role="status">
            {[...new Set(problems)].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
        {failure && (
          <div className="notice" role="alert">
            <p>{refusal(i18n, failure)}</p>
            <button type="button" className="button" onClick={again}>
              <Trans>Try again</Trans>
            </button>
          </div>
        )}
        <NotPlaced placing={placing} place={place} menu={menu} lacks={lacks} choose={(at) => set({ at })} />
        <button type="submit" className="button main wide" disabled={placing.isBusy || placing.outcome?.is === 'UNKNOWN' || lacks > 0 || !isSettled}>
          {placing.isHeld && isOffline ? <Trans>Waiting for the network…</Trans> : placing.isBusy ? <Trans>Sending your order…</Trans> : !isSettled ? <Trans>Adding it up…</Trans> : form.pay === 'CASH' ? <Trans>Order for {total}</Trans> : <Trans>Order and pay {total}</Trans>}
        </button>
        <p className="note">
          <Trans>One tap is one order, even if you tap twice. You may cancel until the kitchen starts.</Trans>
        </p>
      </aside>
    </form>
  );
}
