import type { Fulfillment } from '../../shared/api/gql/graphql.ts';
import { type CartLine, restored } from './cart.rules.ts';

/** What somebody is about to order at one location; kept on the device. */
export interface Basket {
  readonly lines: readonly CartLine[];
  readonly fulfillment: Fulfillment;
}

/** A location's cart. What another tab does to it is seen here. */
export class Cart {
  readonly #key: string;
  readonly #storage: Storage;
  readonly #watchers = new Set<() => void>();
  #basket: Basket;

  constructor(locationId: string, storage: Storage) {
    this.#key = `cart ${locationId}`;
    this.#storage = storage;
    this.#basket = this.#read();
  }

  readonly basket = () => this.#basket;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    const changed = (event: StorageEvent) => {
      if (event.key?.startsWith(this.#key)) this.#show(this.#read());
    };
    addEventListener('storage', changed);
    return () => {
      this.#watchers.delete(watcher);
      removeEventListener('storage', changed);
    };
  };

  change(lines: (before: readonly CartLine[]) => readonly CartLine[]) {
    const changed = lines(this.#basket.lines);
    this.#storage.setItem(this.#key, JSON.stringify(changed));
    this.#show({ ...this.#basket, lines: changed });
  }

  fulfill(fulfillment: Fulfillment) {
    this.#storage.setItem(`${this.#key} by`, fulfillment);
    this.#show({ ...this.#basket, fulfillment });
  }

  #read(): Basket {
    const fulfillment = this.#storage.getItem(`${this.#key} by`) === 'PICKUP' ? 'PICKUP' : 'DELIVERY';
    return { lines: restored(this.#storage.getItem(this.#key)), fulfillment };
  }

  #show(basket: Basket) {
    this.#basket = basket;
    for (const watcher of this.#watchers) watcher();
  }
}
