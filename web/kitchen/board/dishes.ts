import type { Client } from 'urql';
import { DishesDocument, type DrawnFragment } from '../gql/graphql.ts';

/** What dishes are drawn by. Without it they are drawn from their names. */
export class Dishes {
  readonly #client: Client;
  readonly #locationId: string;
  readonly #watchers = new Set<() => void>();
  #all: ReadonlyMap<string, DrawnFragment> = new Map();
  #isLoaded = false;

  constructor(client: Client, locationId: string) {
    this.#client = client;
    this.#locationId = locationId;
  }

  readonly all = () => this.#all;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  restore(dishes: readonly DrawnFragment[]) {
    if (!this.#isLoaded) this.#show(dishes);
  }

  /** Asks once; if nothing comes, the next time that the screen wakes. */
  async load(): Promise<void> {
    if (this.#isLoaded) return;
    const { data } = await this.#client.query(DishesDocument, { locationId: this.#locationId }).toPromise();
    if (!data) return;
    this.#isLoaded = true;
    this.#show(data.menu);
  }

  #show(dishes: readonly DrawnFragment[]) {
    this.#all = new Map(dishes.map((dish) => [dish.id, dish]));
    for (const watcher of this.#watchers) watcher();
  }
}
