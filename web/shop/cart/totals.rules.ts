import type { Fulfillment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import type { Preview } from './cart.rules.ts';

/** What food lacks for a delivery; 0 if it lacks nothing. */
export function missing(minimum: number, { subtotal, discount }: Pick<Preview['totals'], 'subtotal' | 'discount'>, fulfillment: Fulfillment): number {
  return fulfillment === 'DELIVERY' ? Math.max(0, minimum - (subtotal - discount)) : 0;
}

/** So many percent of the food, in what can be paid. */
export function tipOf({ amountStep }: PlaceFragment, subtotal: number, percent: number): number {
  const whole = 200 * amountStep;
  const twice = 2 * subtotal * percent + 100 * amountStep; // rounded half up, in whole numbers all the way
  return ((twice - (twice % whole)) / whole) * amountStep;
}
