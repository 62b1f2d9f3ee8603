import type { PlaceFragment, QuoteOrderInput } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { useCart, useShop } from '../shop.tsx';
import type { Basket } from './cart.ts';
import { type CartLine, itemOf, orderable, type Preview, type ReviewedLine, reviewed } from './cart.rules.ts';
import { usePreview } from './use-preview.ts';

/** The cart beside the menu and the server's word. */
export interface Reviewed {
  readonly basket: Basket;
  readonly lines: readonly ReviewedLine[];
  /** What the lines that can be ordered come to, as the server said last; null until it has. */
  readonly preview: Preview | null;
  /** Whether it said so of what the cart holds now. */
  readonly isCurrent: boolean;
  readonly failure: string | null;
  readonly again: () => void;
}

/** What is known of an order beside its dishes. */
export type Details = Pick<QuoteOrderInput, 'deliveryAddress' | 'scheduledFor' | 'couponCodes' | 'tip'>;

export function useReviewed(place: PlaceFragment, menu: Menu, details: Details = {}): Reviewed {
  const basket = useCart(useShop().cartOf(place.id));
  const dishes = useLive(menu.dishes, ({ things }) => things);
  const inputOf = (lines: readonly CartLine[]) =>
    lines.length ? { locationId: place.id, fulfillment: basket.fulfillment, ...details, items: lines.map(itemOf) } : null;
  const all = usePreview(inputOf(basket.lines), dishes);
  const lines = reviewed(basket.lines, all.said, dishes);
  const some = orderable(lines).map(({ line }) => line);
  const areAll = some.length === basket.lines.length;
  const rest = usePreview(areAll ? null : inputOf(some), dishes); // what can't be had isn't in the total
  const { said, isCurrent, failure, again } = areAll ? all : rest;
  return { basket, lines, preview: said?.preview ?? null, isCurrent: isCurrent && all.isCurrent, failure: failure ?? all.failure, again };
}
