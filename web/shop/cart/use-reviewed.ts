import type { Fulfillment, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { useCart, useShop } from '../shop.tsx';
import type { Basket } from './cart.ts';
import { orderable, type ReviewedLine, reviewed } from './cart.rules.ts';
import { totals, type Totals } from './totals.rules.ts';

/** The cart beside the menu as it is now, and what it comes to. */
export interface Reviewed {
  readonly basket: Basket;
  readonly lines: readonly ReviewedLine[];
  readonly totals: Totals;
}

export function useReviewed(place: PlaceFragment, menu: Menu, tip = 0): Reviewed {
  const basket = useCart(useShop().cartOf(place.id));
  const dishes = useLive(menu.dishes, ({ things }) => things);
  const lines = reviewed(basket.lines, dishes);
  return { basket, lines, totals: totalsOf(place, lines, basket.fulfillment, tip) };
}

function totalsOf(place: PlaceFragment, lines: readonly ReviewedLine[], fulfillment: Fulfillment, tip: number): Totals {
  const priced = orderable(lines).map(({ line, price, dish }) => ({ price, quantity: line.quantity, taxCategory: dish!.taxCategory }));
  return totals(place, priced, fulfillment, tip);
}
