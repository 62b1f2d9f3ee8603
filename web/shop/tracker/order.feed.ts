import type { Client } from 'urql';
import { failureOf, newClient, serverClock } from '../../shared/api/client.ts';
import {
  OrderDocument, OrderStatusChangedDocument, type OrderStatusChangedSubscription, type TrackedOrderFragment,
} from '../../shared/api/gql/graphql.ts';
import { PageSocket } from '../../shared/api/socket.ts';
import { Feed } from '../../shared/live/feed.ts';
import { byVersion, Live } from '../../shared/live/live.ts';
import type { Access } from './access.rules.ts';

/** One order, followed by some right to it: what it is and whether there is one. */
export class OrderFeed {
  /** What is done with the order is asked by this. */
  readonly client: Client;
  readonly access: Access;
  readonly orders = new Live<TrackedOrderFragment>(byVersion);
  readonly feed: Feed<OrderStatusChangedSubscription>;
  readonly #id: string;

  /** With a token it asks by a client and a socket of its own, whoever is signed in on the page. */
  constructor(page: { readonly client: Client; readonly socket: PageSocket }, access: Access, id: string) {
    const { client, socket } = access.is === 'ACCOUNT' ? page : { client: newClient(access), socket: new PageSocket(access.token) };
    this.client = client;
    this.access = access;
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
    const { data, error } = await this.client.query(OrderDocument, { id: this.#id }, { requestPolicy: 'network-only' }).toPromise();
    if (data?.order) this.orders.take(data.order);
    if (data) return data.order ? null : 'NOT_FOUND';
    return error ? failureOf(error) : null;
  }
}
