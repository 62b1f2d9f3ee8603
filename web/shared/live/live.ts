export interface Identified {
  readonly id: string;
}

export interface Versioned extends Identified {
  readonly version: number;
}

/** What is shown: it stays the same object until something changes. */
export interface Picture<T> {
  readonly things: ReadonlyMap<string, T>;
  readonly cursor: string;
}

/** Whether what was heard takes the place of what is held. */
export type Supersedes<T> = (heard: T, held: T) => boolean;

/** For things whose every change raises their version: a slow answer undoes no newer event. */
export const byVersion: Supersedes<Versioned> = (heard, held) => heard.version > held.version;

/** For things that come from one ordered feed alone, and change without a new version. */
export const asHeard: Supersedes<Identified> = () => true;

/** Live things, each the newest heard of. It opens no socket and reads no clock. */
export class Live<T extends Identified> {
  #picture: Picture<T> = { things: new Map(), cursor: '' };
  readonly #supersedes: Supersedes<T>;
  readonly #watchers = new Set<() => void>();

  constructor(supersedes: Supersedes<T>) {
    this.#supersedes = supersedes;
  }

  readonly picture = () => this.#picture;

  /** Calls the watcher after each change, until what is returned is called. */
  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Everything, as a query answered; the feed then goes on after `asOf`. What isn't in it has gone. */
  load(all: readonly T[], asOf: string) {
    this.#show(new Map(all.map((thing) => [thing.id, this.#newer(thing)])), asOf);
  }

  /** An event, or an answer, which has no cursor. The cursor moves on even if we hold a newer one. */
  take(thing: T, cursor = this.#picture.cursor) {
    const { things } = this.#picture;
    this.#show(this.#newer(thing) === thing ? new Map(things).set(thing.id, thing) : things, cursor);
  }

  /** It is no more. */
  drop(id: string, cursor: string) {
    const things = new Map(this.#picture.things);
    things.delete(id);
    this.#show(things, cursor);
  }

  /** The feed goes on from here, though nothing came of it. */
  pass(cursor: string) {
    this.#show(this.#picture.things, cursor);
  }

  #newer(thing: T) {
    const held = this.#picture.things.get(thing.id);
    return held && !this.#supersedes(thing, held) ? held : thing;
  }

  #show(things: ReadonlyMap<string, T>, cursor: string) {
    this.#picture = { things, cursor };
    for (const watcher of this.#watchers) watcher();
  }
}
