import type { Client } from 'urql';
import { failureOf, serverClock } from '../../shared/api/client.ts';
import {
  OrderDocument, OrderStatusChangedDocument, type OrderStatusChangedSubscription, type TrackedOrderFragment,
} from '../../shared/api/gql/graphql.ts';
import type { PageSocket } from '../../shared/api/socket.ts';
import { Feed } from '../../shared/live/feed.ts';
import { byVersion, Live } from '../../shared/live/live.ts';

/** One order, followed: what it is and whether there is one. */
export class OrderFeed {
  readonly orders = new Live<TrackedOrderFragment>(byVersion);
  readonly feed: Feed<OrderStatusChangedSubscription>;
  readonly #client: Client;
  readonly #id: string;

  constructor(client: Client, socket: PageSocket, id: string) {
    this.#client = client;
    this.#id = id;
    this.feed = new Feed({
      subscribe: (after, sink) => socket.subscribe(OrderStatusChangedDocument, { orderId: id, after: after || null }, sink),
      take: ({ orderStatusChanged: told }) => {
        if (told.__typename === 'OrderChanged') this.orders.take(told.order, told.cursor);
        else this.orders.pass(told.cursor);
        return told.__typename === 'OrderChanged' ? 'taken' : 'resync';
      },
      load: async () => void (await this.load()),
      cursor: () => this.orders.picture().cursor,
      now: serverClock.now,
      random: Math.random,
    });
  }

  /** Why there is none to show: NOT_FOUND, or a failure's code; null if there is one. */
  async load(): Promise<string | null> {
    const { data, error } = await this.#client.query(OrderDocument, { id: this.#id }, { requestPolicy: 'network-only' }).toPromise();
    if (data?.order) this.orders.take(data.order);
    if (data) return data.order ? null : 'NOT_FOUND';
    return error ? failureOf(error) : null;
  }
}
