/** Of Stripe.js, what the shop uses. */
export interface Stripe {
  readonly elements: () => { readonly create: (type: 'card', options: CardOptions) => CardElement };
  readonly createPaymentMethod: (of: { readonly type: 'card'; readonly card: CardElement }) => Promise<{
    readonly paymentMethod?: { readonly id: string };
    readonly error?: StripeError;
  }>;
  readonly handleNextAction: (of: { readonly clientSecret: string }) => Promise<{ readonly error?: StripeError }>;
}

/** A text in the language that the library was made with. */
export interface StripeError {
  readonly message?: string;
}

/** Numbers, date and code of a card, in a frame of Stripe's. */
export interface CardElement {
  on(event: 'ready', happens: () => void): void;
  on(event: 'change', happens: (change: { readonly error?: StripeError }) => void): void;
  mount(at: HTMLElement): void;
  update(options: CardOptions): void;
  focus(): void;
  destroy(): void;
}

export interface CardOptions {
  readonly disableLink: true;
  readonly style: { readonly base: object; readonly invalid: object };
}

type MakeStripe = (key: string, options: { readonly locale: string }) => Stripe;

// Stripe demands that its library comes from there, and is no part of a build. Its name stands for one version of the API.
const library = 'https://js.stripe.com/clover/stripe.js';

/** Loads Stripe.js into the page, once, and again where it didn't come. */
export async function loadStripe(page: Document): Promise<MakeStripe> {
  const there = () => (page.defaultView as { Stripe?: MakeStripe } | null)?.Stripe;
  const known = there();
  if (known) return known;
  const coming = page.querySelector<HTMLScriptElement>(`script[src="${library}"]`);
  const script = coming ?? page.createElement('script');
  const came = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve, { once: true });
    script.addEventListener('error', reject, { once: true });
  });
  if (!coming) {
    script.src = library;
    page.head.append(script);
  }
  try {
    await came;
  } catch {
    script.remove();
  }
  const made = there();
  if (made) return made;
  script.remove();
  throw new Error('Stripe.js did not come');
}
