import type { OrderEventType, OrderStatus, TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';

/** One stage of an order's way. What happened has an event behind it; what is GUESSED has an estimate at most. */
export interface Stage {
  readonly type: OrderEventType;
  readonly is: 'DONE' | 'HERE' | 'GUESSED' | 'OVER';
  /** When it happened, or is estimated to; null if nobody knows. */
  readonly at: string | null;
  /** In the words of whoever gave it. */
  readonly reason: string | null;
  /** The server did it by itself, since the payment failed: it says so in English, the shop in the reader's language. */
  readonly isByItself: boolean;
}

type Tracked = Pick<TrackedOrderFragment, 'status' | 'fulfillment' | 'timeline' | 'promise' | 'estimatedReadyAt'>;

const ways: Readonly<Record<Tracked['fulfillment'], readonly OrderEventType[]>> = {
  DELIVERY: ['PLACED', 'CONFIRMED', 'PREPARATION_STARTED', 'READY', 'DISPATCHED', 'DELIVERED'],
  PICKUP: ['PLACED', 'CONFIRMED', 'PREPARATION_STARTED', 'READY', 'PICKED_UP'],
};

// The event that led to each state; of the two that end an order early there is no way on.
const reached: Readonly<Record<OrderStatus, OrderEventType | null>> = {
  PENDING: 'PLACED', CONFIRMED: 'CONFIRMED', PREPARING: 'PREPARATION_STARTED', READY: 'READY', OUT_FOR_DELIVERY: 'DISPATCHED',
  DELIVERED: 'DELIVERED', PICKED_UP: 'PICKED_UP', CANCELLED: null, REJECTED: null,
};

/** What happened, in order, and then what is still to come. */
export function stages(order: Tracked): readonly Stage[] {
  const happened = order.timeline.map(({ type, at, reason, actor: { role } }): Stage => {
    const isByItself = role === 'SYSTEM' && reason !== null;
    return { type, at, reason: isByItself ? null : reason, isByItself, is: 'DONE' };
  });
  const moved = happened.findLastIndex(({ type }) => type !== 'REFUNDED' && type !== 'AMENDED');
  const here = reached[order.status];
  const isOver = here === null;
  const isThere = order.status === 'DELIVERED' || order.status === 'PICKED_UP';
  const past = happened.map((stage, i) => (i === moved && !isThere ? { ...stage, is: isOver ? ('OVER' as const) : ('HERE' as const) } : stage));
  const way = ways[order.fulfillment];
  const ahead = here === null ? [] : way.slice(way.indexOf(here) + 1);
  return [...past, ...ahead.map((type): Stage => ({ type, is: 'GUESSED', at: estimate(order, type), reason: null, isByItself: false }))];
}

function estimate(order: Tracked, type: OrderEventType): string | null {
  // The promise is kept up to date; when a delivery leaves the oven was estimated once.
  if (type === 'READY') return order.fulfillment === 'PICKUP' ? order.promise.likely : order.estimatedReadyAt;
  return type === 'DELIVERED' ? order.promise.likely : null;
}

/** When the food is in the customer's hands, as far as is known now; null once it is, or never will be. */
export function promised(order: Tracked): Tracked['promise'] | null {
  const isReady = order.fulfillment === 'PICKUP' && order.status === 'READY';
  if (isReady || reached[order.status] === null || order.status === 'DELIVERED' || order.status === 'PICKED_UP') return null;
  return order.promise;
}

export const isFinal = (status: OrderStatus) => ['DELIVERED', 'PICKED_UP', 'CANCELLED', 'REJECTED'].includes(status);
