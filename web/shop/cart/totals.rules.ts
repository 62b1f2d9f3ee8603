import type { Fulfillment, PlaceFragment, TaxCategory } from '../../shared/api/gql/graphql.ts';

export interface PricedLine {
  /** Of a portion. */
  readonly price: number;
  readonly quantity: number;
  readonly taxCategory: TaxCategory;
}

export interface Totals {
  readonly subtotal: number;
  readonly deliveryFee: number;
  /** Contained in the subtotal, if the location's prices contain it. */
  readonly tax: number;
  readonly tip: number;
  readonly total: number;
}

/** What the server will ask for, which it compares with what it is sent: the shop's menu and rates are all that this needs. */
export function totals(place: PlaceFragment, lines: readonly PricedLine[], fulfillment: Fulfillment, tip = 0): Totals {
  const sum = (some: readonly PricedLine[]) => some.reduce((total, { price, quantity }) => total + price * quantity, 0);
  const included = place.pricesIncludeTax;
  let tax = 0;
  for (const rate of new Set(place.taxRates.map(({ rateBasisPoints }) => rateBasisPoints))) {
    const categories = place.taxRates.filter(({ rateBasisPoints }) => rateBasisPoints === rate).map(({ category }) => category);
    const taxed = sum(lines.filter(({ taxCategory }) => categories.includes(taxCategory)));
    tax += included ? part(taxed, rate, 10_000 + rate, 1) : part(taxed, rate, 10_000, place.amountStep);
  }
  const subtotal = sum(lines);
  const deliveryFee = fulfillment === 'DELIVERY' ? place.deliveryFee : 0;
  return { subtotal, deliveryFee, tax, tip, total: subtotal + deliveryFee + tip + (included ? 0 : tax) };
}

/** What is missing for a delivery; 0 if nothing is. */
export function missing(place: PlaceFragment, { subtotal }: Totals, fulfillment: Fulfillment): number {
  return fulfillment === 'DELIVERY' ? Math.max(0, place.minimumOrder - subtotal) : 0;
}

/** So many percent of the food, in what can be paid. */
export function tipOf(place: PlaceFragment, subtotal: number, percent: number): number {
  return part(subtotal, percent, 100, place.amountStep);
}

/** A part of an amount, rounded half up to a multiple of step, in whole numbers all the way. */
function part(amount: number, share: number, of: number, step: number): number {
  const whole = 2 * of * step;
  const twice = 2 * amount * share + of * step;
  return ((twice - (twice % whole)) / whole) * step;
}
