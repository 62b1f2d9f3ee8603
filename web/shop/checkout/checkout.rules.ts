import type { AddressInput, ContactInput, Fulfillment, PlaceOrderInput, QuoteOrderInput } from '../../shared/api/gql/graphql.ts';
import { itemOf, type ReviewedLine } from '../cart/cart.rules.ts';

/** What is filled in at the checkout; kept while one looks at the menu again. */
export interface CheckoutForm {
  /** Whom we turn to about it: of somebody without an account. */
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly notes: string;
  /** How much: percent of the food, or what `tipText` says. */
  readonly tip: 0 | 10 | 15 | 'OTHER';
  readonly tipText: string;
  /** CASH, or the token of a card. */
  readonly pay: string;
  readonly instructions: string;
  /** The start of a slot; '' is as soon as possible. */
  readonly at: string;
  readonly coupons: readonly string[];
}

export const emptyForm: CheckoutForm = {
  name: '', phone: '', email: '', street: '', postalCode: '', city: '', notes: '', tip: 0, tipText: '', pay: 'CASH', instructions: '', at: '', coupons: [],
};

export type Field = 'name' | 'phone' | 'email' | 'street' | 'postalCode' | 'city';

/** What is missing, or can't be right, in the order of the form: of a guest, who is asked for a name and a phone number, and of an address. */
export function missingFields(form: CheckoutForm, fulfillment: Fulfillment, isGuest: boolean): readonly Field[] {
  const isMissing: Readonly<Record<Field, boolean>> = {
    name: isGuest && !form.name.trim(),
    phone: isGuest && form.phone.replaceAll(/\D/g, '').length < 5, // as the API asks for
    email: isGuest && !/^(\S+@\S+)?$/.test(form.email.trim()),
    street: fulfillment === 'DELIVERY' && !form.street.trim(),
    postalCode: fulfillment === 'DELIVERY' && !form.postalCode.trim(),
    city: fulfillment === 'DELIVERY' && !form.city.trim(),
  };
  return (Object.keys(isMissing) as Field[]).filter((field) => isMissing[field]);
}

function contactOf({ name, phone, email }: CheckoutForm): ContactInput {
  return { name: name.trim(), phone: phone.trim(), email: email.trim() || null };
}

export function addressOf({ street, postalCode, city, notes }: CheckoutForm): AddressInput {
  return { street: street.trim(), postalCode: postalCode.trim(), city: city.trim(), notes: notes.trim() || null };
}

/** Where a preview brings it: what isn't written yet of an address costs nothing. */
export function addressSoFar(form: CheckoutForm, postalCode: string, fulfillment: Fulfillment): AddressInput | null {
  const code = postalCode.trim();
  return fulfillment === 'DELIVERY' && code ? { street: form.street.trim() || code, city: form.city.trim() || code, postalCode: code } : null;
}

export type Order = Omit<PlaceOrderInput, 'idempotencyKey'>;

/** What is asked for, beside the dishes: the address is needed, and what is written of it is said. */
export function quoteOf({ locationId, fulfillment, form, tip }: {
  locationId: string;
  fulfillment: Fulfillment;
  form: CheckoutForm;
  tip: number;
}): Omit<QuoteOrderInput, 'items'> {
  return {
    locationId, fulfillment,
    deliveryAddress: fulfillment === 'DELIVERY' ? addressOf(form) : null,
    scheduledFor: form.at || null,
    couponCodes: form.coupons,
    tip,
  };
}

/** What is sent: the quote, or all that it would say. The total is what the customer was shown, so that nothing else is charged. */
export function orderOf({ asked, lines, form, isGuest, quoteId, total }: {
  asked: Omit<QuoteOrderInput, 'items'>;
  lines: readonly ReviewedLine[];
  form: CheckoutForm;
  isGuest: boolean;
  quoteId: string | null;
  total: number;
}): Order {
  return {
    ...(quoteId ? { quoteId } : { ...asked, items: lines.map(({ line }) => itemOf(line)) }),
    paymentMethod: form.pay === 'CASH' ? 'CASH' : 'CARD',
    paymentToken: form.pay === 'CASH' ? null : form.pay,
    expectedTotal: total,
    specialInstructions: form.instructions.trim() || null,
    ...(isGuest && { contact: contactOf(form) }),
  };
}

/** An order that was sent and isn't answered: it is sent again as it was, until it is. */
export interface Attempt {
  readonly key: string;
  readonly order: Order;
  /** When it was ordered, in ms of the device. */
  readonly at: number;
  /** Whether the server may have heard of it. */
  readonly isSent: boolean;
}

/** For how long an order waits for the network, in ms. */
export const longestWait = 15 * 60_000;

/** Whether an order that nobody has heard of is too old to be sent: who ordered may have eaten elsewhere. */
export function isStale({ at, isSent }: Attempt, now: number): boolean {
  return !isSent && now - at > longestWait;
}

/** The attempt that a stored text holds; null if it holds none. */
export function restoredAttempt(text: string | null): Attempt | null {
  try {
    const attempt = JSON.parse(text ?? 'null') as Attempt | null;
    const isOne = typeof attempt?.key === 'string' && (Array.isArray(attempt.order?.items) || typeof attempt.order?.quoteId === 'string');
    return isOne ? { ...attempt, at: attempt.at ?? 0, isSent: attempt.isSent ?? true } : null;
  } catch {
    return null;
  }
}

const lately = 60_000; // ms: a page takes no longer to come

/** The id of an order that was placed just now, by the page before; null if there is none. */
export function placedLately(text: string | null, now: number): string | null {
  try {
    const placed = JSON.parse(text ?? 'null') as { readonly id?: unknown; readonly at?: unknown } | null;
    return typeof placed?.id === 'string' && typeof placed.at === 'number' && Math.abs(now - placed.at) < lately ? placed.id : null;
  } catch {
    return null;
  }
}
