import { useState } from 'react';
import { DeliveryOfferDocument, type PlaceFragment, type QuoteOrderInput } from '../../shared/api/gql/graphql.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import { useIsOffline } from '../../shared/live/use-is-offline.ts';
import { itemOf, orderable, type Preview, quotedLines, type ReviewedLine } from '../cart/cart.rules.ts';
import { missing } from '../cart/totals.rules.ts';
import { useReviewed } from '../cart/use-reviewed.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { useCart, useShop } from '../shop.tsx';
import { addressSoFar, type CheckoutForm, missingFields, quoteOf } from './checkout.rules.ts';
import type { Quoting, Standing } from './quoting.ts';
import { tipAmount } from './tip-fields.tsx';
import { useQuoting } from './use-quoting.ts';
import { useSettled } from './use-settled.ts';

/** What an order as it is filled in comes to: as it is held, or else as the server said last. */
export interface Costs {
  readonly asked: Omit<QuoteOrderInput, 'items'>;
  /** What of the cart can be ordered. */
  readonly ordered: readonly ReviewedLine[];
  /** Whether some of the cart can't. */
  readonly isLess: boolean;
  readonly shown: Preview | null;
  /** Whether what is shown is of what is filled in now. */
  readonly isSettled: boolean;
  /** Null: what is written is none. */
  readonly tip: number | null;
  /** What the food lacks for a delivery. */
  readonly lacks: number;
  readonly standing: Standing;
  readonly quoting: Quoting;
  readonly failure: string | null;
  readonly again: () => void;
}

export function useCosts(place: PlaceFragment, menu: Menu, form: CheckoutForm, isSending: boolean): Costs {
  const isOffline = useIsOffline();
  const { fulfillment } = useCart(useShop().cartOf(place.id));
  const [food, setFood] = useState(0);
  const tip = tipAmount(place, form, food);
  const [postalCode, tipped] = [useSettled(form.postalCode), useSettled(tip)];
  const { basket, lines, preview, isCurrent, failure, again } = useReviewed(place, menu, {
    tip: tipped ?? 0,
    deliveryAddress: addressSoFar(form, postalCode, fulfillment),
    scheduledFor: form.at || null,
    couponCodes: form.coupons,
  });
  const offer = useAsk(DeliveryOfferDocument, { locationId: place.id, postalCode: postalCode.trim() }, fulfillment === 'PICKUP' || !postalCode.trim());
  const minimum = offer.data?.deliveryOffer.zone?.minimumOrder ?? place.minimumOrder;
  const short = preview ? missing(minimum, preview.totals, fulfillment) : 0;
  const isPreviewed = isCurrent && postalCode === form.postalCode && tipped === tip;
  const canBeHeld = isPreviewed && preview?.problems.length === 0 && !short && !missingFields(form, fulfillment, false).length && !isOffline;
  const asked = quoteOf({ locationId: place.id, fulfillment, form, tip: tip ?? 0 });
  const [standing, quoting] = useQuoting(
    { key: JSON.stringify([asked, basket.lines.map(itemOf)]), input: canBeHeld ? { ...asked, items: orderable(lines).map(({ line }) => itemOf(line)) } : null },
    isSending,
  );
  const held = standing.is === 'HELD' ? standing : null;
  const shown = held ? { ...held.quote, allergens: [], withinReach: [] } : preview;
  if (shown && shown.totals.subtotal !== food) setFood(shown.totals.subtotal);
  const ordered = held && shown ? quotedLines(basket.lines, { preview: shown, items: held.items }) : orderable(lines);
  return {
    asked, ordered, isLess: ordered.length < basket.lines.length, shown, tip, standing, quoting, again,
    isSettled: held !== null || isPreviewed, lacks: held ? 0 : short, failure: held ? null : failure,
  };
}
