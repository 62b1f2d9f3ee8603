// Places an order, and asks until it is known what became of it. The key belongs to the intent: make it when the customer
// presses the button, and keep it (in localStorage, for example) until there is an answer.
const document = `mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order { id number status totals { total } }
    userErrors { code message path ... on InsufficientStockError { menuItemIds } ... on PaymentDeclinedError { declineCode } }
  }
}`;

// send takes a document and its variables, and resolves to { data, errors }. It rejects if no answer came.
export async function placeOrder(send, idempotencyKey, input) {
  for (let wait = 250; ; wait = Math.min(2 * wait, 5000)) {
    const { data, errors = [] } = await send(document, { input: { ...input, idempotencyKey } }).catch(lost);
    if (!errors.some((e) => e.extensions?.code === 'UNAVAILABLE')) return { ...data?.placeOrder, errors };
    await new Promise((again) => setTimeout(again, wait));
  }
}

const lost = () => ({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
