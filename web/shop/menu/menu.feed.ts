import type { Client } from 'urql';
import { failureOf, serverClock } from '../../shared/api/client.ts';
import {
  type DealFragment, type DishFragment, MenuChangedDocument, type MenuChangedSubscription, MenuDocument, type MenuQuery,
} from '../../shared/api/gql/graphql.ts';
import type { PageSocket } from '../../shared/api/socket.ts';
import { Feed } from '../../shared/live/feed.ts';
import { asHeard, Live } from '../../shared/live/live.ts';

/** A location's menu: loaded once, and then told each change. */
export class Menu {
  /** Empty until it is loaded, which the cursor tells. */
  readonly dishes = new Live<DishFragment>(asHeard);
  readonly feed: Feed<MenuChangedSubscription>;
  readonly #client: Client;
  readonly #locationId: string;
  readonly #watchers = new Set<() => void>();
  #failure: string | null = null;
  #deals: readonly DealFragment[] = [];

  constructor(client: Client, socket: PageSocket, locationId: string) {
    this.#client = client;
    this.#locationId = locationId;
    this.feed = new Feed({
      subscribe: (after, sink) => socket.subscribe(MenuChangedDocument, { locationId, after: after || null }, sink),
      take: (event) => this.#take(event),
      load: () => this.load(),
      cursor: () => this.dishes.picture().cursor,
      now: serverClock.now,
      random: Math.random,
    });
  }

  /** Why it couldn't be loaded; null if it could, or may yet be. */
  readonly failure = () => this.#failure;

  /** What the location advertised when the menu was loaded. */
  readonly deals = () => this.#deals;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    const stop = this.dishes.watch(watcher);
    return () => {
      this.#watchers.delete(watcher);
      stop();
    };
  };

  show({ currentMenu, deals }: MenuQuery) {
    this.#deals = deals;
    this.dishes.load(currentMenu.items, currentMenu.asOf);
  }

  async load(): Promise<void> {
    this.#failed(null);
    const { data, error } = await this.#client.query(MenuDocument, { locationId: this.#locationId }, { requestPolicy: 'network-only' }).toPromise();
    if (data) this.show(data);
    else if (error) this.#failed(failureOf(error));
  }

  #failed(failure: string | null) {
    this.#failure = failure;
    for (const watcher of this.#watchers) watcher();
  }

  #take({ menuChanged }: MenuChangedSubscription): 'taken' | 'resync' {
    if (menuChanged.__typename !== 'MenuItemChanged') {
      this.dishes.pass(menuChanged.cursor);
      return 'resync';
    }
    if (menuChanged.item) this.dishes.take(menuChanged.item, menuChanged.cursor);
    else this.dishes.drop(menuChanged.menuItemId, menuChanged.cursor);
    return 'taken';
  }
}
