/** Where a feed stands. `since` is when it was last live, in ms of the server's time; null if it never was. */
export type Connection =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  | { readonly is: 'broken'; readonly since: number | null }
  | { readonly is: 'refused'; readonly code: string };

/** What a subscription tells. */
export interface Sink<E> {
  /** The server has taken the subscription. */
  readonly opened: () => void;
  readonly event: (event: E) => void;
  /** It has ended: refused for good if there is a code, and else to be tried again. */
  readonly ended: (refusal: string | null) => void;
}

export interface FeedOptions<E> {
  /** Subscribes to what comes after the cursor; '' is from the beginning. Returns what ends it. */
  readonly subscribe: (after: string, sink: Sink<E>) => () => void;
  /** Applies an event. 'resync' says that what came between can't be told, and that `load` is needed. */
  readonly take: (event: E) => 'taken' | 'resync';
  /** Asks for everything anew; the feed then goes on after the cursor. */
  readonly load: () => Promise<void>;
  readonly cursor: () => string;
  /** The server's time, in ms. */
  readonly now: () => number;
  /** Between 0 and 1, so that a thousand screens don't come back in the same moment. */
  readonly random: () => number;
}

const firstWait = 500;
const longestWait = 15_000;

/** Keeps a subscription going: after each loss it subscribes anew, after the last cursor. Its timers are the platform's. */
export class Feed<E = unknown> {
  readonly #options: FeedOptions<E>;
  readonly #watchers = new Set<() => void>();
  #connection: Connection = { is: 'connecting' };
  #stop: (() => void) | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #liveUntil: number | null = null;

  constructor(options: FeedOptions<E>) {
    this.#options = options;
  }

  readonly connection = () => this.#connection;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Begins; what is returned ends it. */
  start(): () => void {
    this.#subscribe();
    return () => this.end();
  }

  end() {
    clearTimeout(this.#later);
    this.#stop?.();
    this.#stop = null;
  }

  /** The network may be back, or somebody looks again: don't wait for the next try. */
  wake() {
    if (this.#connection.is !== 'broken') return;
    clearTimeout(this.#later);
    this.#subscribe();
  }

  #subscribe() {
    const { subscribe, cursor } = this.#options;
    let over = false;
    const stop = subscribe(cursor(), {
      opened: () => {
        if (over) return;
        this.#tries = 0;
        this.#is({ is: 'live' });
      },
      event: (event) => {
        if (over) return;
        this.#is({ is: 'live' });
        if (this.#options.take(event) === 'resync') void this.#options.load();
      },
      ended: (refusal) => {
        if (over) return;
        over = true;
        this.#stop = null;
        if (refusal) this.#is({ is: 'refused', code: refusal });
        else this.#tryLater();
      },
    });
    this.#stop = () => {
      over = true;
      stop();
    };
  }

  #tryLater() {
    if (this.#connection.is === 'live') this.#liveUntil = this.#options.now();
    this.#is({ is: 'broken', since: this.#liveUntil });
    const longest = Math.min(firstWait * 2 ** this.#tries++, longestWait);
    this.#later = setTimeout(() => this.#subscribe(), longest * (0.5 + this.#options.random() / 2));
  }

  #is(connection: Connection) {
    if (connection.is === 'live' && this.#connection.is === 'live') return;
    this.#connection = connection;
    for (const watcher of this.#watchers) watcher();
  }
}
