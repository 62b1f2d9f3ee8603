import type { KitchenActionInput, KitchenActionOutcome, TicketFragment } from '../gql/graphql.ts';
import type { Change } from '../disk/disk.ts';

/** What was done on this screen and isn't answered yet. */
export type Action = KitchenActionInput;

/** Why something that was done here isn't so: told until somebody has seen it. */
export interface Notice {
  /** The action's. */
  readonly id: string;
  readonly ticketId: string;
  readonly kind: Action['kind'];
  readonly outcome: 'CONFLICT' | 'REFUSED';
  /** A KitchenActionReason, or a UserErrorCode where all of the batch was refused. */
  readonly reason: string | null;
  /** When it was done. */
  readonly at: string;
}

/** What the server answered to a batch. */
export type Answer =
  | { readonly is: 'ANSWERED'; readonly results: readonly { readonly id: string; readonly outcome: KitchenActionOutcome; readonly reason: string | null; readonly ticket: TicketFragment | null }[] }
  /** All of the batch was refused, and nothing was done. */
  | { readonly is: 'REFUSED'; readonly code: string }
  /** There is no answer, for a reason that has a code; it may have been done. */
  | { readonly is: 'FAILED'; readonly code: string };

/** What is shown of the queue. */
export interface Waiting {
  readonly actions: readonly Action[];
  readonly notices: readonly Notice[];
  /** Why the last try failed; null: it didn't. */
  readonly failure: string | null;
  /** Whether the disk has all of it: else a reload would lose it. */
  readonly isKept: boolean;
}

export interface QueueOptions {
  readonly send: (actions: readonly Action[]) => Promise<Answer>;
  readonly write: (change: Change) => Promise<void>;
  /** Takes the tickets of an answer, in the same step in which their actions leave the queue. */
  readonly take: (tickets: readonly TicketFragment[]) => void;
  /** Between 0 and 1. */
  readonly random: () => number;
}

const mostAtOnce = 100; // the API's
const firstWait = 500; // ms
const longestWait = 15_000;

// For these another try changes nothing until somebody has done something.
const forGood = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/** What is done on a screen, in order: on the disk before it is shown, and sent until the server has answered. */
export class Queue {
  readonly #options: QueueOptions;
  readonly #watchers = new Set<() => void>();
  #waiting: Waiting = { actions: [], notices: [], failure: null, isKept: true };
  #isSending = false;
  #isOver = false;
  #tries = 0;
  #size = mostAtOnce;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  readonly waiting = () => this.#waiting;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Goes on with what the disk had. */
  restore(actions: readonly Action[], notices: readonly Notice[]) {
    const known = new Set(actions.map(({ id }) => id));
    this.#show({ actions: [...actions, ...this.#waiting.actions.filter(({ id }) => !known.has(id))], notices });
    void this.#send();
  }

  /** Takes what somebody does. It is shown once the disk has it, or can't have it, which is told. */
  async add(action: Action): Promise<void> {
    const isKept = await this.#keep({ put: action });
    this.#show({ actions: [...this.#waiting.actions, action], isKept });
    await this.#send();
  }

  /** Somebody has read why it wasn't done. */
  async seen(id: string): Promise<void> {
    const without = () => this.#waiting.notices.filter((notice) => notice.id !== id);
    await this.#keep({ notices: without() }); // first: what has gone from the screen doesn't come back after a reload
    this.#show({ notices: without() });
  }

  /** The network may be back, or somebody else has signed in: don't wait for the next try. */
  wake() {
    clearTimeout(this.#later);
    void this.#send();
  }

  end() {
    clearTimeout(this.#later);
    this.#isOver = true;
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#isOver || !this.#waiting.actions.length) return;
    clearTimeout(this.#later);
    this.#isSending = true;
    const batch = this.#waiting.actions.slice(0, this.#size);
    const answer = await this.#options.send(batch);
    await this.#answered(batch, answer);
    this.#isSending = false;
    if (answer.is === 'FAILED') this.#tryLater(answer.code);
    else await this.#send();
  }

  async #answered(batch: readonly Action[], answer: Answer): Promise<void> {
    if (answer.is === 'FAILED') return this.#show({ failure: answer.code });
    this.#tries = 0;
    // One that can't be read would have the others refused for ever: each goes by itself, and that one is told.
    if (answer.is === 'REFUSED' && batch.length > 1) {
      this.#size = 1;
      return this.#show({ failure: null });
    }
    const results = answer.is === 'ANSWERED' ? answer.results : batch.map(({ id }) => ({ id, outcome: 'REFUSED' as const, reason: answer.code, ticket: null }));
    const drop = results.map(({ id }) => id);
    const told = results.flatMap(({ id, outcome, reason }) => {
      const action = batch.find((one) => one.id === id);
      return action && (outcome === 'CONFLICT' || outcome === 'REFUSED') ? [{ id, ticketId: action.ticketId, kind: action.kind, outcome, reason, at: action.at }] : [];
    });
    const notices = told.length ? [...this.#waiting.notices, ...told] : this.#waiting.notices;
    // First the step on the screen, in which nothing blinks; if the disk still has the actions after a crash, they are sent again, under the same ids.
    this.#options.take(results.flatMap(({ ticket }) => (ticket ? [ticket] : [])));
    this.#show({ actions: this.#waiting.actions.filter(({ id }) => !drop.includes(id)), notices, failure: null });
    if (!this.#waiting.actions.length) this.#size = mostAtOnce;
    await this.#keep({ drop, ...(told.length && { notices }) });
  }

  #tryLater(code: string) {
    if (forGood.has(code) || this.#isOver) return;
    const longest = Math.min(firstWait * 2 ** this.#tries++, longestWait);
    this.#later = setTimeout(() => void this.#send(), longest * (0.5 + this.#options.random() / 2));
  }

  async #keep(change: Change): Promise<boolean> {
    try {
      await this.#options.write(change);
      return true;
    } catch {
      return false; // what is waiting says that it isn't kept
    }
  }

  #show(change: Partial<Waiting>) {
    this.#waiting = { ...this.#waiting, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
