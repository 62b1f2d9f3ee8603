import { type Connection, Feed, type Sink } from '../../shared/live/feed.ts';
import { byVersion, Live } from '../../shared/live/live.ts';
import type { KitchenBoardChangedSubscription, KitchenBoardQuery, StationFragment, TicketFragment } from '../gql/graphql.ts';
import { digestOf, type Told } from './digest.rules.ts';
import type { SavedBoard } from './saved-board.ts';

export type LoadedBoard = KitchenBoardQuery['kitchenBoard'];
export type TicketChange = Extract<KitchenBoardChangedSubscription['kitchenBoardChanged'], { __typename: 'TicketChanged' }>;

/** Where a board comes from: the API. */
export interface BoardSource {
  /** The board, or the code of why there is none. */
  readonly load: () => Promise<LoadedBoard | string>;
  readonly subscribe: (after: string, sink: Sink<KitchenBoardChangedSubscription>) => () => void;
  /** The server's time, in ms. */
  readonly now: () => number;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** What a board tells of itself. */
export interface Standing {
  readonly stations: readonly StationFragment[];
  /** Of the feed's tickets; boards at the same cursor have the same. */
  readonly digest: string;
  /** When the server was last heard of, in ms of its time; null: never. */
  readonly heardAt: number | null;
  /** Whether there is a board, live or kept. */
  readonly isThere: boolean;
  /** Why it was loaded anew the last time, and when; null: it never had to be. */
  readonly healed: { readonly why: 'GAP' | 'MISMATCH'; readonly at: number } | null;
  /** Why the last try to load failed; null: it didn't. */
  readonly failure: string | null;
}

const remembered = 2 * 3_600_000; // for which tickets that are closed stay, in ms

const isOpen = ({ status }: Pick<TicketFragment, 'status'>) => status === 'HELD' || status === 'OPEN';

/**
 * A location's board: loaded, told each change, and checked against the server's digest at each. What can't be told, or doesn't agree, is loaded
 * anew. The digest is of what the feed told alone: an answer to this screen's own taps may be ahead of the feed.
 */
export class Board {
  readonly tickets = new Live<TicketFragment>(byVersion);
  readonly feed: Feed<KitchenBoardChangedSubscription>;
  readonly #source: BoardSource;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(change: TicketChange) => void>();
  #told = new Map<string, Told>();
  #standing: Standing = { stations: [], digest: digestOf(new Map()), heardAt: null, isThere: false, healed: null, failure: null };
  #isLoaded = false;
  #loadAgain: () => void = () => undefined;

  constructor(source: BoardSource) {
    this.#source = source;
    this.feed = new Feed<KitchenBoardChangedSubscription>({
      subscribe: (_, sink) => this.#follow(sink),
      take: (event) => this.#take(event),
      load: () => Promise.resolve(this.#loadAgain()),
      cursor: () => this.tickets.picture().cursor,
      now: source.now,
      random: source.random,
    });
  }

  readonly standing = () => this.#standing;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Calls the listener with each change that the feed tells. */
  readonly listen = (listener: (change: TicketChange) => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly connection = (): Connection => this.feed.connection();

  /** The board that was kept; what is live already stays. */
  restore({ tickets, told, stations, cursor, heardAt }: Pick<SavedBoard, 'tickets' | 'told' | 'stations' | 'cursor' | 'heardAt'>) {
    if (this.#isLoaded) return;
    this.#told = new Map(told);
    this.tickets.load(tickets, cursor);
    this.#show({ stations, heardAt, isThere: true, digest: digestOf(this.#told) });
  }

  /** What is to be kept of it. */
  kept(): Pick<SavedBoard, 'tickets' | 'told' | 'stations' | 'cursor' | 'heardAt'> | null {
    const { things, cursor } = this.tickets.picture();
    const { stations, heardAt } = this.#standing;
    return heardAt === null ? null : { tickets: [...things.values()], told: [...this.#told], stations, cursor, heardAt };
  }

  /** Tickets of an answer to this screen's own taps. */
  answered(tickets: readonly TicketFragment[]) {
    for (const ticket of tickets) this.tickets.take(ticket);
  }

  /** The server was heard of, though it told nothing new. */
  readonly heard = () => this.#show({ heardAt: this.#source.now() });

  /** The network may be back: tries at once. */
  wake() {
    this.feed.wake();
  }

  /** Loads what isn't loaded, and subscribes behind it. */
  #follow(sink: Sink<KitchenBoardChangedSubscription>): () => void {
    let isOver = false;
    let stop: () => void = () => undefined;
    const begin = async () => {
      const code = this.#isLoaded ? null : await this.#load();
      if (isOver) return;
      if (code) return sink.ended(['UNAUTHENTICATED', 'FORBIDDEN'].includes(code) ? code : null);
      stop = this.#source.subscribe(this.tickets.picture().cursor, sink);
    };
    this.#loadAgain = () => {
      stop();
      this.#isLoaded = false;
      if (!isOver) void begin();
    };
    void begin();
    return () => {
      isOver = true;
      stop();
    };
  }

  async #load(): Promise<string | null> {
    const board = await this.#source.load();
    if (typeof board === 'string') {
      this.#show({ failure: board });
      return board;
    }
    this.#isLoaded = true;
    this.#told = new Map(board.tickets.map((ticket) => [ticket.id, { version: ticket.version, isOpen: isOpen(ticket) }]));
    this.tickets.load([...board.tickets, ...this.#closedBefore(board.tickets)], board.asOf);
    this.#show({ stations: board.stations, digest: digestOf(this.#told), heardAt: this.#source.now(), isThere: true, failure: null });
    return null;
  }

  // The server tells those of the last quarter of an hour; who recalls may want one of before.
  #closedBefore(told: readonly TicketFragment[]): readonly TicketFragment[] {
    const known = new Set(told.map(({ id }) => id));
    return [...this.tickets.picture().things.values()].filter(
      (ticket) => !known.has(ticket.id) && !isOpen(ticket) && ticket.closedAt && this.#source.now() - Date.parse(ticket.closedAt) < remembered,
    );
  }

  #take({ kitchenBoardChanged: change }: KitchenBoardChangedSubscription): 'taken' | 'resync' {
    if (change.__typename !== 'TicketChanged') return this.#heal('GAP');
    const { ticket, cursor, digest } = change;
    const held = this.#told.get(ticket.id);
    if (!held || ticket.version > held.version) this.#told.set(ticket.id, { version: ticket.version, isOpen: isOpen(ticket) });
    this.tickets.take(ticket, cursor);
    const ours = digestOf(this.#told);
    this.#show({ digest: ours, heardAt: this.#source.now() });
    for (const listener of this.#listeners) listener(change);
    return ours === digest ? 'taken' : this.#heal('MISMATCH');
  }

  #heal(why: 'GAP' | 'MISMATCH'): 'resync' {
    this.#show({ healed: { why, at: this.#source.now() } });
    return 'resync';
  }

  #show(change: Partial<Standing>) {
    this.#standing = { ...this.#standing, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
