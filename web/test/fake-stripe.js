// @ts-nocheck: it is text that is put into the page.
// Stands for Stripe.js in the page: a field for the number alone, frames and requests where Stripe's are, so that the page's policy meets them.
// What becomes of a card is decided by fake-stripe.mjs.

globalThis.stripes = [];

globalThis.Stripe = (key, { locale }) => {
  const seen = { key, locale, mounted: 0, painted: [] };
  globalThis.stripes.push(seen);
  const ask = async (path, body) => (await fetch(`https://api.stripe.com${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  const frame = (src, title) => Object.assign(document.createElement('iframe'), { src, title });
  document.body.append(Object.assign(frame('https://js.stripe.com/v3/controller.html', 'controller'), { hidden: true }));

  const cardElement = ({ style }) => {
    const input = Object.assign(document.createElement('input'), { inputMode: 'numeric', autocomplete: 'cc-number' });
    input.setAttribute('aria-label', 'Card number');
    const happens = { ready: [], change: [] };
    const tell = (event, what) => happens[event].forEach((one) => one(what));
    input.addEventListener('input', () => {
      const isWrong = /[^\d ]/.test(input.value);
      tell('change', { error: isWrong ? { message: 'Your card number is invalid.' } : undefined });
    });
    seen.painted.push(style.base.color);
    return {
      input,
      on: (event, one) => void happens[event]?.push(one),
      mount: (at) => {
        seen.mounted++;
        at.append(input);
        setTimeout(() => tell('ready'), 20);
      },
      update: (options) => void seen.painted.push(options.style.base.color),
      focus: () => input.focus(),
      destroy: () => input.remove(),
    };
  };

  /** The bank's page, in a frame over the shop's, until the customer has answered. */
  const bankAsks = () =>
    new Promise((resolve) => {
      const dialog = document.createElement('dialog');
      dialog.append(frame('https://hooks.stripe.com/bank', 'Your bank'));
      document.body.append(dialog);
      dialog.showModal();
      addEventListener('message', function heard({ origin, data }) {
        if (origin !== 'https://hooks.stripe.com') return;
        removeEventListener('message', heard);
        dialog.remove();
        resolve(data);
      });
    });

  return {
    elements: () => ({ create: (_, options) => cardElement(options) }),
    createPaymentMethod: ({ card }) => {
      const number = card.input.value.replaceAll(' ', '');
      if (number.length < 16) return Promise.resolve({ error: { message: 'Your card number is incomplete.' } });
      return ask('/v1/payment_methods', { number });
    },
    handleNextAction: async ({ clientSecret }) => {
      const answer = await bankAsks();
      return answer === 'close' ? { error: { message: 'It was closed.' } } : ask('/v1/3ds', { clientSecret, refuse: answer === 'refuse' });
    },
  };
};
