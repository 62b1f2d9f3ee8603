import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Fulfillment, OrderEventType, OrderStatus } from '../../shared/api/gql/graphql.ts';

/** The name of a stage. */
export const stageNames: Readonly<Record<OrderEventType, MessageDescriptor>> = {
  PLACED: msg`Ordered`,
  CONFIRMED: msg`Confirmed`,
  REJECTED: msg`Not taken`,
  PREPARATION_STARTED: msg`In the kitchen`,
  READY: msg`Ready`,
  DISPATCHED: msg`On its way`,
  RETURNED: msg`Back at the shop`,
  DELIVERED: msg`At your door`,
  PICKED_UP: msg`Picked up`,
  CANCELLED: msg`Cancelled`,
  RECALLED: msg`Made anew`,
  AMENDED: msg`Changed`,
  REFUNDED: msg`Money given back`,
};

const headlines: Readonly<Record<OrderStatus, MessageDescriptor>> = {
  PENDING: msg`We wait for the payment.`,
  CONFIRMED: msg`We have your order.`,
  PREPARING: msg`The kitchen is at it.`,
  READY: msg`It is ready.`,
  OUT_FOR_DELIVERY: msg`It is on its way.`,
  DELIVERED: msg`Buon appetito.`,
  PICKED_UP: msg`Buon appetito.`,
  CANCELLED: msg`This order was cancelled.`,
  REJECTED: msg`This order wasn't taken.`,
};

const waits = msg`It is ready, and waits for you.`;

/** What there is to say of an order first. */
export const headline = (status: OrderStatus, fulfillment: Fulfillment) => (status === 'READY' && fulfillment === 'PICKUP' ? waits : headlines[status]);
