import type { BankAction, CardField, CardProblem, Cards, FieldState, Look } from './cards.ts';
import type { CardElement, CardOptions, Stripe } from './stripe.ts';

/** What it needs of the page. */
export interface Surroundings {
  /** Stripe.js with the shop's key, in the reader's language. */
  readonly load: () => Promise<Stripe>;
  readonly leave: (url: string) => void;
  readonly wait: (ms: number) => Promise<void>;
}

const answerTimeout = 20_000; // ms

/** Cards that Stripe.js reads: in its field, which becomes a token when it is to pay. */
export class StripeCards implements Cards, CardField {
  readonly field: CardField = this;
  #state: FieldState = { is: 'COMING' };
  #card: { readonly stripe: Stripe; readonly element: CardElement } | null = null;
  readonly #watchers = new Set<() => void>();
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  readonly state = () => this.#state;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  readonly mount = (at: HTMLElement, look: Look) => {
    let isGone = false;
    const begin = async () => {
      this.#show({ is: 'COMING' });
      const stripe = await this.#soon(this.#around.load());
      if (isGone) return;
      const element = stripe.elements().create('card', options(look));
      const ready = new Promise<void>((resolve) => {
        element.on('ready', () => {
          resolve();
          if (!isGone) this.#tell(null);
        });
      });
      element.on('change', ({ error }) => this.#tell(error ? { text: error.message ?? null, wasPaying: false } : null));
      element.mount(at);
      this.#card = { stripe, element };
      await this.#soon(ready);
    };
    begin().catch(() => {
      if (!isGone) this.#show({ is: 'UNAVAILABLE' });
    });
    return () => {
      isGone = true;
      this.#card?.element.destroy();
      this.#card = null;
    };
  };

  readonly paint = (look: Look) => this.#card?.element.update(options(look));

  readonly token = async () => {
    const card = this.#card;
    if (!card || this.#state.is !== 'READY') return null; // as the field says
    const { stripe, element } = card;
    try {
      const { paymentMethod, error } = await this.#soon(stripe.createPaymentMethod({ type: 'card', card: element }));
      this.#tell(paymentMethod ? null : { text: error?.message ?? null, wasPaying: true });
      if (paymentMethod) return paymentMethod.id;
    } catch {
      this.#tell({ text: null, wasPaying: true });
    }
    element.focus();
    return null;
  };

  readonly toBank = async ({ url, clientSecret }: BankAction) => {
    if (url) this.#around.leave(url);
    if (url || !clientSecret) return url !== null;
    try {
      const stripe = await this.#soon(this.#around.load());
      const { error } = await stripe.handleNextAction({ clientSecret }); // which takes as long as a person does
      return !error;
    } catch {
      return false;
    }
  };

  #tell(problem: CardProblem | null) {
    this.#show({ is: 'READY', problem });
  }

  #show(state: FieldState) {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }

  #soon<T>(coming: Promise<T>): Promise<T> {
    const late = this.#around.wait(answerTimeout).then(() => {
      throw new Error('it takes too long');
    });
    return Promise.race([coming, late]);
  }
}

const options = ({ color, placeholder, wrong }: Look): CardOptions => ({
  disableLink: true, // which would offer to keep the card at Stripe
  style: {
    base: { color, iconColor: color, fontSize: '16px', fontFamily: 'system-ui, sans-serif', '::placeholder': { color: placeholder } },
    invalid: { color: wrong, iconColor: wrong },
  },
});
