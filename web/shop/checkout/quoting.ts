import type { QuoteOrderInput, QuoteOrderMutation } from '../../shared/api/gql/graphql.ts';

export type Quote = NonNullable<QuoteOrderMutation['quoteOrder']['quote']>;

/** What is to be held. */
export interface Wanted {
  /** What it is of, as its customer chose it: another key is another order. */
  readonly key: string;
  /** Null as long as it can't be ordered as it is, or isn't known well enough. */
  readonly input: QuoteOrderInput | null;
}

/** An order that is held: price, portions, time and promise are its customer's until it expires. */
export interface Held {
  readonly quote: Quote;
  readonly items: QuoteOrderInput['items'];
  /** It ends soon, and nobody has used the page since it was made. */
  readonly isEnding: boolean;
  /** What it cost before it was held anew, if that is another total. */
  readonly before: number | null;
}

/** Where it stands. NONE: nothing is held, and an order is placed at the total that was shown. BARRED: it can't be had. LAPSED: it was held for too long. */
export type Standing =
  | { readonly is: 'NONE' }
  | ({ readonly is: 'HELD' } & Held)
  | { readonly is: 'BARRED'; readonly problems: Quote['problems'] }
  | { readonly is: 'LAPSED' };

export interface QuotingOptions {
  /** Asks for a quote; null if there is none to be had. */
  readonly ask: (input: QuoteOrderInput) => Promise<Quote | null>;
  /** The server's time, in ms. */
  readonly now: () => number;
}

const pause = 500; // ms without a change: longer than between two keys
const before = 60_000; // ms before the end: as much as it takes to find a button

/** Holds what is about to be ordered, and anew before that ends, for as long as the page is used. Its timers are the platform's. */
export class Quoting {
  readonly #options: QuotingOptions;
  readonly #watchers = new Set<() => void>();
  #standing: Standing = { is: 'NONE' };
  #wanted: Wanted = { key: '', input: null };
  #asking: Promise<void> | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  #isUsed = false;
  #isTried = false;
  #isPaused = false;

  constructor(options: QuotingOptions) {
    this.#options = options;
  }

  readonly standing = () => this.#standing;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Tells what is to be ordered now. What is held of it already stays as it is, whatever the menu says since. */
  want(wanted: Wanted) {
    const { key, input } = this.#wanted;
    const isHeld = this.#standing.is === 'HELD' || this.#standing.is === 'LAPSED';
    if (key === wanted.key && isHeld) {
      if (wanted.input) this.#wanted = wanted; // for when it is held anew
      return;
    }
    this.#wanted = wanted;
    if (key !== wanted.key) this.#is({ is: 'NONE' });
    else if (JSON.stringify(input) === JSON.stringify(wanted.input)) return;
    clearTimeout(this.#later);
    if (wanted.input) this.#soon();
  }

  /** Somebody uses the page. */
  used() {
    this.#isUsed = true;
    const isOver = this.#standing.is === 'LAPSED' || (this.#standing.is === 'HELD' && this.#standing.isEnding);
    if (isOver && !this.#isTried) this.again();
  }

  /** Holds it anew, from now on. */
  again() {
    void this.#ask();
  }

  /** While an order is being sent its quote isn't replaced by another one. */
  pauses(isPaused: boolean) {
    this.#isPaused = isPaused;
    if (!isPaused) this.#watchEnd();
  }

  /** What was held is gone, or was refused: it is asked for anew. */
  anew() {
    this.#is({ is: 'NONE' });
    this.#soon();
  }

  /** The answer that is being waited for, if there is one. What isn't asked for by now isn't asked for any more. */
  async settled(): Promise<Standing> {
    if (this.#standing.is === 'NONE') clearTimeout(this.#later);
    await this.#asking;
    return this.#standing;
  }

  end() {
    clearTimeout(this.#later);
    this.#wanted = { key: '', input: null };
  }

  #soon() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#ask(), pause);
  }

  /** One at a time: the server holds the one that it heard of last. */
  async #ask(): Promise<void> {
    const { key, input } = this.#wanted;
    if (!input || this.#asking || this.#isPaused) return;
    const asking = async () => {
      const quote = await this.#options.ask(input);
      this.#asking = null;
      if (key === this.#wanted.key) this.#took(quote, input);
      else if (this.#wanted.input) this.#soon();
    };
    this.#asking = asking();
    await this.#asking;
  }

  #took(quote: Quote | null, { items }: QuoteOrderInput) {
    clearTimeout(this.#later);
    this.#isUsed = false;
    this.#isTried = !quote;
    if (quote?.problems.length) return this.#is({ is: 'BARRED', problems: quote.problems });
    const old = this.#standing.is === 'HELD' ? this.#standing : null;
    if (quote) {
      const total = old?.quote.totals.total ?? quote.totals.total;
      this.#is({ is: 'HELD', quote, items, isEnding: false, before: total === quote.totals.total ? null : total });
    } else this.#is(old ? { ...old, isEnding: true } : { is: 'NONE' });
    this.#watchEnd();
  }

  #watchEnd() {
    if (this.#standing.is !== 'HELD' || this.#isPaused) return;
    const { quote, isEnding } = this.#standing;
    const left = Date.parse(quote.expiresAt) - this.#options.now();
    clearTimeout(this.#later);
    this.#later = setTimeout(() => (isEnding ? this.#is({ is: 'LAPSED' }) : this.#nears()), Math.max(0, isEnding ? left : left - before));
  }

  #nears() {
    if (this.#isUsed) return this.again();
    if (this.#standing.is === 'HELD') this.#is({ ...this.#standing, isEnding: true });
    this.#watchEnd();
  }

  #is(standing: Standing) {
    if (standing.is === 'NONE' && this.#standing.is === 'NONE') return;
    this.#standing = standing;
    for (const watcher of this.#watchers) watcher();
  }
}
